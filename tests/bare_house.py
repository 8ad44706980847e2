"""A house with nobody in it: migrated, with keys, and empty, for lists that begin from nothing."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from caseapp.kernel.keys import establish
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.migrations import upgrade
from caseapp.kernel.providers import make_root_file
from caseapp.kernel.root_keys import root_key
from caseapp.settings import Settings
from tests import pg
from tests.house import settings_in


@dataclass(frozen=True, slots=True)
class Bare:
    """An empty house of one kind of database in one folder; copies of it are quick."""

    kind: str
    folder: Path
    name: str
    settings: Settings


def build(kind: str, folder: Path, name: str) -> Bare:
    """Migrate an empty database and make its keys; `name` is that of its database on the server."""
    settings = settings_in(folder)
    if kind == "postgresql":
        urls = pg.fresh_database(name)
        settings = replace(settings, database_url=urls.run, migrate_url=urls.migrate)
    upgrade(settings.migrate_url, settings.database_url)
    make_root_file(settings.key_file)
    establish(root_key(settings), Keystore(settings.keystore_url), sealed_rows=False)
    return Bare(kind, folder, name, settings)


def copied(bare: Bare, folder: Path, name: str) -> Settings:
    """Return the settings of a copy of a house that nobody uses now."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in bare.folder.iterdir():
        shutil.copy2(file, folder / file.name)
    settings = settings_in(folder)
    if bare.kind == "postgresql":
        urls = pg.fresh_database(name, bare.name)
        settings = replace(settings, database_url=urls.run, migrate_url=urls.migrate)
    return settings


def environment(settings: Settings) -> dict[str, str]:
    """Return what a command has to be told to work in this house."""
    return {
        "CASEAPP_STAGE": "test",
        "CASEAPP_INSTANCE": str(settings.instance),
        "CASEAPP_DATABASE_URL": settings.database_url,
        "CASEAPP_MIGRATE_URL": settings.migrate_url,
        "CASEAPP_SECRET_KEY": settings.secret_key,
    }
