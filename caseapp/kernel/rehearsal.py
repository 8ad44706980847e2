"""A rehearsal: what is going to be done, done first on a private copy that nobody waits for.

The copy is a database in memory with the rows of the children concerned, envelopes as they stand. The same
actions, reactions and rules run on it as on the real one; what differs afterwards is what has to be written,
and that takes one short transaction (`caseapp.kernel.replay`). A rehearsal itself changes nothing.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, Connection, StaticPool, Table, event, select
from sqlalchemy.orm import Session

from caseapp.kernel.bulk import AT_ONCE, among
from caseapp.kernel.db import Base, open_engine
from caseapp.kernel.raw import RawRow, insert_into_sqlite, key_of, raw, read_all, tables
from caseapp.kernel.work import Work

Rows = Mapping[RawRow, RawRow]
"""Rows of a table by their primary key."""

CHILD: Final = "child"


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that is not any more what it was; `after` is None when it is gone."""

    table: str
    before: RawRow
    after: RawRow | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a rehearsal did: new rows by table, and the rows that it changed or took away."""

    added: Mapping[str, Sequence[RawRow]] = field(default_factory=dict)
    changed: Sequence[RowChange] = ()


class Rehearsal:
    """A database in memory, furnished with what concerns no single child, for one group after another."""

    def __init__(self, house: Collection[str], leaves_out: Collection[str]) -> None:
        """Name the tables that are copied whole, and those of children that have no part in it."""
        self._house = [table for table in tables() if table.name in house]
        self._of_children = [
            (table, column)
            for table in tables()
            if table.name not in leaves_out and (column := child_column(table)) is not None
        ]
        self._furniture: dict[str, Rows] = {}
        self._engine = open_engine("sqlite://", poolclass=StaticPool)
        event.listen(self._engine, "connect", _let_refer_to_nothing)
        Base.metadata.create_all(self._engine)

    def furnish(self, real: Work) -> None:
        """Copy the tables of the house."""
        with self._engine.begin() as connection:
            for table in self._house:
                connection.execute(table.delete())
                rows = [raw(row) for row in real.session.execute(select(table))]
                insert_into_sqlite(connection, table, rows)
                self._furniture[table.name] = {key_of(table, row): row for row in rows}

    @contextmanager
    def of(self, real: Work, child_ids: Sequence[UUID]) -> Iterator["Stage"]:
        """Copy the rows of these children and give a session on them; all is forgotten at the end."""
        with Session(bind=self._engine, autoflush=False, expire_on_commit=False) as session:
            before = dict(self._furniture)
            for table, column in self._of_children:
                rows = list(_rows_of(real, table, column, child_ids))
                insert_into_sqlite(session.connection(), table, rows)
                before[table.name] = {key_of(table, row): row for row in rows}
            yield Stage(session, before)
            session.rollback()

    def close(self) -> None:
        """Let go of the memory."""
        self._engine.dispose()


@dataclass(frozen=True, slots=True)
class Stage:
    """A session on the copy of some children, and every row as it was before."""

    session: Session
    before: Mapping[str, Rows]

    def difference(self) -> Difference:
        """Return what has been done on this stage."""
        added: dict[str, Sequence[RawRow]] = {}
        changed: list[RowChange] = []
        for table in tables():
            name = str(table.name)
            was = self.before.get(name, {})
            now = {key_of(table, row): row for row in read_all(self._connection, table)}
            new = [row for key, row in now.items() if key not in was]
            if new:
                added[name] = new
            changed += [
                RowChange(name, row, now.get(key))
                for key, row in was.items()
                if now.get(key) != row
            ]
        return Difference(added, changed)

    @property
    def _connection(self) -> Connection:
        return self.session.connection()


def child_column(table: Table) -> Column[Any] | None:
    """Return the column that names the child of a row; None for a table that is not about children."""
    return table.columns.get("id" if table.name == CHILD else "child_id")


def _rows_of(
    real: Work, table: Table, column: Column[Any], child_ids: Sequence[UUID]
) -> Iterator[RawRow]:
    for start in range(0, len(child_ids), AT_ONCE):
        mine = among(real, column, child_ids[start : start + AT_ONCE])
        yield from map(raw, real.session.execute(select(table).where(mine)))


def _let_refer_to_nothing(connection: Any, _record: object) -> None:
    """Let rows refer to what was not copied: the real database has the last word."""
    connection.execute("PRAGMA foreign_keys=OFF")
