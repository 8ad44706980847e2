"""A hundred thousand children on PostgreSQL: loaded once through the one door, kept, and looked at each night.

The loaded database, its keys and the server stay in a folder of /tmp, named after what they were made from
(tables, migrations, the generator of the demo world). Each run measures a copy, so that figures compare.
"""

import gc
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from caseapp.app import create_app
from caseapp.continuity.jobs import Tally, reassess_all
from caseapp.demo import world
from caseapp.demo.loading import Keys, load
from caseapp.domain.policy import Actor
from caseapp.kernel.keys import establish
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.machine import Machine
from caseapp.kernel.migrations import upgrade
from caseapp.kernel.providers import make_root_file
from caseapp.kernel.root_keys import root_key
from caseapp.settings import ROOT, Settings
from tests import house, pg
from tests.bench.ground import Ground, peak_megabytes
from tests.bench.split import READING, WRITING, Split, split
from tests.world import NOW, TODAY

CHILDREN: Final = 100_000
OPTIONS: Final = ("shared_buffers=512MB", "max_wal_size=4GB", "work_mem=16MB")
MADE_FROM: Final = (
    "caseapp/*/models.py",
    "caseapp/*/models/*.py",
    "caseapp/demo/*.py",
    "migrations/versions/*.py",
)
LOADED: Final = "loaded.json"
EVERYWHERE: Final = Actor(None, "bench", everywhere=True)


@dataclass(frozen=True, slots=True)
class Night:
    """What one nightly look cost: time by part in seconds, the most memory so far, and what it did."""

    name: str
    times: Split
    megabytes: int
    tally: Tally


@contextmanager
def large_ground(children: int = CHILDREN) -> Iterator[Ground]:
    """Give a copy of the kept database, with its keys; it is loaded when there is none yet."""
    home = pg.BASE / f"caseapp-bench-{os.geteuid()}-{children}-{_made_from(children)}"
    _forget_others(home, children)
    server = pg.keep(home, OPTIONS)
    kept = home / "kept"
    if not (kept / LOADED).exists():
        shutil.rmtree(kept, ignore_errors=True)
        _in_a_process(partial(_fill, server, kept, children))
    with tempfile.TemporaryDirectory(prefix="caseapp-bench-") as folder:
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        told = json.loads((kept / LOADED).read_text("utf-8"))
        settings = _settings(server.fresh_database("run", "kept"), Path(folder))
        machine = house.open_for_good(settings)
        app = create_app(machine=machine)
        gc.collect()
        gc.freeze()  # as wsgi.py does
        try:
            keys = Keys(_uuids(told["accounts"]), _uuids(told["locations"]))
            yield Ground("postgresql", children, machine, app, keys, told["seconds"])
        finally:
            machine.engine.dispose()
            machine.keyring.keystore.close()
            server.drop_database("run")


def nights(place: Ground) -> Iterator[Night]:
    """Look at all children: what was left to do, the night after, and that night once more."""
    for name, days in (("today", 0), ("the night after", 1), ("that night again", 1)):
        now = NOW + timedelta(days=days)
        open_work = partial(place.machine.work, EVERYWHERE, route="nightly", now=now)
        with split() as times:
            tally = reassess_all(open_work, _saying(name), anew=True)
        assert not tally.failed
        yield Night(name, times, peak_megabytes(), tally)


def said_of(night: Night) -> str:
    """Return what one night cost as a line for people."""
    parts, tally = night.times.parts, night.tally
    return (
        f"{night.name:18}{night.times.seconds:8.1f} s: reading {parts[READING]:.1f},"
        f" deciding {night.times.deciding:.1f}, writing {parts[WRITING]:.1f}; {tally.seen} looked at,"
        f" {tally.changed} changed, {tally.climbed} climbed; {night.megabytes} MB at most"
    )


def _made_from(children: int) -> str:
    """Return a key of what a loaded database is made from."""
    found = hashlib.sha256(f"{children}/{TODAY}".encode())
    for file in sorted(one for pattern in MADE_FROM for one in ROOT.glob(pattern)):
        found.update(file.read_bytes())
    return found.hexdigest()[:12]


def _forget_others(home: Path, children: int) -> None:
    """Remove what was made from what is no more."""
    for other in pg.BASE.glob(f"caseapp-bench-{os.geteuid()}-{children}-*"):
        if other != home:
            shutil.rmtree(other)


def _in_a_process(do: Callable[[], None]) -> None:
    """Do something in a process of its own: what it holds in memory is not counted here."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            do()
            code = 0
        finally:
            sys.stdout.flush()
            os._exit(code)
    if os.waitpid(child, 0)[1]:
        raise RuntimeError("The children could not be loaded; see above.")


def _fill(server: pg.Server, kept: Path, children: int) -> None:
    """Make a database with these children, and keep its keys and names beside it."""
    kept.mkdir(mode=0o700)
    settings = _settings(server.fresh_database("kept"), kept)
    upgrade(settings.migrate_url, settings.database_url)
    make_root_file(settings.key_file)
    establish(root_key(settings), Keystore(settings.keystore_url), sealed_rows=False)
    machine = house.open_for_good(settings)
    told = world(TODAY, children=children)
    began = time.perf_counter()
    keys = load(lambda: machine.work(EVERYWHERE), told, "none", _saying("loaded"))
    seconds = time.perf_counter() - began
    _close(machine)
    with server.admin("kept") as db:
        db.execute("VACUUM ANALYZE")
    names = {
        "seconds": seconds,
        "accounts": {key: str(value) for key, value in keys.accounts.items()},
        "locations": {key: str(value) for key, value in keys.locations.items()},
    }
    (kept / LOADED).write_text(json.dumps(names), "utf-8")


def _saying(what: str) -> Callable[[int], None]:
    """Return what says how far something is, on a terminal."""

    def say(number: int) -> None:
        if sys.stdout.isatty():
            print(f"\r{what}: {number}", end="\r", flush=True)  # noqa: T201

    return say


def _close(machine: Machine) -> None:
    machine.engine.dispose()
    machine.keyring.keystore.close()


def _settings(urls: pg.PgUrls, folder: Path) -> Settings:
    settings = replace(house.settings_in(folder), page_size=25)
    return replace(settings, database_url=urls.run, migrate_url=urls.migrate)


def _uuids(named: dict[str, str]) -> dict[str, UUID]:
    return {name: UUID(value) for name, value in named.items()}
