"""Rows that are just good enough for a table, so that a test can break one thing in them at a time."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    insert,
)

from caseapp.kernel.db import Instant
from caseapp.kernel.seals import Ciphertext, Envelope
from tests.world import NOW

GOOD: Final[Mapping[str, Mapping[str, Any]]] = {
    "alert": {"owner_desk": "region"},
    "load_alert": {"owner_desk": "noord"},
    "letter": {"total": 3, "serious": 1},
    "privacy_request": {"state": "open"},
    "two_people": {"ends_at": NOW + timedelta(days=1)},
    "leave": {"ends_at": NOW + timedelta(days=1)},
    "emergency": {"ends_at": NOW + timedelta(hours=3)},
    "factor": {"kind": "app", "credential_id": None},
    "transfer": {"status": "planned"},
}
"""What a table asks for besides the right types."""

_numbers = count(900_000)


def a_day(offset: int = 0) -> date:
    """Return a day far from those of the world."""
    return date(2031, 1, 1) + timedelta(days=offset)


def _is_unique(column: Column[Any]) -> bool:
    sets = (one.columns for one in column.table.constraints if isinstance(one, UniqueConstraint))
    return bool(column.unique) or any(list(columns) == [column] for columns in sets)


def value_for(column: Column[Any]) -> Any:
    """Return a value of the right type that no other row has."""
    kind, number = column.type, next(_numbers)
    if isinstance(kind, Ciphertext):
        return Envelope(number.to_bytes(64))
    values: tuple[tuple[type, Any], ...] = (
        (Uuid, UUID(int=number)),
        (Instant, NOW),
        (Date, a_day(number % 9000 if _is_unique(column) else 0)),
        (Boolean, False),
        (Integer, number),
        (Float, float(number)),
        (LargeBinary, number.to_bytes(32)),
        (JSON, {}),
    )
    for wanted, value in values:
        if isinstance(kind, wanted):
            return value
    assert isinstance(kind, String), f"no value for {column.table.name}.{column.name}"
    codes = column.info.get("codes")
    return codes[0] if codes else f"x{number}"[: kind.length]


def good_row(db: Connection, table: Table, **wanted: Any) -> dict[str, Any]:
    """Return the values of a row that the table takes; the rows it points at are added first."""
    values = {column.name: value_for(column) for column in table.columns if not column.nullable}
    for key in table.foreign_key_constraints:
        if all(column.name in values for column in key.columns):
            parent = add(db, key.referred_table)
            values |= {one.parent.name: parent[one.column.name] for one in key.elements}
    return values | dict(GOOD.get(table.name, {})) | wanted


def add(db: Connection, table: Table, **wanted: Any) -> dict[str, Any]:
    """Add a good row and return its values."""
    values = good_row(db, table, **wanted)
    db.execute(insert(table).values(values))
    return values
