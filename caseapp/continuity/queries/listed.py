"""Reading alerts as lists and pages show them: in the scope of who asks, worst first, a page at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, or_, select, union

from caseapp.continuity.models import Alert, AlertFacts, Desk
from caseapp.domain.policy import Actor
from caseapp.domain.rules.rule import Detail, Severity
from caseapp.kernel import clock
from caseapp.kernel.bulk import among
from caseapp.kernel.door import own
from caseapp.kernel.seals import Unreadable, envelope_of, seal_of
from caseapp.kernel.work import Work
from caseapp.people import queries as people

OPEN: Final = Alert.closed_at.is_(None)
COLUMNS: Final = 14
"""How many columns `select_columns` selects."""


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
    mistaken_at: datetime | None
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
    """Return the predicate: this actor, a colleague on leave or a desk of the actor owns the alert."""
    return or_(own(Alert.owner_account_id, actor), Alert.owner_desk.in_(desks_of(actor)))


def concerning(work: Work, told: Select[Any]) -> ColumnElement[bool]:
    """Return the predicate for Today: open, not put off, own or told of, and within sight.

    Within sight is: the whole file is open, or this very alert was told.
    """
    actor, now = work.actor, work.now
    seen = people.in_sight(actor, now, Alert.child_id)
    return (
        OPEN
        & ~resting(work.today)
        & Alert.id.in_(union(*_own(actor), told))
        & or_(seen, Alert.id.in_(people.told_ids(actor, now)))
    )


def _own(actor: Actor) -> list[Select[UUID]]:
    """Return the selects of the open alerts that this actor or a desk of this actor owns, one per index."""
    by_me = select(Alert.id).where(OPEN, own(Alert.owner_account_id, actor))
    by_desk = select(Alert.id).where(OPEN, Alert.owner_desk.in_(desks_of(actor)))
    return [by_me, by_desk] if desks_of(actor) else [by_me]


def resting(today: date) -> ColumnElement[bool]:
    """Return the predicate: the alert is put off to a day that is still to come."""
    return Alert.put_off_until.is_not(None) & (Alert.put_off_until > today)


def children_concerned(work: Work) -> tuple[int, int]:
    """Return how many children have a warning or worse of this actor or an own desk, and how many at once."""
    children = func.count(Alert.child_id.distinct())
    critical = children.filter(Alert.severity == Severity.CRITICAL.value)
    mine = OPEN & ~resting(work.today) & (Alert.rank > 1) & owned(work.actor)
    with work.beyond("what is one's own to mend, of whoever it is"):
        row = work.session.execute(select(children, critical).where(mine)).one()
    return row[0], row[1]


class Heading(StrEnum):
    """Under what Today shows an alert: an own one by how grave it is; apart, one that was only told."""

    CRITICAL = Severity.CRITICAL.value
    WARNING = Severity.WARNING.value
    NOTICE = Severity.NOTICE.value
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Concern:
    """What concerns an actor: how many alerts under each heading, and those to show.

    `children` counts who needs the actor, `at_once` how many of them by a serious alert, `others` the
    children of whom the actor was only told.
    """

    counts: dict[Heading, int]
    children: int
    at_once: int
    others: int
    shown: dict[Heading, list[Listed]]


def concern(
    work: Work, told: Select[Any], wanted: Collection[Heading], page: int, size: int
) -> Concern:
    """Return what concerns this actor, with a page of each heading that is wanted."""
    is_told = case((owned(work.actor), 0), else_=1)
    keys = work.session.execute(
        select(Alert.severity, Alert.id, Alert.child_id, is_told)
        .where(concerning(work, told))
        .order_by(is_told, *order(work.today))
    ).all()
    under: dict[Heading, list[UUID]] = {heading: [] for heading in Heading}
    for code, key, _child, only in sorted(keys, key=lambda row: row[3] and _LAST_TOLD[row[0]]):
        under[Heading.TOLD if only else Heading(code)].append(key)
    start = (page - 1) * size
    shown = {heading: under[heading][start : start + size] for heading in wanted}
    every = [key for found in shown.values() for key in found]
    rows = {
        row.id: row for row in listed(work, select_columns().where(among(work, Alert.id, every)))
    }
    grave = {child for code, _key, child, only in keys if not only and code == Severity.CRITICAL}
    mild = {child for code, _key, child, only in keys if not only and code == Severity.WARNING}
    known = {child for code, _key, child, _only in keys if code != Severity.NOTICE}
    return Concern(
        counts={heading: len(found) for heading, found in under.items()},
        children=len(grave | mild),
        at_once=len(grave),
        others=len(known - grave - mild),
        shown={heading: [rows[key] for key in found] for heading, found in shown.items()},
    )


_LAST_TOLD: Final = {one.value: len(Severity) - one.weight for one in Severity}
"""What was only told stands worst first under its one heading, each as it was sorted."""


def order(today: date) -> tuple[Any, ...]:
    """Return how alerts of one severity are sorted: days overdue, then the oldest."""
    overdue = case((Alert.due < today, Alert.due), else_=today)
    return overdue, Alert.since.is_(None), Alert.since, Alert.opened_at, Alert.id


def select_columns() -> Select[Any]:
    """Return the select of what a list needs of an alert."""
    columns: tuple[Any, ...] = (
        Alert.id, Alert.child_id, Alert.rule, Alert.subject, Alert.severity, Alert.opened_at,
        Alert.closed_at, Alert.times, Alert.owner_account_id, Alert.owner_desk,
        Alert.put_off_until, Alert.mistaken_at, Alert.version, envelope_of(Alert, "facts"),
    )  # fmt: skip
    return select(*columns)


def listed(work: Work, statement: Select[Any]) -> list[Listed]:
    """Open the alerts that a statement selects; one that does not open says so and stays in the list."""
    return [alert for alert, _more in listed_with(work, statement)]


def listed_with(work: Work, statement: Select[Any]) -> list[tuple[Listed, tuple[Any, ...]]]:
    """Open the alerts that a statement selects, each with what it selects besides."""
    rows = work.session.execute(statement).all()
    work.vault.prefetch(seal_of(Alert, "facts").domain, list(dict.fromkeys(r[1] for r in rows)))
    return [(_listed(work, row[:COLUMNS]), tuple(row[COLUMNS:])) for row in rows]


def _listed(work: Work, row: Sequence[Any]) -> Listed:
    key, child_id, rule, subject, severity, *rest, envelope = row
    facts, unreadable = None, ""
    try:
        place = seal_of(Alert, "facts").place(child_id, key)
        facts = work.vault.open(place, envelope, AlertFacts)
    except Unreadable as fault:
        unreadable = fault.reference
    about: tuple[Any, ...] = (*rest, facts, unreadable)
    return Listed(key, child_id, rule, subject, Severity(severity), *about)
