"""Acting as somebody of the world, and who sees a child because of guardianship or support."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.domain.policy import Actor
from caseapp.domain.reach import Why
from caseapp.guardianship import queries
from caseapp.kernel import clock
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from tests.acting import step_in
from tests.world import World

SYSTEM = Actor(account_id=None, name="test", everywhere=True)


@contextmanager
def acting(
    house: Machine, world: World, who: str | None = None, now: datetime | None = None
) -> Iterator[Work]:
    """Give a unit of work of somebody of the world, or of the system; the database is let go after."""
    work = house.work(SYSTEM, now=now)
    if who is not None:
        account = accounts.account(work, world.accounts[who])
        assert account is not None
        step_in(work, accounts.actor_of(work.session, account, work.now))
    yield work
    work.session.close()


class Reaches(NamedTuple):
    """One reach that holds somebody now or later."""

    why: str
    child_id: UUID
    account_id: UUID | None
    origin_id: UUID | None
    from_at: datetime
    until_at: datetime | None


def kept(work: Work, child_ids: list[UUID]) -> set[Reaches]:
    """Return the rows of reach by guardianship and support that hold now or later."""
    return {
        Reaches(row.why, child_id, row.account_id, row.origin_id, row.from_at, row.until_at)
        for child_id in child_ids
        for row in people.reach_of(work, child_id)
        if row.why in {Why.GUARDIAN, Why.SUPPORT}
        and (row.until_at is None or row.until_at > work.now)
    }


def rebuilt(work: Work, child_ids: list[UUID]) -> set[Reaches]:
    """Return what these rows have to be, worked out from the records themselves."""
    whys = {"guardianship": "guardian", "support": "support"}
    return {
        Reaches(
            whys[table],
            child_id,
            account_id,
            row_id,
            clock.midnight(from_on),
            clock.midnight(to_on) if to_on else None,
        )
        for table, child_id, row_id, account_id, from_on, to_on in queries.periods_for_reach(
            work, child_ids
        )
        if account_id is not None and (to_on is None or to_on > work.today)
    }
