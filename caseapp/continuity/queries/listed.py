"""Reading alerts as lists and pages show them: in the scope of who asks, worst first, a page at a time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, or_, select, union

from caseapp.continuity.models import Alert, AlertFacts, Desk
from caseapp.domain.policy import Actor
from caseapp.domain.rules.rule import Detail, Severity
from caseapp.kernel import clock
from caseapp.kernel.seals import Unreadable, envelope_of, seal_of
from caseapp.kernel.work import Work
from caseapp.people import queries as people

OPEN: Final = Alert.closed_at.is_(None)


@dataclass(frozen=True, slots=True)
class Listed:
    """One alert as a list shows it; its facts, or why they do not open."""

    id: UUID
    child_id: UUID
    rule: str
    subject: str
    severity: Severity
    opened_at: datetime
    closed_at: datetime | None
    times: int
    owner: UUID | None
    desk: str | None
    put_off_until: date | None
    version: int
    facts: AlertFacts | None = None
    unreadable: str = ""

    @property
    def since(self) -> date:
        """Return the first day on which it held; of one that does not open, the day it was raised."""
        return self.facts.since if self.facts else clock.local_day(self.opened_at)

    @property
    def due(self) -> date | None:
        """Return the day by which it should be mended."""
        return self.facts.due if self.facts else None

    @property
    def detail(self) -> Detail:
        """Return what the sentence is made of."""
        return self.facts.detail if self.facts else {}

    def is_put_off(self, today: date) -> bool:
        """Say whether it rests today; on the day itself it is back."""
        return self.put_off_until is not None and self.put_off_until > today


def desks_of(actor: Actor) -> list[str]:
    """Return the desks that a coordinator sits at: those of the own regions, the country, the guardians."""
    desks = [region for region in actor.regions if region in set(Desk)]
    if actor.is_national:
        desks.append(Desk.NATIONAL.value)
    if actor.is_guardianship_desk:
        desks.append(Desk.GUARDIANSHIP.value)
    return desks


def owned(actor: Actor) -> ColumnElement[bool]:
    """Return the predicate: this actor, or a desk that the actor sits at, owns the alert."""
    return or_(Alert.owner_account_id == actor.account_id, Alert.owner_desk.in_(desks_of(actor)))


def readable_here(work: Work) -> ColumnElement[bool]:
    """Return the predicate: the whole file is open to this actor, or the actor was told of this alert."""
    return or_(
        Alert.child_id.in_(people.visible_ids(work.actor, work.now)),
        Alert.id.in_(people.told_ids(work.actor, work.now)),
    )


def concerning(work: Work, told: Select[Any]) -> ColumnElement[bool]:
    """Return the predicate for Today: open, not put off, own or told of, and within sight."""
    mine = select(Alert.id).where(OPEN, owned(work.actor))
    return OPEN & ~resting(work.today) & Alert.id.in_(union(mine, told)) & readable_here(work)


def resting(today: date) -> ColumnElement[bool]:
    """Return the predicate: the alert is put off to a day that is still to come."""
    return Alert.put_off_until.is_not(None) & (Alert.put_off_until > today)


def count_concerning(work: Work, told: Select[Any]) -> dict[Severity, int]:
    """Return how many alerts need this actor, by severity."""
    rows = work.session.execute(
        select(Alert.severity, func.count()).where(concerning(work, told)).group_by(Alert.severity)
    )
    return {Severity(row[0]): row[1] for row in rows}


def children_concerned(work: Work, told: Select[Any]) -> tuple[int, int]:
    """Return how many children need this actor by a warning or worse, and how many at once."""
    worst = (
        select(func.max(Alert.rank).label("rank"))
        .where(concerning(work, told), Alert.rank > 1)
        .group_by(Alert.child_id)
        .subquery()
    )
    critical = func.sum(case((worst.c.rank == 3, 1), else_=0))  # noqa: PLR2004 (the rank of critical)
    row = work.session.execute(select(func.count(), critical).select_from(worst)).one()
    return row[0], row[1] or 0


def concern(
    work: Work, told: Select[Any], severity: Severity, page: int, size: int
) -> list[Listed]:
    """Return a page of the alerts of one severity that need this actor: own ones first, then the latest due."""
    own_first = case((owned(work.actor), 0), else_=1)
    return listed(
        work,
        select_columns()
        .where(concerning(work, told), Alert.severity == severity.value)
        .order_by(own_first, *order(work.today))
        .limit(size)
        .offset((page - 1) * size),
    )


def order(today: date) -> tuple[Any, ...]:
    """Return how alerts of one severity are sorted: days overdue, then the oldest."""
    overdue = case((Alert.due < today, Alert.due), else_=today)
    return overdue, Alert.since.is_(None), Alert.since, Alert.opened_at, Alert.id


def select_columns() -> Select[Any]:
    """Return the select of what a list needs of an alert."""
    columns: tuple[Any, ...] = (
        Alert.id, Alert.child_id, Alert.rule, Alert.subject, Alert.severity, Alert.opened_at,
        Alert.closed_at, Alert.times, Alert.owner_account_id, Alert.owner_desk,
        Alert.put_off_until, Alert.version, envelope_of(Alert, "facts"),
    )  # fmt: skip
    return select(*columns)


def listed(work: Work, statement: Select[Any]) -> list[Listed]:
    """Open the alerts that a statement selects; one that does not open says so and stays in the list."""
    rows = work.session.execute(statement).all()
    seal = seal_of(Alert, "facts")
    work.vault.prefetch(seal.domain, list(dict.fromkeys(row[1] for row in rows)))
    found = []
    for *values, envelope in rows:
        key, child_id, rule, subject, severity, *rest = values
        facts, unreadable = None, ""
        try:
            facts = work.vault.open(seal.place(child_id, key), envelope, AlertFacts)
        except Unreadable as fault:
            unreadable = fault.reference
        about: tuple[Any, ...] = (*rest, facts, unreadable)
        found.append(Listed(key, child_id, rule, subject, Severity(severity), *about))
    return found
