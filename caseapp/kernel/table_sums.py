"""What stands in the tables of a database, as one number a table: equal numbers, equal copies."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final, NamedTuple, cast

import msgspec
from sqlalchemy import Connection, MetaData, Table, column, select, table

from caseapp.kernel.raw import raw

AT_ONCE: Final = 2000
_packed: Final = msgspec.msgpack.Encoder().encode


class TableSum(NamedTuple):
    """How many rows a table has, and the SHA-256 over them in the order of their keys."""

    rows: int
    sha256: str


def sums(connection: Connection, metadata: MetaData) -> dict[str, TableSum]:
    """Return the numbers of all tables, as this connection sees them: in one transaction, of one moment."""
    return {one.name: sum_of(connection, one) for one in metadata.sorted_tables}


def sum_of(connection: Connection, one: Table) -> TableSum:
    """Return the number of a table, row by row: it need not fit in memory."""
    digest, rows = sha256(), 0
    every = select(one).order_by(*one.primary_key.columns)
    for row in connection.execute(every.execution_options(yield_per=AT_ONCE)):
        packed = _packed([_text(value) for value in raw(cast("Sequence[Any]", row))])
        digest.update(len(packed).to_bytes(4) + packed)
        rows += 1
    return TableSum(rows, digest.hexdigest())


def differing(one: Mapping[str, TableSum], other: Mapping[str, TableSum]) -> Iterator[str]:
    """Yield the tables that are not the same."""
    yield from sorted(
        name for name in one.keys() | other.keys() if one.get(name) != other.get(name)
    )


def revision(connection: Connection) -> str:
    """Return at which step of the migrations a database stands."""
    version = table("alembic_version", column("version_num"))
    return str(connection.scalar(select(version.c.version_num)))


def _text(value: object) -> object:
    """Return a value that msgpack takes: numbers with a fraction as text, for they may differ in form."""
    return repr(value) if isinstance(value, float) else value
