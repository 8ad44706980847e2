"""What the stories of alerts share: how the alerts of a child stand, and what happens to the child."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from caseapp.care import actions as care
from caseapp.care import queries as care_of
from caseapp.continuity import queries
from caseapp.continuity.jobs import Tally, reassess_all
from caseapp.continuity.models import Alert
from caseapp.domain.care_codes import CareKind
from caseapp.domain.policy import Actor
from caseapp.kernel import clock
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.moves import actions as moves
from caseapp.notices.models import Notice
from tests.acting import acting
from tests.world import NOW, TODAY, World

SYSTEM = Actor(account_id=None, name="nightly", everywhere=True)


@dataclass(frozen=True, slots=True)
class Stands:
    """How one alert stands: whose, how grave, what happened to it, and who was told of what."""

    id: UUID
    severity: str
    since: date
    closed: date | None
    times: int
    owner: str | None
    version: int
    put_off_until: date | None
    steps: list[str]
    spells: list[tuple[int | None, str | None]]
    told: list[tuple[str, str]]

    @property
    def names(self) -> set[str]:
        """Return who was told of it at all."""
        return {name for name, _event in self.told}


@contextmanager
def looking(house: Machine, on: date = TODAY) -> Iterator[Work]:
    """Give work that only reads, and lets others write meanwhile."""
    work = house.work(SYSTEM, writes=False, now=moment(on))
    try:
        yield work
    finally:
        work.session.close()


def moment(on: date) -> datetime:
    """Return the moment of the tests on another day."""
    return NOW + (on - TODAY)


def alerts(house: Machine, world: World, child_id: UUID, rule: str) -> list[Stands]:
    """Return how the alerts of a rule about a child stand, the first raised first."""
    with looking(house) as work:
        rows = work.session.scalars(
            select(Alert)
            .where(Alert.child_id == child_id, Alert.rule == rule)
            .order_by(Alert.opened_at, Alert.id)
        )
        return [_stands(work, world, row) for row in rows]


def broken(house: Machine, world: World) -> Stands:
    """Return how the latest alert about the broken care of `mine` stands."""
    return alerts(house, world, world.mine, "CAR-1")[-1]


def _stands(work: Work, world: World, row: Alert) -> Stands:
    names = {key: name for name, key in world.accounts.items()}
    told = work.session.scalars(select(Notice).where(Notice.alert_id == row.id)).all()
    return Stands(
        id=row.id,
        severity=row.severity,
        since=row.facts.since,
        closed=clock.local_day(row.closed_at) if row.closed_at else None,
        times=row.times,
        owner=names[row.owner_account_id] if row.owner_account_id else row.owner_desk,
        version=row.version,
        put_off_until=row.put_off_until,
        steps=[step.what for step in queries.steps_of(work, row.id)],
        spells=[(spell.days, spell.by) for spell in queries.spells_of(work, row.id)],
        told=sorted((names[one.account_id], one.event) for one in told),
    )


def book(house: Machine, world: World, on: date, today: date = TODAY) -> None:
    """Write down the next appointment of the therapy of `mine`."""
    with acting(house, world, "cpk", today) as work:
        lines = care_of.lines(work, world.mine)
        line = next(row for row in lines if row.facts.kind is CareKind.GGZ)
        care.book(work, line, line.version, on)


def move_without_notice(house: Machine, world: World, to: str, on: date = TODAY) -> None:
    """Write down that `mine` was moved to another place without notice."""
    with acting(house, world, "national", on) as work:
        moves.record_unannounced(work, world.mine, world.locations[to], on)


def nightly_on(house: Machine, day: date) -> Callable[[], Work]:
    """Return how the nightly look opens its work on a day."""
    return lambda: house.work(SYSTEM, now=moment(day))


def night(house: Machine, day: date) -> Tally:
    """Look at every child on a day."""
    return reassess_all(nightly_on(house, day))
