"""Doing something as somebody of the world, on a day that the test chooses."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import select

from caseapp.accounts import queries as accounts
from caseapp.continuity.models import Alert
from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.moves.models import Promise, Transfer
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
    step_in(work, accounts.actor_of(work.session, account, now))
    try:
        yield work
        work.commit()
    finally:
        work.session.close()


def step_in(work: Work, actor: Actor) -> None:
    """Go on as somebody, with the files, moves, alerts and promises open that scopes of routes would open."""
    everyone = work.session.scalars(select(Child.id)).all()
    rows = [
        row
        for model in (Transfer, Alert, Promise)
        for row in work.session.execute(select(model.id, model.child_id))
    ]
    work.act_as(actor)
    seen = people.sees_of(work, everyone)
    work.opened.update(row[0] for row in rows if row[1] in seen)
