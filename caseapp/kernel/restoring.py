"""Rows as they were: taking rows out with all that refers to them, and laying them back.

Rows are dictionaries by column, envelopes untouched. A row is never changed back where it stands: it goes,
and comes as it was. So a state that only goes forward, and periods that may not overlap for a moment, stay
guarded for everybody.
"""

from base64 import b64decode
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import chain, groupby
from typing import Any, Final, TypeAlias
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, bindparam, delete, insert, select, update
from sqlalchemy.exc import OperationalError

from caseapp.kernel import digests
from caseapp.kernel.before import Before
from caseapp.kernel.bulk import among, in_parts
from caseapp.kernel.crypto import Envelope
from caseapp.kernel.db import Base, Instant
from caseapp.kernel.rehearsal import CHILD, child_column
from caseapp.kernel.work import LostRaceError, Work

Row: TypeAlias = dict[str, Any]
Rows: TypeAlias = dict[str, dict[UUID, Row]]
"""Rows by the name of their table and their key."""

_READ: Final[Mapping[type, Callable[[str], object]]] = {
    UUID: UUID,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    bytes: bytes.fromhex,
}
"""How the text of a clear value is read back; numbers, codes and whether it is so stand as they are."""

STAMP: Final = "recorded_at"
"""A column that a table has when people write its rows down: when somebody did."""


def is_fact(table_name: str) -> bool:
    """Say whether people write the rows of a table down; all else follows from those, or tells of them."""
    return STAMP in Base.metadata.tables[table_name].columns


def rows_of(work: Work, table_name: str, keys: Iterable[UUID]) -> dict[UUID, Row]:
    """Return rows by their keys."""
    table = Base.metadata.tables[table_name]
    return {row["id"]: row for row in _where(work, table.c.id, keys)}


def lock_rows(work: Work, table_name: str, keys: Iterable[UUID], *, wait: bool = True) -> None:
    """Let others wait to change or name rows until the end of this work, in the order of their keys.

    Without `wait` raises LostRaceError when somebody else has one of them.
    """
    column = Base.metadata.tables[table_name].c.id
    for part in in_parts(sorted(keys)):
        rows = select(column).where(among(work, column, part)).order_by(column)
        try:
            work.session.execute(rows.with_for_update(nowait=not wait))
        except OperationalError:
            if wait:
                raise
            raise LostRaceError from None


def take_out(work: Work, wanted: Mapping[str, Collection[UUID]]) -> Rows:
    """Delete rows with all that refers to them, however far, and return what they were."""
    found: Rows = {}
    for name, keys in wanted.items():
        _find(work, Base.metadata.tables[name].c.id, keys, found)
    for table in reversed(Base.metadata.sorted_tables):
        for rows in reversed(list(_generations(table, found.get(table.name, {})))):
            for part in in_parts(row["id"] for row in rows):
                work.session.execute(delete(table).where(among(work, table.c.id, part)))
                digests.note_gone(work.written, table, part)
    return found


def lay_back(work: Work, rows: Rows) -> None:
    """Insert rows as they are, those that others refer to first."""
    for table in Base.metadata.sorted_tables:
        for some in _generations(table, rows.get(table.name, {})):
            work.session.execute(insert(table), some)
            digests.note(work.written, table, some)


def overwrite(work: Work, table_name: str, rows: Sequence[Row]) -> None:
    """Change rows where they stand, in all of their columns: for those that too much refers to."""
    table = Base.metadata.tables[table_name]
    names = [name for name in table.columns.keys() if name != "id"]  # noqa: SIM118 (no mapping)
    values: dict[str, Any] = {name: bindparam(f"{name}_") for name in names}
    if rows:
        work.session.connection().execute(
            update(table).where(table.c.id == bindparam("id_")).values(values),
            [{f"{name}_": value for name, value in row.items()} for row in rows],
        )
        digests.note(work.written, table, rows)


def remove_children(work: Work, child_ids: Iterable[UUID], keep: Collection[str]) -> None:
    """Delete children with all rows that name them, in every table but those to keep."""
    for part in in_parts(child_ids):
        for table in reversed(Base.metadata.sorted_tables):
            column = child_column(table)
            if column is not None and table.name not in keep:
                _remove(work, table, among(work, column, part))


