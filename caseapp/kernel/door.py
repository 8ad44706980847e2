"""The second layer: a person's select on the file of a child goes through the door, or it is refused.

The door is the predicate over reach (people.queries): a select that carries it is let through, and so
is one that names children whom this unit of work fetched through it before. Rules, figures and system
pages read past what a person sees; they say so with `Work.beyond`. SQLite has no other guard below
the guards of the routes; on PostgreSQL row-level security asks the same once more (security.md 3.3).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, cast
from uuid import UUID

from sqlalchemy import (
    CTE,
    Alias,
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Join,
    MetaData,
    Result,
    Row,
    Select,
    Subquery,
    bindparam,
    event,
)
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import (
    BinaryExpression,
    BooleanClauseList,
    CollectionAggregate,
    False_,
    Grouping,
)
from sqlalchemy.sql.schema import Column, Table

from caseapp.domain.policy import Actor
from caseapp.kernel.db import Base

if TYPE_CHECKING:
    from caseapp.kernel.work import Work

THROUGH_THE_DOOR: Final = "door_now"
"""Name of the parameter by which a select shows that it carries the predicate over reach."""


OPEN: Final[Mapping[str, str]] = {
    "reach": "the door itself: who reaches a child, in ids and codes",
    "notice": "belongs to the account that is told",
    "told": "belongs to the account that is told",
    "list_change": "belongs to the list; opened by who brought it",
    "list_child": "belongs to the list; opened by who brought it",
    "audit_event": "the trail, which the privacy officer reads and the chain guards",
    "audit_event_child": "the trail, which the privacy officer reads and the chain guards",
    "emergency": "belongs to who looked and who reviews it",
    "erasure": "a tombstone: ids only, of a child that is no more",
    "privacy_request": "belongs to the privacy officer, who opens no file",
    "retention_item": "belongs to the privacy officer, who opens no file",
    "protection_file": "belongs to the protection lead of its location; a policy of its own (0009)",
    "protection_entry": "goes with the file of the reporting code",
    "protection_alert": "goes with the file of the reporting code",
    "two_people": "belongs to who asks and who decides",
    "past": "before-images, read by the row that the scope fetched",
}
"""Tables with a child's key that are no part of its file, and why."""

APART: Final = frozenset({"protection_alert", "protection_entry", "protection_file"})
"""Those of them to which the server has a policy of its own: reach opens none of them."""


@cache
def protected(tables: MetaData) -> frozenset[str]:
    """Return the names of the tables that hold the file of a child."""
    of_a_child = {table.name for table in tables.sorted_tables if "child_id" in table.c}
    return frozenset(of_a_child | {"child"}) - OPEN.keys()


OWN: Final = "door_own"
"""The same for what belongs to the own account or desk."""


class UnmarkedSelectError(RuntimeError):
    """A select asks for the file of a child without having come through the door."""


def watch(session: Session) -> None:
    """Refuse from now on every select of this session that did not come through the door."""
    event.listen(session, "do_orm_execute", _look)


def _look(state: ORMExecuteState) -> Result[Any] | None:
    """Let a select through that is marked, and keep in mind whose files it opens."""
    work: Work = state.session.info["work"]
    statement = state.statement
    if not isinstance(statement, Select) or work.reads_past or state.is_column_load:
        return None
    given = cast("Mapping[str, Any]", state.parameters or {})
    table = _first_unmarked(work, statement, given)
    if table == NO_FILE and not _is_door(statement):
        return None
    if table:
        raise UnmarkedSelectError(f"select on {table} did not come through the door")
    return _opening(work, statement, state.invoke_statement())


NO_FILE: Final = ""
"""In the place of a table: the select takes no rows from the file of a child."""


def _first_unmarked(work: "Work", statement: Select[Any], given: Mapping[str, Any]) -> str | None:
    """Return the first table of files that is read without a mark; None when marked, NO_FILE without any."""
    tables, within = _sources(statement)
    inner = [_first_unmarked(work, one, given) for one in within]
    if not tables:
        return next((one for one in inner if one), None if None in inner else NO_FILE)
    is_marked = None in inner or any(
        _carries_predicate(clause) or _names_opened(work, clause, given)
        for clause in _conjuncts(statement.whereclause)
    )
    return None if is_marked else tables[0]


def _is_door(statement: Select[Any]) -> bool:
    """Say whether a select that reads no file asks the door itself who is in reach."""
    return any(_carries_predicate(clause) for clause in _conjuncts(statement.whereclause))


def _sources(statement: Select[Any]) -> tuple[list[str], list[Select[Any]]]:
    """Return the tables of files that a select takes rows from, and the selects that it takes rows from."""
    tables: list[str] = []
    within: list[Select[Any]] = []
    waiting: list[Any] = list(statement.get_final_froms())
    while waiting:
        source = waiting.pop()
        if isinstance(source, Join):
            waiting += [source.left, source.right]
        elif isinstance(source, (Subquery, CTE)):
            within += [one for one in _selects(source.element) if isinstance(one, Select)]
        elif isinstance(source, Alias):
            waiting.append(source.element)
        elif isinstance(source, Table) and source.name in protected(Base.metadata):
            tables.append(source.name)
    return tables, within


