"""A whole house for a test: both databases, keys, the small world, copied from a template each time."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.pool import NullPool

from caseapp.domain.limits import limits_from
from caseapp.kernel.db import open_engine
from caseapp.kernel.keys import Keyring, establish
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.machine import Machine
from caseapp.kernel.migrations import upgrade
from caseapp.kernel.providers import make_root_file
from caseapp.kernel.root_keys import root_key
from caseapp.reference.queries import in_force
from caseapp.settings import Settings, limits_file, load
from caseapp.wiring import REACTIONS, write_trail
from tests import pg, world
from tests.world import NOW, World

SECRET = "only-for-tests-" + "x" * 32
ENGINES = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class Template:
    """A migrated database with the world in it, and its keystore; each test gets a copy."""

    kind: str
    folder: Path
    settings: Settings
    world: World
    database: str
    """On PostgreSQL, the name to copy from."""


def settings_in(folder: Path) -> Settings:
    """Return the settings of a test that keeps everything in one folder."""
    return load("test", {"CASEAPP_INSTANCE": str(folder), "CASEAPP_SECRET_KEY": SECRET})


def make_template(
    kind: str,
    folder: Path,
    worker: str,
    tell: Callable[[Machine], World] = world.tell,
    name: str = "template",
) -> Template:
    """Migrate a database, make keys, and tell a world once; a worker names each of its templates."""
    settings = settings_in(folder)
    database = f"{name}_{worker}"
    if kind == "postgresql":
        urls = pg.fresh_database(database)
        settings = replace(settings, database_url=urls.run, migrate_url=urls.migrate)
    upgrade(settings.migrate_url, settings.database_url)
    make_root_file(settings.key_file)
    establish(root_key(settings), Keystore(settings.keystore_url), sealed_rows=False)
    machine = machine_of(settings)
    told = tell(machine)
    machine.engine.dispose()
    machine.keyring.keystore.close()
    return Template(kind, folder, settings, told, database)


def copy_of(template: Template, folder: Path, worker: str) -> Settings:
    """Return the settings of a fresh copy of a template."""
    for file in template.folder.iterdir():
        shutil.copy2(file, folder / file.name)
    settings = settings_in(folder)
    if template.kind == "postgresql":
        urls = pg.fresh_database(f"test_{worker}", template.database)
        settings = replace(settings, database_url=urls.run, migrate_url=urls.migrate)
    return settings


def open_for_good(settings: Settings) -> Machine:
    """Open a machine with a pool of connections, as in production; the day is that of the world."""
    machine = machine_of(settings)
    machine.engine.dispose()
    return replace(machine, engine=open_engine(settings.database_url))


def machine_of(settings: Settings, now: Callable[[], datetime] = lambda: NOW) -> Machine:
    """Open a machine on these settings, at a moment that the test decides."""
    return Machine(
        settings=settings,
        engine=open_engine(settings.database_url, poolclass=NullPool),
        keyring=Keyring.open(root_key(settings), Keystore(settings.keystore_url)),
        find_limits=in_force(limits_from(limits_file())),
        reactions=REACTIONS,
        write_trail=write_trail,
        now=now,
    )
