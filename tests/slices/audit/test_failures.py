"""A value that does not open: the page says so, nothing is saved over, and the administrators hear of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from caseapp.audit.models import AuditEvent
from caseapp.domain.policy import Actor
from caseapp.kernel.jobs import run as do
from caseapp.kernel.seals import Envelope
from caseapp.notices.models import Notice
from caseapp.people.models import Child
from caseapp.wiring import JOBS
from tests.world import NOW

CHILD = Child.__table__


@pytest.fixture
def damaged(house, world):
    """Change one byte of the card of a child, as a hand in the database could."""
    here = CHILD.c.id == world.children["mine"]
    work = house.work(Actor(None, "test", everywhere=True))
    with work.beyond("a test"):
        db = work.session.connection()
        good = db.execute(select(CHILD.c.card).where(here)).scalar_one()
        bad = good[:-1] + bytes([good[-1] ^ 1])
        db.execute(update(CHILD).where(here).values(card=Envelope(bad)))
        work.session.commit()
    work.session.close()
    return bad


def looked(house, kind):
    work = house.work(Actor(None, "test", everywhere=True), writes=False)
    with work.beyond("a test"):
        found = work.session.scalars(select(kind)).all()
    work.session.close()
    return found


def night(house, later=timedelta()):
    machine = replace(house, now=lambda: NOW + later)
    for job in JOBS:
        if job.name == "broken-seals":
            assert do(job, machine)


def told(house):
    return [one.event for one in looked(house, Notice) if one.event == "SealsBroken"]


@pytest.mark.attack(57)
@pytest.mark.asvs("11.2.5", "16.2.1")
def test_a_changed_value_is_shown_as_such_kept_as_it_is_and_told(damaged, house, world, as_):
    client = as_("cpk")
    page = client.get(f"/kinderen/{world.children['mine']}")
    assert page.status_code in {200, 503}
    failures = [one for one in looked(house, AuditEvent) if one.code == "crypto-failure"]
    assert failures
    assert {(one.child_id, one.object, one.outcome) for one in failures} == {
        (world.children["mine"], "child", "failed")
    }
    assert "card,tag," in failures[0].fields
    [child] = [one for one in looked(house, Child) if one.id == world.children["mine"]]
    assert bytes(child.card_envelope) == damaged
    night(house)
    once = told(house)
    assert once
    night(house, timedelta(hours=1))
    assert told(house) == once
    assert client.get(f"/kinderen/{world.children['mine']}").status_code in {200, 503}
    night(house, timedelta(hours=23, minutes=59))
    assert told(house) == once
    night(house, timedelta(hours=24))
    assert len(told(house)) == 2 * len(once)


def test_a_house_in_which_all_opens_tells_nobody(house):
    night(house)
    assert told(house) == []
