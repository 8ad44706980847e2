"""What a row of a child's file says, in 16 bytes, which the trail keeps: an edit behind our back shows.

A digest covers every column that holds something, sealed or clear, but those that follow from elsewhere:
their info says FOLLOWS. A new column that is empty changes no digest.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from hashlib import blake2b
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import Float, Table

from caseapp.kernel.crypto import Envelope

SIZE: Final = 16
GONE: Final = bytes(SIZE)
"""In place of the digest of a row that was taken away."""

ENTRY: Final = 3 * SIZE
"""Bytes of one entry in a record: name of the table (its digest), key and digest of the row."""

FOLLOWS: Final = {"follows": True}
"""In the info of a column: a copy of what stands elsewhere, kept the same by statements over many rows."""

Digests = dict[tuple[str, UUID], bytes]

_PLAIN: Final[Mapping[type, Callable[[Any], Any]]] = {
    UUID: lambda value: value.bytes,
    datetime: lambda value: value.astimezone(UTC).isoformat(),
    date: date.isoformat,
    bool: int,
    Envelope: bytes,
    dict: lambda value: json.dumps(value, sort_keys=True),
    list: json.dumps,
}
_packed: Final = msgspec.msgpack.Encoder().encode


class Told(NamedTuple):
    """A column that a digest covers: its name, and whether it holds numbers with a fraction."""

    name: str
    fraction: bool


@cache
def told(table: Table) -> tuple[Told, ...]:
    """Return the columns that a digest of a row covers; none for a table that is no file of a child."""
    is_file = table.name == "child" or "child_id" in table.columns
    if not is_file or "recorded_at" not in table.columns:
        return ()
    kept = (column for column in table.columns if not column.info.get("follows"))
    return tuple(sorted(Told(str(column.name), isinstance(column.type, Float)) for column in kept))


@cache
def mark(table_name: str) -> bytes:
    """Return the bytes that name a table in a record."""
    return blake2b(table_name.encode(), digest_size=SIZE).digest()


def digest(table: Table, row: Mapping[str, Any]) -> bytes:
    """Return the digest of a row, given by the names of its columns as either database gives it."""
    parts: list[Any] = []
    for name, fraction in told(table):
        value = row.get(name)
        if value is None:
            continue
        plain = _PLAIN.get(type(value))
        if plain is not None:
            value = plain(value)
        parts += (name, float(value) if fraction else value)
    return blake2b(_packed(parts), digest_size=SIZE).digest()


def note(into: Digests, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Note what rows of a file are from now on; rows of other tables are left out."""
    if told(table):
        name = str(table.name)
        into.update({(name, row["id"]): digest(table, row) for row in rows})


def note_gone(into: Digests, table: Table, keys: Iterable[UUID]) -> None:
    """Note that rows of a file are there no more."""
    if told(table):
        into.update(dict.fromkeys(((str(table.name), key) for key in keys), GONE))


def packed(digests: Iterable[tuple[tuple[str, UUID], bytes]]) -> bytes | None:
    """Return digests as a record keeps them; nothing when there are none."""
    return b"".join(mark(name) + key.bytes + value for (name, key), value in digests) or None
