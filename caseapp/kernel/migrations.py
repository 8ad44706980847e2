"""Bringing a database to the newest step, and back; the steps themselves stand in migrations/."""

from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, make_url

from caseapp.kernel.db import open_engine, private_files
from caseapp.settings import ROOT


def config(
    connection: Any = None, metadata: MetaData | None = None, app_role: str | None = None
) -> Config:
    """Return the settings of a run of migrations."""
    made = Config()
    made.set_main_option("script_location", str(ROOT / "migrations"))
    made.set_main_option("path_separator", "os")
    made.attributes.update(connection=connection, metadata=metadata, app_role=app_role)
    return made


def upgrade(migrate_url: str, run_url: str, to: str = "head") -> None:
    """Bring the database to a step, as its owner, and give the application's role its rights."""
    with private_files():
        engine = open_engine(migrate_url)
        try:
            with engine.connect() as connection:
                command.upgrade(config(connection, app_role=make_url(run_url).username), to)
                connection.commit()
        finally:
            engine.dispose()


def downgrade(engine: Engine, to: str = "base") -> None:
    """Take steps back."""
    with engine.connect() as connection:
        command.downgrade(config(connection), to)
        connection.commit()


def newest() -> str:
    """Return the name of the newest step."""
    return str(ScriptDirectory.from_config(config()).get_current_head())
