"""Alerts when a list is undone: one that it closed goes on as it was, and what people decided stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from caseapp.cli.nightly import look
from caseapp.continuity import actions as continuity
from caseapp.continuity.models import Alert, AlertSpell, AlertStep
from caseapp.domain.lists.words import ListKind
from tests.slices.exchange.undone import (
    AFTER,
    SYSTEM,
    at,
    bring_taken,
    child,
    consequences,
    runs,
    somebody,
    undo,
    working,
)
from tests.world import NOW, TODAY

LIVES = {"locatie": "AZC-HERE", "gezinsnummer": "G1"}
SOON = NOW.replace(minute=5)
THEN = NOW.replace(minute=10)


@pytest.fixture
def cpk(house, world):
    """Give the contact person of the place."""
    return somebody(house, world.accounts["cpk"])


@pytest.fixture
def alert(bring, house):
    """Bring in a child without a school, and give the key of the alert about it."""
    bring(ListKind.OCCUPANCY, LIVES)
    return the(house).id


def the(house) -> Alert:
    """Return the alert about school as it is."""
    work = house.work(SYSTEM, writes=False)
    wanted = select(Alert).where(Alert.child_id == child(house), Alert.rule == "SCH-1")
    found = work.session.scalars(wanted).one()
    work.session.close()
    return found


def go_to_school(bring, house):
    """Bring in a list that closes the alert, and return its run."""
    bring(ListKind.SCHOOL, {"brin": "99ZZ"}, machine=at(house, THEN))
    return runs(house)[-1]


def test_an_alert_that_a_list_closed_goes_on_with_its_owner_and_its_rest(alert, house, bring, cpk):
    with working(house, cpk, SOON) as work:
        row = work.session.get_one(Alert, alert)
        continuity.take(work, row, row.version)
        work.flush()
        continuity.put_off(work, row, row.version, TODAY + timedelta(days=3), "Ziek")
    before = consequences(house)
    run = go_to_school(bring, house)
    assert the(house).closed_at == THEN
    undo(house, run)
    assert consequences(house) == before
    assert the(house).times == 1
    assert the(house).put_off_until == TODAY + timedelta(days=3)
    work = house.work(SYSTEM, writes=False)
    spells = work.session.scalars(select(AlertSpell).where(AlertSpell.alert_id == alert)).all()
    assert [(one.closed_at, one.days, one.by) for one in spells] == [(None, None, None)]
    work.session.close()


def test_an_alert_that_was_a_mistake_is_muted_again(alert, house, bring, cpk):
    with working(house, cpk, SOON) as work:
        row = work.session.get_one(Alert, alert)
        continuity.call_mistaken(work, row, row.version, "Gaat al naar school")
    run = go_to_school(bring, house)
    assert the(house).mistaken_at is None
    undo(house, run)
    assert (the(house).mistaken_at, the(house).closed_at) == (SOON, SOON)
    look(at(house, AFTER), anew=True)
    assert the(house).closed_at == SOON


def test_an_alert_that_came_back_since_is_left_alone(alert, house, bring):
    run = go_to_school(bring, house)
    with working(house) as work:
        row = work.session.get_one(Alert, alert)
        row.closed_at, row.times = None, 2
        work.session.add(
            AlertSpell(alert_id=row.id, child_id=row.child_id, opened_at=AFTER - timedelta(hours=1))
        )
    undo(house, run)
    assert (the(house).closed_at, the(house).times) == (None, 2)


def test_an_alert_that_two_lists_closed_and_raised_is_as_before_the_first(alert, house):
    def say(amv, minute):
        there = at(house, NOW.replace(minute=minute))
        bring_taken(there, ListKind.OCCUPANCY, LIVES | {"amv": amv})

    def spells():
        work = house.work(SYSTEM, writes=False)
        wanted = select(AlertSpell).join(Alert, Alert.id == AlertSpell.alert_id)
        found = work.session.scalars(
            wanted.where(Alert.rule == "GUA-1", Alert.child_id == child(house)).order_by(
                AlertSpell.opened_at
            )
        ).all()
        work.session.close()
        return [(one.closed_at is None, one.by) for one in found]

    say("J", 5)
    before = consequences(house)
    say("N", 10)
    say("J", 15)
    assert spells() == [(False, "facts"), (True, None)]
    *_others, first, second = runs(house)
    undo(house, second)
    assert spells() == [(False, "facts"), (False, "undone")]
    undo(house, first, moment=AFTER.replace(minute=1))
    assert spells() == [(True, None), (False, "undone")]
    assert consequences(house) == before


def test_the_page_of_an_alert_says_that_a_list_was_undone(alert, house, bring, as_):
    run = go_to_school(bring, house)
    undo(house, run)
    work = house.work(SYSTEM, writes=False)
    steps = work.session.scalars(select(AlertStep.what).where(AlertStep.alert_id == alert)).all()
    work.session.close()
    assert steps == ["raised", "mended", "undone"]
    page = as_("cpk").get(f"/kinderen/{child(house)}/signaleringen/{alert}")
    assert "Een lijst is ongedaan gemaakt" in page.text
