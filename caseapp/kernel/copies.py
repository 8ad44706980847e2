"""A copy of the main database in one file, of one moment, while all go on; and back into an empty place.

SQLite: its own backup, which sees one moment of the log. PostgreSQL: pg_dump on a snapshot that is exported
to it, as a role of its own that only reads, and that row-level security lets through (BYPASSRLS): for any
other role pg_dump fails, so that no backup is a part of the whole without saying so.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, Engine, MetaData, NullPool, func, inspect, select
from sqlalchemy.engine import URL, make_url

from caseapp.kernel import table_sums
from caseapp.kernel.db import open_engine, private_files
from caseapp.kernel.table_sums import TableSum
from caseapp.settings import Settings, SettingsError

SEES_ALL: Final = "caseapp.everywhere"
PROGRAM_LIMIT: Final = 3600 * 6
"""Seconds that a program of PostgreSQL may take."""


class CopyError(SettingsError):
    """The copy could not be made or laid back; the message holds no row."""


class Taken:
    """What was in a database when it was copied."""

    def __init__(self, connection: Connection, metadata: MetaData) -> None:
        head = metadata.tables["audit_head"]
        self.revision = table_sums.revision(connection)
        self.tables: Mapping[str, TableSum] = table_sums.sums(connection, metadata)
        self.audit_seq, audit_hash = connection.execute(select(head.c.seq, head.c.hash)).one()
        self.audit_hash: str = bytes(audit_hash or b"").hex()
        child = metadata.tables["child"].c.id
        self.children: Sequence[UUID] = connection.scalars(select(child).order_by(child)).all()


def take(settings: Settings, metadata: MetaData, file: Path) -> Taken:
    """Copy the main database into a new file, for its owner only, and return what it held at that moment.

    Raises CopyError.
    """
    url = make_url(settings.migrate_url)
    if url.get_backend_name() == "sqlite":
        _copy_sqlite(Path(url.database or ""), file)
        with connected(f"sqlite:///{file}") as connection:
            return Taken(connection, metadata)
    address = settings.backup_url or settings.migrate_url
    with _whole(address) as connection:
        snapshot = f"--snapshot={connection.scalar(select(func.pg_export_snapshot()))}"
        with private_files():
            _run(
                settings, "pg_dump", make_url(address), "--format=custom", snapshot, f"--file={file}"
            )  # fmt: skip
        return Taken(connection, metadata)


def is_empty(settings: Settings) -> bool:
    """Say whether nothing stands where the main database is to come."""
    url = make_url(settings.migrate_url)
    if url.get_backend_name() == "sqlite":
        return not Path(url.database or "").exists()
    with connected(settings.migrate_url) as connection:
        return not inspect(connection).get_table_names()


def lay(settings: Settings, file: Path) -> None:
    """Lay a copy into an empty place; all or nothing. Raises CopyError."""
    url = make_url(settings.migrate_url)
    if not is_empty(settings):
        raise CopyError("there is a database already: restore into an empty place")
    if url.get_backend_name() == "sqlite":
        target = Path(url.database or "")
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.coming")
        with private_files():
            shutil.copyfile(file, draft)
        os.replace(draft, target)  # noqa: PTH105 - one step
        return
    _run(
        settings, "pg_restore", url, "--single-transaction", "--exit-on-error", f"--dbname={url.database}",
        str(file),
    )  # fmt: skip


def state(settings: Settings, metadata: MetaData) -> Taken:
    """Return what a database holds now, read in one transaction as its owner."""
    if make_url(settings.migrate_url).get_backend_name() == "sqlite":
        with connected(settings.migrate_url) as connection:
            return Taken(connection, metadata)
    with _whole(settings.migrate_url) as connection:
        return Taken(connection, metadata)


@contextmanager
def connected(address: str) -> Iterator[Connection]:
    """Open a connection that only reads."""
    engine: Engine = open_engine(address, poolclass=NullPool)
    try:
        with engine.execution_options(reads_only=True).connect() as connection:
            yield connection
            connection.rollback()
    finally:
        engine.dispose()


@contextmanager
def _whole(address: str) -> Iterator[Connection]:
    """Open a transaction that sees all rows of one moment, as the owner of the tables."""
    with connected(address) as connection:
        connection.execution_options(isolation_level="REPEATABLE READ")
        connection.execute(select(func.set_config(SEES_ALL, "on", True)))
        connection.execute(select(func.set_config("statement_timeout", "0", True)))
        connection.execute(
            select(func.set_config("idle_in_transaction_session_timeout", "0", True))
        )
        yield connection


def _copy_sqlite(origin: Path, file: Path) -> None:
    """Copy a file in one step: who writes goes on, and the copy is of one moment."""
    if not origin.exists():
        raise CopyError(f"there is no database {origin}")
    with private_files():
        source, target = sqlite3.connect(origin, timeout=60), sqlite3.connect(file)
        with closing(source), closing(target):
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            (found,) = target.execute("PRAGMA integrity_check").fetchone()
    if found != "ok":
        raise CopyError(f"the copy of {origin} is damaged")


def _run(settings: Settings, program: str, url: URL, *arguments: str) -> None:
    """Run a program of PostgreSQL; what it needs to come in stands in no list of processes."""
    path = shutil.which(program, path=settings.pg_programs or None)
    if path is None:
        raise CopyError(f"{program} is not on this machine: install the programs of PostgreSQL")
    try:
        done = subprocess.run(  # noqa: S603 - a program of the server, and settings of ours
            [path, *arguments, *([f"{url.database}"] if program == "pg_dump" else [])],
            env=_environment(url),
            capture_output=True,
            timeout=PROGRAM_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CopyError(f"{program} took more than {PROGRAM_LIMIT} seconds") from None
    if done.returncode:
        raise CopyError(f"{program} failed: {_first_line(done.stderr)}")


def _environment(url: URL) -> dict[str, str]:
    """Return the surroundings of a program: address and password."""
    query = {name: value for name, value in url.query.items() if isinstance(value, str)}
    told = {
        "PGHOST": url.host or query.get("host", ""),
        "PGPORT": str(url.port or ""),
        "PGUSER": url.username or "",
        "PGPASSWORD": str(url.password or ""),
        "PGSSLMODE": query.get("sslmode", ""),
        "PGSSLROOTCERT": query.get("sslrootcert", ""),
        "PGOPTIONS": "-c statement_timeout=0",
        "PATH": os.defpath,
    }
    return {name: value for name, value in told.items() if value}


def _first_line(said: bytes) -> str:
    """Return the first line of what a program said: what follows may quote a row."""
    lines = said.decode("utf-8", "replace").splitlines()
    return lines[0][:200] if lines else "it said nothing"
