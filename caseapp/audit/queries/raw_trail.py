"""The trail as it is stored, some records at a time: the same texts and bytes from both databases."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, Final, cast

from sqlalchemy import Column, Connection, Table, Uuid

from caseapp.audit.models import AuditEvent, AuditEventChild, AuditHead
from caseapp.kernel import chain
from caseapp.kernel.db import Instant
from caseapp.kernel.raw import RawRow

AT_ONCE: Final = 10_000
PLAIN: Final = len(chain.COLUMNS)
EVENT: Final = cast("Table", AuditEvent.__table__)
CHILD: Final = cast("Table", AuditEventChild.__table__)
HEAD: Final = cast("Table", AuditHead.__table__)


Some = tuple[Sequence[RawRow], dict[int, list[str]]]


def ahead(db: Connection, after: int, upto: int) -> Iterator[Some]:
    """Yield records with the children of their lists; the database fetches some while others are looked at.

    Only one thread uses the connection at a time: nobody else may while this lasts.
    """
    waiting = records(db, after, upto)

    def fetch() -> Some | None:
        some = next(waiting, None)
        return (some, children(db, some[0][0] - 1, some[-1][0])) if some else None

    with ThreadPoolExecutor(max_workers=1) as thread:
        coming = thread.submit(fetch)
        while (found := coming.result()) is not None:
            coming = thread.submit(fetch)
            yield found


def records(db: Connection, after: int, upto: int) -> Iterator[Sequence[RawRow]]:
    """Yield the records after a number, up to another one, in their order, some at a time."""
    reading = (
        f"SELECT {_columns(EVENT, db.dialect.name)} FROM audit_event WHERE seq > {_AT} AND seq <= {_AT} "  # noqa: S608
        f"ORDER BY seq LIMIT {AT_ONCE}"
    )
    while rows := _fetched(db, reading, (after, upto)):
        yield rows
        after = rows[-1][0]


def children(db: Connection, after: int, upto: int) -> dict[int, list[str]]:
    """Return the children of the lists among the records after a number, up to another one."""
    reading = (
        f"SELECT {_columns(CHILD, db.dialect.name)} FROM audit_event_child "  # noqa: S608
        f"WHERE seq > {_AT} AND seq <= {_AT}"
    )
    found: dict[int, list[str]] = {}
    for seq, child_id in _fetched(db, reading, (after, upto)):
        found.setdefault(seq, []).append(child_id)
    return found


def head(db: Connection) -> tuple[int, bytes | None] | None:
    """Return the last number and hash of the head; nothing when the head is gone."""
    rows = _fetched(db, "SELECT seq, hash FROM audit_head WHERE id = 1", ())
    return (rows[0][0], _bytes(rows[0][1])) if rows else None


def last(db: Connection) -> int:
    """Return the highest number that a record has, whatever the head says."""
    return int(_fetched(db, "SELECT coalesce(max(seq), 0) FROM audit_event", ())[0][0])


_AT: Final = "{}"
"""Where a parameter stands; each driver has its own sign."""


def _fetched(db: Connection, reading: str, values: tuple[int, ...]) -> Sequence[RawRow]:
    sign = "?" if db.dialect.name == "sqlite" else "%s"
    result = db.exec_driver_sql(reading.replace(_AT, sign), values)
    return cast("Sequence[RawRow]", result.cursor.fetchall())


@cache
def _columns(table: Table, dialect: str) -> str:
    names = table.columns.values()
    return ", ".join(column.name if dialect == "sqlite" else _as_stored(column) for column in names)


def _as_stored(column: Column[Any]) -> str:
    """Return how a server says the value of a column as SQLite stores it."""
    if isinstance(column.type, Uuid):
        return f"encode(uuid_send({column.name}), 'hex')"
    if isinstance(column.type, Instant):
        return f"to_char({column.name} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    return str(column.name)


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)
