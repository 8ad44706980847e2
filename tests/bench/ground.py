"""The ground of a measurement: many children, filled in through the bulk door with the same seals."""

import gc
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from flask import Flask
from sqlalchemy import text

from caseapp.accounts import actions as accounts
from caseapp.app import create_app
from caseapp.demo import world
from caseapp.demo.loading import Keys, load
from caseapp.domain.intents.accounts import AccountDetails, GrantWish
from caseapp.domain.policy import Actor, Role, ScopeKind
from caseapp.kernel.keys import establish
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.machine import Machine
from caseapp.kernel.migrations import upgrade
from caseapp.kernel.providers import make_root_file
from caseapp.kernel.root_keys import root_key
from caseapp.kernel.work import Work
from caseapp.settings import Settings
from tests import house, pg
from tests.world import TODAY

KILO = 1024


@dataclass(frozen=True, slots=True)
class Ground:
    """A filled database, the application on it, and how long the filling took in seconds."""

    engine: str
    children: int
    machine: Machine
    app: Flask
    keys: Keys
    seconds: float

    def work(self) -> Work:
        """Begin a unit of work of a system actor over all children."""
        return self.machine.work(Actor(account_id=None, name="bench", everywhere=True))


@contextmanager
def ground(engine: str, children: int) -> Iterator[Ground]:
    """Fill a database and give the application on it; the database goes when this ends."""
    with tempfile.TemporaryDirectory(prefix="caseapp-bench-") as folder:
        settings = _settings(engine, children, Path(folder))
        upgrade(settings.migrate_url, settings.database_url)
        make_root_file(settings.key_file)
        establish(root_key(settings), Keystore(settings.keystore_url), sealed_rows=False)
        machine = house.open_for_good(settings)
        told = world(TODAY, children=children)
        began = time.perf_counter()
        keys = load(lambda: machine.work(Actor(None, "bench", everywhere=True)), told, "none")
        seconds = time.perf_counter() - began
        _count(engine, children)
        app = create_app(machine=machine)
        gc.collect()
        gc.freeze()  # as wsgi.py does
        try:
            yield Ground(engine, children, machine, app, keys, seconds)
        finally:
            machine.engine.dispose()
            machine.keyring.keystore.close()


def _settings(engine: str, children: int, folder: Path) -> Settings:
    settings = house.settings_in(folder)
    if engine == "postgresql":
        urls = pg.hold(durable_home(), ()).fresh_database(f"bench_{children}")
        settings = replace(settings, database_url=urls.run, migrate_url=urls.migrate)
    return replace(settings, page_size=25)


def _count(engine: str, children: int) -> None:
    """Let PostgreSQL count what was loaded: by itself it does so within a minute, and plans badly before."""
    if engine == "postgresql":
        with pg.hold(durable_home(), ()).admin(f"bench_{children}") as db:
            db.execute("ANALYZE")


def durable_home() -> Path:
    """Return the folder of a server that keeps what it commits: figures of a careless one would be a lie."""
    return pg.BASE / f"caseapp-bench-{os.geteuid()}-{os.getpid()}"


def reader_of(ground_: Ground, many: int) -> UUID:
    """Open an account of a contact person with as many locations as it takes to reach `many` children."""
    work = ground_.work()
    row = accounts.open_account(
        work, AccountDetails("Bench", f"bench-{many}@example.org", Role.CPK)
    )
    reached = 0
    for location_id, count in _by_size(work):
        if reached >= many:
            break
        wish = GrantWish(row.id, ScopeKind.LOCATION, str(location_id))
        accounts.approve_grant(work, accounts.ask_grant(work, wish))
        reached += count
    work.commit()
    work.session.close()
    return row.id


def _by_size(work: Work) -> list[tuple[UUID, int]]:
    rows = work.session.execute(
        text(
            "SELECT location_id, count(*) FROM reach WHERE why = 'here' AND until_at IS NULL "
            "AND location_id IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
        )
    )
    return [(row[0] if isinstance(row[0], UUID) else UUID(row[0]), row[1]) for row in rows]


def peak_megabytes() -> int:
    """Return the most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KILO
