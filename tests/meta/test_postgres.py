"""The PostgreSQL of the tests is real, has two roles, and leaves when its users do."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests import pg
from tests.meta.tree import ROOT

HOLD = """
import sys
from pathlib import Path
from tests import pg
pg.hold(Path(sys.argv[1]), pg.THROWAWAY)
print("held", flush=True)
sys.stdin.read()
"""


def plain(url: str) -> str:
    """Return the address as psycopg wants it."""
    return url.replace("+psycopg", "")


@pytest.fixture
def urls(worker_id: str) -> pg.PgUrls:
    return pg.fresh_database(f"twin_{worker_id}")


def test_the_owner_makes_tables_and_the_application_may_not(urls: pg.PgUrls) -> None:
    with psycopg.connect(plain(urls.migrate)) as owner:
        owner.execute("CREATE TABLE child (id int)")
    with psycopg.connect(plain(urls.run)) as application:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("SELECT * FROM child")
        application.rollback()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("CREATE TABLE other (id int)")


def test_a_copy_has_what_its_template_had_and_emptying_leaves_no_row(
    urls: pg.PgUrls, worker_id: str
) -> None:
    with psycopg.connect(plain(urls.migrate)) as owner:
        owner.execute("CREATE TABLE house (id int PRIMARY KEY)")
        owner.execute("CREATE TABLE child (id int REFERENCES house)")
        owner.execute("INSERT INTO house VALUES (1)")
        owner.execute("INSERT INTO child VALUES (1)")
    copy = f"copy_{worker_id}"
    copied = pg.fresh_database(copy, f"twin_{worker_id}")
    count = "SELECT (SELECT count(*) FROM house) + (SELECT count(*) FROM child)"
    with psycopg.connect(plain(copied.migrate), autocommit=True) as owner:
        assert owner.execute(count).fetchone() == (2,)
        pg.shared_server().empty(copy)
        assert owner.execute(count).fetchone() == (0,)


def test_no_folder_above_the_server_is_opened(worker_id: str) -> None:
    home = pg.shared_server().home
    assert home.parent == Path("/tmp")  # noqa: S108 -- the place is the point
    assert (home / "data").stat().st_mode & 0o077 == 0
    assert (home / "socket").stat().st_mode & 0o077 == 0


def test_the_server_leaves_when_its_last_user_is_killed(worker_id: str) -> None:
    home = Path(f"/tmp/caseapp-pg-killed-{worker_id}-{os.getpid()}")  # noqa: S108 -- as above
    user = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with user:
        assert user.stdout is not None
        assert user.stdout.readline() == "held\n"
        server = int((home / "data" / "postmaster.pid").read_text("ascii").split("\n")[0])
        watcher = os.pidfd_open(server)
        user.send_signal(signal.SIGKILL)
    ended = select_one(watcher)
    os.close(watcher)
    assert ended


def select_one(handle: int, seconds: float = 20) -> bool:
    """Wait for a process, by its handle, to end."""
    return bool(select.select([handle], [], [], seconds)[0])
