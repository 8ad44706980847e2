"""Rows as SQLite stores them: texts, numbers and bytes, the same for both databases, envelopes untouched."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final, TypeAlias, cast
from uuid import UUID

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.dialects import sqlite

from caseapp.kernel.crypto import Envelope
from caseapp.kernel.db import Base

RawRow: TypeAlias = tuple[Any, ...]
"""A row in the order of the columns of its table."""

_DIALECT: Final = sqlite.dialect(paramstyle="qmark")

_RAW: Final[Mapping[type, Callable[[Any], Any]]] = {
    UUID: lambda value: value.hex,
    datetime: lambda value: (
        value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    ),
    date: date.isoformat,
    bool: int,
    Envelope: bytes,
    dict: json.dumps,
    list: json.dumps,
}


def tables() -> Sequence[Table]:
    """Return every table, one that others refer to before them."""
    return Base.metadata.sorted_tables


def raw(row: Iterable[Any]) -> RawRow:
    """Return a row that a database gave, as SQLite stores it."""
    return tuple([_RAW[type(value)](value) if type(value) in _RAW else value for value in row])


def told(table: Table, row: RawRow) -> dict[str, Any]:
    """Return a raw row as values by column, as the database would give them."""
    return {
        name: value if value is None or read is None else read(value)
        for (name, read), value in zip(_readers(table), row, strict=True)
    }


def key_of(table: Table, row: RawRow) -> RawRow:
    """Return the primary key of a raw row."""
    return tuple([row[at] for at in _key_places(table)])


def place_of(table: Table, column: str) -> int | None:
    """Return where a column stands in a raw row of a table, if it has it."""
    names = table.columns.keys()
    return names.index(column) if column in names else None


def read_all(connection: Connection, table: Table) -> Sequence[RawRow]:
    """Return all rows of a table of a database in SQLite, raw."""
    return cast("Sequence[RawRow]", connection.exec_driver_sql(_reading(table)).cursor.fetchall())


def insert_into_sqlite(connection: Connection, table: Table, rows: Sequence[RawRow]) -> None:
    """Insert raw rows into a table of a database in SQLite."""
    if rows:
        connection.exec_driver_sql(_inserting(table), list(rows))


@cache
def _readers(table: Table) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (column.name, column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None))
        for column in table.columns
    )


@cache
def _key_places(table: Table) -> tuple[int, ...]:
    return tuple(at for at, column in enumerate(table.columns) if column.primary_key)


@cache
def _reading(table: Table) -> str:
    return str(select(table).compile(dialect=_DIALECT))


@cache
def _inserting(table: Table) -> str:
    return str(insert(table).compile(dialect=_DIALECT))
