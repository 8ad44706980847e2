"""Doing something as somebody of the world, on a day that the test chooses."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import select

from caseapp.accounts import queries as accounts
from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.people.models import Child
from tests.world import NOW, TODAY, World


@contextmanager
def acting(house: Machine, world: World, who: str, on: date = TODAY) -> Iterator[Work]:
    """Give a unit of work of somebody of the world on a day, and commit it at the end."""
    now = NOW + (on - TODAY)
    work = house.work(Actor(account_id=None, name="door", everywhere=True), now=now)
    account = accounts.account(work, world.accounts[who])
    assert account is not None
    everyone = work.session.scalars(select(Child.id)).all()
    work.act_as(accounts.actor_of(work.session, account, now))
    people.sees_of(work, everyone)  # as the scope of a route does before an action
    try:
        yield work
        work.commit()
    finally:
        work.session.close()
