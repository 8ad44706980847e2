"""Many rows at once: reading the facts of many children, and writing the records of many documents."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Table, Uuid, any_, bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from caseapp.kernel import digests
from caseapp.kernel.db import Base, Versioned
from caseapp.kernel.seals import Sealed, seal_of
from caseapp.kernel.work import Work

AT_ONCE = 500
"""Children per statement: well under the number of parameters that SQLite takes."""

_KEYS: Final = ARRAY(Uuid())


def among(work: Work, column: Any, keys: Collection[UUID]) -> ColumnElement[bool]:
    """Return the condition that a column holds one of these keys, at most AT_ONCE of them.

    On a server all keys are one parameter: with a parameter for each, every number of keys would be
    another statement, to be planned anew. SQLite plans in no time, and reads more for a list in JSON.
    """
    if not on_server(work):
        return cast("ColumnElement[bool]", column.in_(keys))
    return cast("ColumnElement[bool]", column == any_(bindparam(None, list(keys), type_=_KEYS)))


def in_parts(keys: Iterable[UUID]) -> Iterator[Sequence[UUID]]:
    """Yield keys in parts that one statement takes."""
    all_of = list(keys)
    for start in range(0, len(all_of), AT_ONCE):
        yield all_of[start : start + AT_ONCE]


def on_server(work: Work) -> bool:
    """Say whether the database is a server, and not a file."""
    return work.session.get_bind().dialect.name == "postgresql"


def opened(
    work: Work, model: type[Any], sealed: str, child_ids: Sequence[UUID], *columns: Any
) -> Iterator[tuple[Any, ...]]:
    """Yield (child_id, row_id, value, *columns) of the rows of many children, in the order of their keys.

    One statement for each 500 children and one look at the keystore; raises Unreadable.
    """
    seal: Sealed[Any] = seal_of(model, sealed)
    statement = _reading(cast("type[Base]", model), sealed, columns, on_server(work))
    for start in range(0, len(child_ids), AT_ONCE):
        part = list(child_ids[start : start + AT_ONCE])
        work.vault.prefetch(seal.domain, part)
        for child_id, row_id, envelope, *rest in work.session.execute(statement, {"keys": part}):
            value = None
            if envelope is not None:
                value = work.vault.open(seal.place(child_id, row_id), envelope, seal.kind)
            yield (child_id, row_id, value, *rest)


@cache
def _reading(
    model: type[Base],
    sealed: str,
    columns: tuple[Any, ...],
    on_server: bool,  # noqa: FBT001 (part of the key)
) -> Select[Any]:
    """Return the select of `opened`, built once; of the table, for there are no rows of the ORM to make."""
    table = cast("Table", model.__table__)
    wanted = (table.c.child_id, table.c.id, table.c[sealed])
    more = (column.property.columns[0] for column in columns)
    keys = bindparam(
        "keys", type_=_KEYS if on_server else table.c.child_id.type, expanding=not on_server
    )
    among_them = table.c.child_id == any_(keys) if on_server else table.c.child_id.in_(keys)
    return select(*wanted, *more).where(among_them).order_by(table.c.id)


def sealed_row(
    work: Work, model: type[Base], subject_id: UUID, row_id: UUID, **values: object
) -> dict[str, Any]:
    """Return the columns of a new row for a bulk insert: sealed ones sealed, stamped when people edit it."""
    row: dict[str, Any] = {"id": row_id}
    if model.__subject__ not in {"id", *values}:
        row[model.__subject__] = subject_id
    seals = _seals_of(model)
    for name, value in values.items():
        seal = seals.get(name)
        if seal is None or value is None:
            row[name] = value
        else:
            row[name] = work.vault.seal(seal.place(subject_id, row_id), value, seal.kind)
    if issubclass(model, Versioned):
        row |= {"version": 1, "recorded_at": work.now, "recorded_by": work.actor.account_id}
    return row


@cache
def _seals_of(model: type[Base]) -> dict[str, Sealed[Any]]:
    """Return the sealed attributes of a class by name, which is the name of their column too."""
    return {
        name: attribute
        for parent in reversed(model.__mro__)
        for name, attribute in vars(parent).items()
        if isinstance(attribute, Sealed)
    }


def insert_all(work: Work, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows, given by column, with one statement; nothing when there are none.

    It goes past the ORM: for rows that nobody looks at again in this unit of work that is twice as fast.
    """
    if not rows:
        return
    table = cast("Table", model.__table__)
    work.session.execute(insert(table), _alike(rows))
    digests.note(work.written, table, rows)


def insert_new(work: Work, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows as `insert_all` does, and leave out those that a constraint says are there."""
    if not rows:
        return
    table = cast("Table", model.__table__)
    insert_into = postgresql.insert(table) if on_server(work) else sqlite.insert(table)
    new = insert_into.on_conflict_do_nothing()
    if digests.told(table):
        made = set(work.session.scalars(new.returning(table.c.id), _alike(rows)))
        digests.note(work.written, table, [row for row in rows if row["id"] in made])
    else:
        work.session.execute(new, _alike(rows))


def _alike(rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """Give all rows the same columns: one that a row lacks is empty there."""
    names = dict.fromkeys(name for row in rows for name in row)
    alike = all(len(row) == len(names) for row in rows)
    return rows if alike else [dict.fromkeys(names) | row for row in rows]