def _selects(element: Any) -> Sequence[Any]:
    return element.selects if isinstance(element, CompoundSelect) else [element]


def _opening(work: "Work", statement: Select[Any], result: Result[Any]) -> Result[Any]:
    """Keep in mind the children, and their rows, that came through the door."""
    found = result.freeze()
    for place, told in enumerate(statement.column_descriptions):
        for key in _keys_of(told):
            values = (row[place] if isinstance(row, Row) else row for row in found.data)
            work.opened.update(key(value) for value in values if value is not None)
    return found()


def _keys_of(told: Any) -> Sequence[Callable[[Any], UUID]]:
    """Return how a column of a result names a child or a row of its file; nothing when it does not."""
    what = told["expr"]
    if isinstance(what, type):
        names = ("id", "child_id") if hasattr(what, "child_id") else ("id",)
        return [attrgetter(name) for name in names] if _is_file(what) else []
    return [_itself] if told["name"] == "id" or _table_named(told["name"]) else []


def _table_named(column: str) -> str | None:
    """Return the table of files whose row a column names: child for child_id."""
    name = column.removesuffix("_id")
    return name if name != column and name in protected(Base.metadata) else None


def _is_file(model: type[Any]) -> bool:
    return getattr(model, "__tablename__", None) in protected(Base.metadata)


def _itself(value: Any) -> UUID:
    return cast("UUID", value)


def _names_opened(work: "Work", clause: ColumnElement[Any], given: Mapping[str, Any]) -> bool:
    """Say whether a condition names children or rows of files, and all of these came through the door."""
    unknown = _unknown_named(work, clause, given)
    return unknown is not None and not unknown


def _conjuncts(clause: Any) -> Iterator[ColumnElement[Any]]:
    """Yield what all has to hold."""
    if isinstance(clause, Grouping):
        yield from _conjuncts(clause.element)
    elif isinstance(clause, BooleanClauseList) and clause.operator is operators.and_:
        for part in clause.clauses:
            yield from _conjuncts(part)
    elif clause is not None:
        yield clause


def _unknown_named(
    work: "Work", clause: ColumnElement[Any], given: Mapping[str, Any]
) -> set[UUID] | None:
    """Return the keys that a condition names and that did not come through the door.

    None when it is a condition of another sort.
    """
    if not isinstance(clause, BinaryExpression) or clause.operator not in _NAMES:
        return None
    column: Any = clause.left
    value: Any = clause.right
    while isinstance(value, (CollectionAggregate, Grouping)):
        value = value.element
    if not isinstance(column, Column) or not isinstance(value, BindParameter):
        return None
    table = column.table.name if column.name == "id" else _table_named(column.name)
    if table not in protected(Base.metadata):
        return None
    held = given.get(value.key, value.effective_value)
    ids = set(held) if isinstance(held, (list, tuple, set, frozenset)) else {held}
    return {one for one in ids if not _is_in_hand(work, table, one)}


def _is_in_hand(work: "Work", table: str, row_id: UUID) -> bool:
    """Say whether a row was fetched through the door before, or is held by this session."""
    key = (_models()[table], (row_id,), None)
    return row_id in work.opened or key in work.session.identity_map


@cache
def _models() -> Mapping[str, type[Any]]:
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}


_NAMES: Final = (operators.eq, operators.in_op)


def _carries_predicate(clause: Any) -> bool:
    """Say whether a condition holds only for rows in reach: of several that are joined by OR, each has to.

    What is turned round (NOT, NOT IN) holds for all other rows, and is no mark.
    """
    if isinstance(clause, Grouping):
        return _carries_predicate(clause.element)
    if isinstance(clause, BooleanClauseList):
        every = all if clause.operator is operators.or_ else any
        return every(_carries_predicate(part) for part in clause.clauses)
    if getattr(clause, "operator", None) in _TURNED_ROUND:
        return False
    return any(_is_mark(element) for element in visitors.iterate(clause))


def _is_mark(element: Any) -> bool:
    """Say whether part of a condition is the door: its parameter, or that nothing is in reach at all."""
    if isinstance(element, BindParameter):
        return element._orig_key in (THROUGH_THE_DOOR, OWN)  # noqa: SLF001
    return isinstance(element, False_)


_TURNED_ROUND: Final = frozenset({operators.inv, operators.not_in_op, operators.ne})


def own(column: Any, actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a row belongs to an account of the actor: the own baton, an own alert."""
    accounts = bindparam(
        OWN, list(actor.account_ids), type_=column.type, unique=True, expanding=True
    )
    return cast("ColumnElement[bool]", column.in_(accounts))
