"""The steps of the database: one numbered line, equal to the models, and each can be taken back."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Engine, Integer, MetaData, Table, inspect, text

from caseapp.kernel.db import open_engine
from caseapp.kernel.migrations import config, downgrade, newest, upgrade
from caseapp.settings import ROOT
from caseapp.tables import METADATA
from tests import pg

STEPS = sorted((ROOT / "migrations" / "versions").glob("*.py"))
NAME = re.compile(r"(\d{4})_[a-z0-9_]+")
PERIODS = {"placement", "responsible", "guardianship", "whereabouts"}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> tuple[str, str]:
    """Give the addresses (owner, application) of an empty database."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'empty.db'}"
        return address, address
    urls = pg.fresh_database(f"steps_{worker_id}")
    return urls.migrate, urls.run


def misnumbered(files: list[Path]) -> list[str]:
    """Return the steps whose name is not the next number, or not the revision inside."""
    wrong = []
    for number, file in enumerate(files, 1):
        found = NAME.fullmatch(file.stem)
        revision = re.search(r'^revision = "(.+)"$', file.read_text("utf-8"), re.MULTILINE)
        if not found or int(found[1]) != number or not revision or revision[1] != file.stem:
            wrong.append(file.name)
    return wrong


def test_steps_are_one_numbered_line() -> None:
    assert misnumbered(STEPS) == []
    script = ScriptDirectory.from_config(config())
    assert len(script.get_heads()) == 1
    assert newest() == STEPS[-1].stem


def test_a_step_with_a_wrong_number_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "0007_later.py"
    file.write_text('revision = "0007_later"\n')
    assert misnumbered([file]) == ["0007_later.py"]


def app_imports(source: str) -> list[str]:
    """Return what a step imports from the app."""
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return [name for name in names if name.split(".")[0] == "caseapp"]


def test_no_step_imports_the_app() -> None:
    assert [file.name for file in STEPS if app_imports(file.read_text("utf-8"))] == []


def test_a_step_that_imports_the_app_is_noticed() -> None:
    assert app_imports("from caseapp.kernel.db import Instant") == ["caseapp.kernel.db"]


def differences(engine: Engine, metadata: MetaData) -> list[Any]:
    """Return in what a database differs from the models."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [
            one for one in compare_metadata(context, metadata) if "alembic_version" not in str(one)
        ]


def test_the_migrated_database_is_what_the_models_say(empty: tuple[str, str]) -> None:
    upgrade(*empty)
    engine = open_engine(empty[0])
    try:
        assert differences(engine, METADATA) == []
    finally:
        engine.dispose()


def test_a_table_that_no_step_makes_is_noticed(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'lacking.db'}")
    metadata = MetaData()
    Table("forgotten", metadata, Column("id", Integer, primary_key=True))
    assert "forgotten" in str(differences(engine, metadata))
    engine.dispose()


def in_order(sql: str) -> list[str]:
    """Return the parts of a statement in an order of their own: a table that was rebuilt is the same table."""
    parts, depth = [""], 0
    for sign in " ".join(sql.replace('"', "").split()):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if (sign == "," and depth == 1) or (sign, depth) in {("(", 1), (")", 0)}:
            parts.append("")
        else:
            parts[-1] += sign
    return sorted(" ".join(part.split()) for part in parts)


def test_a_rebuilt_table_is_the_same_and_a_changed_one_is_not() -> None:
    table = "CREATE TABLE a (x INT, y INT, CHECK (x < y))"
    assert in_order(table) == in_order('CREATE TABLE "a" (\n\tx INT,\n CHECK (x < y), y INT)')
    assert in_order(table) != in_order("CREATE TABLE a (x INT, y INT)")
    assert in_order(table) != in_order("CREATE TABLE a (x INT, y INT NOT NULL, CHECK (x < y))")


def layout(engine: Engine) -> list[str]:
    """Return tables, triggers and constraints of a database, as comparable lines."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            rows = connection.execute(text("SELECT type, name, sql FROM sqlite_master"))
            return sorted(
                f"{row[0]} {row[1]} {in_order(row[2])}"
                for row in rows
                if row[2] and row[1] != "alembic_version"
            )
        found = [
            name for name in inspect(connection).get_table_names() if name != "alembic_version"
        ]
        rows = connection.execute(
            text(
                "SELECT conname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid "
                "WHERE t.relname <> 'alembic_version' AND connamespace = 'public'::regnamespace"
            )
        )
        functions = connection.execute(
            text("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
        )
        return sorted([*found, *(row[0] for row in rows), *(row[0] for row in functions)])


def test_every_step_can_be_taken_back(empty: tuple[str, str]) -> None:
    owner, application = empty
    script = ScriptDirectory.from_config(config())
    steps = [step.revision for step in reversed(list(script.walk_revisions()))]
    engine = open_engine(owner)
    seen = {"base": layout(engine)}
    for step in steps:
        upgrade(owner, application, step)
        seen[step] = layout(engine)
    for later, earlier in zip(reversed(steps), [*reversed(steps[:-1]), "base"], strict=True):
        assert layout(engine) == seen[later]
        downgrade(engine, earlier)
        assert layout(engine) == seen[earlier]
    engine.dispose()


def test_periods_are_guarded_in_both_databases(empty: tuple[str, str]) -> None:
    upgrade(*empty)
    engine = open_engine(empty[0])
    lines = " ".join(layout(engine))
    engine.dispose()
    assert {table for table in PERIODS if f"{table}_no_overlap" in lines} == PERIODS
