"""The board of a coordinator: open alerts in the own scope, counted and grouped by kind of break."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, and_, func, select

from caseapp.continuity.models import Alert
from caseapp.continuity.queries.listed import (
    OPEN,
    Listed,
    listed,
    listed_with,
    order,
    resting,
    select_columns,
)
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.work import Work
from caseapp.people import queries as people


class Whose(StrEnum):
    """Whose alerts to list, as an address says it."""

    NOBODY = "niemand"
    ME = "ik"
    OTHERS = "anderen"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which alerts a list shows; everything empty is all that are open."""

    region: str | None = None
    location_id: UUID | None = None
    rules: tuple[str, ...] = ()
    severity: Severity | None = None
    whose: Whose | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many open alerts there are of each kind that a tally counts, and of how many children."""

    critical: int = 0
    warning: int = 0
    notice: int = 0
    nobody: int = 0
    overdue: int = 0
    mine: int = 0
    put_off: int = 0
    children: int = 0

    @property
    def all(self) -> int:
        """Return how many alerts there are."""
        return self.critical + self.warning + self.notice


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of break: how many alerts, and the worst of them."""

    rule: str
    critical: int
    warnings: int
    notices: int
    rows: Sequence[Listed]

    @property
    def all(self) -> int:
        """Return how many alerts of this kind there are, shown or not."""
        return self.critical + self.warnings + self.notices


def in_choice(work: Work, choice: Choice) -> ColumnElement[bool]:
    """Return the predicate: open, in the own scope, and as chosen."""
    parts: list[ColumnElement[bool]] = [
        OPEN,
        Alert.child_id.in_(people.visible_ids(work.actor, work.now)),
    ]
    if choice.region:
        parts.append(Alert.child_id.in_(people.ids_in(work, choice.region)))
    if choice.location_id:
        parts.append(Alert.child_id.in_(people.ids_at(work, choice.location_id)))
    if choice.rules:
        parts.append(Alert.rule.in_(choice.rules))
    if choice.severity:
        parts.append(Alert.severity == choice.severity.value)
    if choice.whose is not None:
        parts.append(_whose(work, choice.whose))
    if choice.overdue:
        parts.append(_overdue(work))
    return and_(*parts)


def _whose(work: Work, whose: Whose) -> ColumnElement[bool]:
    mine = Alert.owner_account_id.in_(work.actor.account_ids)
    if whose is Whose.NOBODY:
        return Alert.owner_desk.is_not(None)
    return mine if whose is Whose.ME else Alert.owner_account_id.is_not(None) & ~mine


def _overdue(work: Work) -> ColumnElement[bool]:
    """Return the predicate: late; a notice counts ahead of a limit and is never late."""
    return Alert.due.is_not(None) & (Alert.due < work.today) & (Alert.rank > 1)


def counts(work: Work, choice: Choice) -> Counts:
    """Count the open alerts of a choice for the tallies above the board, in one statement."""

    def number(condition: ColumnElement[bool]) -> Any:
        return func.count().filter(condition)

    wanted = replace(choice, severity=None, whose=None, overdue=False)
    row: Any = work.session.execute(
        select(
            *(number(Alert.severity == severity.value) for severity in
              (Severity.CRITICAL, Severity.WARNING, Severity.NOTICE)),
            number(Alert.owner_desk.is_not(None)),
            number(_overdue(work)),
            number(Alert.owner_account_id.in_(work.actor.account_ids)),
            number(resting(work.today)),
            func.count(Alert.child_id.distinct()),
        ).where(in_choice(work, wanted))
    ).one()  # fmt: skip
    return Counts(*row)


def chosen(work: Work, choice: Choice, known: Counts) -> tuple[int, int]:
    """Return how many alerts a choice holds, and of how many children; the tallies know it without filters."""
    if choice.severity is None and choice.whose is None and not choice.overdue:
        return known.all, known.children
    row = work.session.execute(
        select(func.count(), func.count(Alert.child_id.distinct())).where(in_choice(work, choice))
    ).one()
    return row[0], row[1]


def groups(work: Work, choice: Choice, most: int) -> list[Group]:
    """Return the kinds of break of a choice, each with at most so many of its alerts, in one statement.

    Worst kind first: most serious alerts, then the oldest. What is put off stands at the end of its kind.
    """
    numbered = _numbered(work, choice)
    number = [
        numbered.c[one.value] for one in (Severity.CRITICAL, Severity.WARNING, Severity.NOTICE)
    ]
    wanted = (
        select_columns()
        .add_columns(*number)
        .join(numbered, numbered.c.id == Alert.id)
        .where(numbered.c.place <= most)
        .order_by(number[0].desc(), numbered.c.first, Alert.rule, numbered.c.place)
    )
    return _grouped(listed_with(work, wanted))


def _numbered(work: Work, choice: Choice) -> Subquery:
    """Return the alerts of a choice with their place in their kind, and what their kind counts."""
    kind: dict[str, Any] = {"partition_by": Alert.rule}
    in_kind = (resting(work.today), Alert.rank.desc(), *order(work.today))
    counts = (
        func.count().filter(Alert.severity == one.value).over(**kind).label(one.value)
        for one in Severity
    )
    return (
        select(
            Alert.id,
            func.row_number().over(**kind, order_by=in_kind).label("place"),
            func.min(Alert.opened_at).over(**kind).label("first"),
            *counts,
        )
        .where(in_choice(work, choice))
        .subquery()
    )


def _grouped(rows: Sequence[tuple[Listed, tuple[Any, ...]]]) -> list[Group]:
    found = []
    for rule, alerts in groupby(rows, lambda row: row[0].rule):
        listed_here = list(alerts)
        critical, warnings, notices = listed_here[0][1]
        shown = [alert for alert, _numbers in listed_here]
        found.append(Group(rule, critical, warnings, notices, shown))
    return found


def of_kind(work: Work, choice: Choice, page: int, size: int) -> list[Listed]:
    """Return a page of the alerts of a choice, worst first: for one kind of break in full."""
    return listed(
        work,
        select_columns()
        .where(in_choice(work, choice))
        .order_by(resting(work.today), Alert.rank.desc(), *order(work.today))
        .limit(size)
        .offset((page - 1) * size),
    )


def open_by_rule(work: Work) -> dict[str, int]:
    """Return how many alerts are open of each rule, over the whole country: for figures without children."""
    rows = work.session.execute(
        select(Alert.rule, func.count()).where(OPEN).group_by(Alert.rule).order_by(Alert.rule)
    )
    return {row[0]: row[1] for row in rows}
