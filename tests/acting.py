"""Doing something as somebody of the world, on a day that the test chooses."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from caseapp.accounts import queries as accounts
from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from tests.world import NOW, TODAY, World


@contextmanager
def acting(house: Machine, world: World, who: str, on: date = TODAY) -> Iterator[Work]:
    """Give a unit of work of somebody of the world on a day, and commit it at the end."""
    now = NOW + (on - TODAY)
    work = house.work(Actor(account_id=None, name="door", everywhere=True), now=now)
    account = accounts.account(work, world.accounts[who])
    assert account is not None
    work.actor = accounts.actor_of(work.session, account, now)
    try:
        yield work
        work.commit()
    finally:
        work.session.close()
