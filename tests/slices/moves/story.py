"""What the stories of moves share: a move of the child `mine` from here to far, and what is seen of it."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from caseapp.domain.codes import MoveReason
from caseapp.domain.intents.moves import Plan
from caseapp.domain.policy import Sees
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.moves import actions, queries
from caseapp.moves.models import Responsible, Transfer
from caseapp.people import queries as people
from caseapp.people.models import Reach
from tests.acting import acting
from tests.world import TODAY, World

LATER = TODAY + timedelta(days=5)


def planned(house: Machine, world: World, on: date = LATER) -> UUID:
    """Plan the move as the CPK of here, and return its key."""
    with acting(house, world, "cpk") as work:
        said = Plan(on, TODAY, world.locations["AZC-FAR"], reason=MoveReason.CAPACITY)
        return actions.plan(work, world.mine, said).id


def sent(house: Machine, world: World, on: date = LATER) -> UUID:
    """Plan the move, send its handover, and return the key of the move."""
    key = planned(house, world, on)
    with acting(house, world, "cpk") as work:
        actions.send(work, the(work, world, key))
    return key


def the(work: Work, world: World, key: UUID) -> Transfer:
    """Return the move."""
    with work.beyond("the story knows its move"):
        found = queries.transfer(work, world.mine, key)
    assert found is not None
    return found


def sees(house: Machine, world: World, who: str, on: date = TODAY) -> Sees | None:
    """Return how much of the child somebody sees on a day."""
    with acting(house, world, who, on) as work:
        sight = people.sight_of(work, world.mine)
        return sight.sees if sight else None


def bearer(house: Machine, world: World, on: date = TODAY) -> str | None:
    """Return the name in the world of who is responsible for the child on a day."""
    with (
        acting(house, world, "national", on) as work,
        work.beyond("the story knows who carries its child"),
    ):
        row = queries.responsible_on(work, world.mine, on)
    names = {key: who for who, key in world.accounts.items()}
    return names.get(row.account_id) if row is not None and row.account_id else None


def periods(rows: Collection[Responsible]) -> list[tuple[UUID | None, date, date | None]]:
    """Return who was responsible, from when until when."""
    return [(row.account_id, row.from_on, row.to_on) for row in rows]


def reach_now(work: Work, child_id: UUID) -> set[tuple[str, UUID | None, str | None, UUID | None]]:
    """Return who reaches a child now: why, which place, which region, which account."""
    rows: Collection[Reach] = people.reach_of(work, child_id)
    return {
        (str(row.why), row.location_id, row.region, row.account_id)
        for row in rows
        if row.from_at <= work.now and (row.until_at is None or row.until_at > work.now)
    }
