"""Writing what a rehearsal did, in few statements: new rows in bulk, and each changed row as it was seen."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final, cast

from psycopg import sql
from sqlalchemy import Boolean, Connection, Table, bindparam, delete, update
from sqlalchemy.dialects import postgresql

from caseapp.kernel.db import ONE_AT_A_TIME, Base
from caseapp.kernel.door import protected
from caseapp.kernel.raw import RawRow, insert_into_sqlite, tables, told
from caseapp.kernel.rehearsal import Difference, RowChange
from caseapp.kernel.work import LostRaceError, Work

AT_ONCE: Final = 1000
"""Rows that go to a server in one statement."""

VERSION: Final = "version"
PERIOD: Final = frozenset({"from_on", "to_on"})
_WAS: Final = "was_"


def write(work: Work, difference: Difference, tables_of: Collection[str]) -> None:
    """Write what a rehearsal did to some tables, those that others refer to first.

    In each table the changed rows go before the new ones: a stay ends before the next begins. Raises
    LostRaceError when a row is not any more what it was when it was copied, as far as its version tells.
    """
    changed = defaultdict(list)
    for change in difference.changed:
        changed[change.table].append(change)
    for table in tables():
        if table.name in tables_of:
            _change(work, table, changed.get(table.name, ()))
            insert_raw(work.session.connection(), table, difference.added.get(table.name, ()))


def insert_raw(connection: Connection, table: Table, rows: Sequence[RawRow]) -> None:
    """Insert raw rows into a table of either database: on a server they are streamed to it.

    A table under row-level security takes no stream: its rows go as one array for each column.
    """
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        insert_into_sqlite(connection, table, rows)
        return
    with cast("Any", connection.connection.driver_connection).cursor() as cursor:
        if table.name in protected(Base.metadata):
            _insert_arrays(cursor, table, rows)
        else:
            _stream(cursor, table, rows)


def _stream(cursor: Any, table: Table, rows: Sequence[RawRow]) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns.keys()))
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns)
    with cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(row)


def _insert_arrays(cursor: Any, table: Table, rows: Sequence[RawRow]) -> None:
    """Insert rows as arrays, a part at a time: few statements, and the server looks at each row."""
    types = [sql.SQL(one.type.compile(postgresql.dialect())) for one in table.columns]  # type: ignore[no-untyped-call]
    insert = sql.SQL("INSERT INTO {} ({}) SELECT * FROM unnest({})").format(
        sql.Identifier(table.name),
        sql.SQL(", ").join(map(sql.Identifier, table.columns.keys())),
        sql.SQL(", ").join(sql.SQL("%s::{}[]").format(kind) for kind in types),
    )
    yes_or_no = [isinstance(one.type, Boolean) for one in table.columns]
    for start in range(0, len(rows), AT_ONCE):
        columns = zip(*rows[start : start + AT_ONCE], strict=True)
        arrays = [
            [one if one is None else bool(one) for one in values] if is_bool else list(values)
            for values, is_bool in zip(columns, yes_or_no, strict=True)
        ]
        cursor.execute(insert, arrays)


def _columns_changed(change: RowChange) -> tuple[str, ...]:
    """Return the names of the columns that differ; none of a row that is gone."""
    if change.after is None:
        return ()
    names = Base.metadata.tables[change.table].columns.keys()
    pairs = zip(names, change.before, change.after, strict=True)
    return tuple(name for name, was, now in pairs if was != now)


def _change(work: Work, table: Table, changes: Sequence[RowChange]) -> None:
    """Write changed rows, with one statement for all that changed alike; what makes room goes first."""
    groups = defaultdict(list)
    for change in changes:
        groups[_needs_room(table, change), _columns_changed(change)].append(change)
    for (_, columns), alike in sorted(groups.items()):
        if columns:
            _update(work, table, columns, alike)
        else:
            _run(work, _found(delete(table), table), [_as_it_was(table, one) for one in alike])


def _needs_room(table: Table, change: RowChange) -> bool:
    """Say whether another row of the child may have to give way first.

    So it is when a period begins earlier or ends later, and when a row becomes the one of its kind.
    """
    column, value = table.info.get(ONE_AT_A_TIME, (None, None))
    if change.after is None or (column is None and PERIOD - set(table.columns.keys())):
        return False
    before, after = told(table, change.before), told(table, change.after)
    if column is not None:
        return bool(before[column] != value == after[column])
    ends, ended = (one["to_on"] or date.max for one in (after, before))
    return bool(after["from_on"] < before["from_on"] or ends > ended)


def _update(work: Work, table: Table, columns: Sequence[str], changes: Sequence[RowChange]) -> None:
    statement = _found(update(table), table).values({name: bindparam(name) for name in columns})
    rows = []
    for change in changes:
        assert change.after is not None  # noqa: S101 - it has columns that changed
        after = told(table, change.after)
        rows.append({name: after[name] for name in columns} | _as_it_was(table, change))
    _run(work, statement, rows)


def _found(statement: Any, table: Table) -> Any:
    """Return a statement for the row as it was: its key, and its version if it has one."""
    for name in _checked(table):
        statement = statement.where(table.c[name] == bindparam(f"{_WAS}{name}"))
    return statement


def _as_it_was(table: Table, change: RowChange) -> dict[str, Any]:
    before = told(table, change.before)
    return {f"{_WAS}{name}": before[name] for name in _checked(table)}


def _checked(table: Table) -> list[str]:
    keys = [column.name for column in table.primary_key]
    return [*keys, VERSION] if VERSION in table.columns else keys


def _run(work: Work, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
    done: Any = work.session.execute(statement, list(rows))
    if done.rowcount != len(rows):
        raise LostRaceError