def _remove(work: Work, table: Table, which: ColumnElement[bool]) -> None:
    """Delete rows of a table, and note those of a file; rows that name each other let go first."""
    for column in _references(table):
        if column.table is table:
            named = update(table).where(which, column.is_not(None))
            work.session.execute(named.values({column.name: None}))
    gone = delete(table).where(which)
    if digests.told(table):
        digests.note_gone(work.written, table, work.session.scalars(gone.returning(table.c.id)))
    else:
        work.session.execute(gone)


def standing(rows: Rows, gone: Mapping[str, Collection[UUID]]) -> Rows:
    """Return rows without those that are gone, and without all that refers to such a row, however far."""
    kept: Rows = {}
    for table in Base.metadata.sorted_tables:
        mine, lost = rows.get(table.name, {}), gone.get(table.name, ())
        below = [
            (column.name, target.name)
            for target in Base.metadata.sorted_tables
            for column in _references(target)
            if column.table is table and target.name in rows
        ]
        for row in chain.from_iterable(_generations(table, mine)):
            falls = any(
                row[name] in rows[target] and row[name] not in kept.get(target, {})
                for name, target in below
            )
            if row["id"] not in lost and not falls:
                kept.setdefault(table.name, {})[row["id"]] = row
    return kept


def referred_to(work: Work, table_name: str, keys: Iterable[UUID]) -> set[UUID]:
    """Return the rows of a table to which rows of any table refer."""
    found: set[UUID] = set()
    wanted = sorted(keys)
    for column in _references(Base.metadata.tables[table_name]):
        for part in in_parts(wanted):
            found.update(work.session.scalars(select(column).where(among(work, column, part))))
    return found


def read_back(table_name: str, clear: Mapping[str, object], sealed: Mapping[str, object]) -> Row:
    """Return a row from what JSON keeps of it: clear values as text, envelopes as base64, if there are any."""
    row: Row = {}
    for column in Base.metadata.tables[table_name].columns:
        if "seal" in column.info:
            text = sealed.get(column.name)
            row[column.name] = None if text is None else Envelope(b64decode(str(text)))
        elif column.name in clear:
            value = clear[column.name]
            is_moment = isinstance(column.type, Instant)
            read = _READ.get(datetime if is_moment else column.type.python_type)
            row[column.name] = value if value is None or read is None else read(str(value))
    return row


def note_before(work: Work, table_name: str, row: Row) -> None:
    """Keep in the past what a row of facts was until now."""
    columns = Base.metadata.tables[table_name].columns
    sealed = {c.name: bytes(row[c.name]) for c in columns if "seal" in c.info and row[c.name]}
    clear = {c.name: row[c.name] for c in columns if "seal" not in c.info}
    subject = row["id"] if table_name == CHILD else row.get("child_id")
    work.past.append(Before(table_name, row["id"], subject, row["version"], clear, sealed))


def _find(work: Work, column: Column[Any], keys: Collection[UUID], found: Rows) -> None:
    """Add the rows that have one of these keys in a column, and then all that refer to those."""
    known = found.setdefault(column.table.name, {})
    new = {row["id"]: row for row in _where(work, column, keys) if row["id"] not in known}
    known.update(new)
    for reference in _references(column.table) if new else ():
        _find(work, reference, new.keys(), found)


def _where(work: Work, column: Column[Any], keys: Iterable[UUID]) -> Iterator[Row]:
    table = column.table
    for part in in_parts(sorted(keys)):
        rows = select(table).where(among(work, column, part)).order_by(table.c.id)
        yield from map(dict, work.session.execute(rows).mappings())


@cache
def _references(table: Table) -> tuple[Column[Any], ...]:
    """Return the columns, of this table or others, that hold keys of its rows."""
    return tuple(
        key.parent
        for other in Base.metadata.sorted_tables
        for key in sorted(other.foreign_keys, key=lambda one: one.parent.name)
        if key.column is table.columns.get("id")
    )


def _generations(table: Table, rows: Mapping[UUID, Row]) -> Iterator[list[Row]]:
    """Yield rows that refer to none of the others, then those that refer to these, and so on."""
    own = next((one.name for one in _references(table) if one.table is table), None)

    def depth(row: Row) -> int:
        above = rows.get(row[own]) if own else None
        return 0 if above is None else depth(above) + 1

    for _depth, some in groupby(sorted(rows.values(), key=depth), key=depth):
        yield list(some)
