"""What was built on a list since: it names the child or the place, and then nothing is undone."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from caseapp.accounts import actions as accounts
from caseapp.cli.nightly import look
from caseapp.continuity import actions as continuity
from caseapp.continuity.models import Alert
from caseapp.domain.care_codes import ContactBy, ContactMode
from caseapp.domain.codes import Outcome, Relation
from caseapp.domain.intents.accounts import GrantWish
from caseapp.domain.intents.moves import ListWish, Plan, Settlement
from caseapp.domain.intents.observations import ContactDetails
from caseapp.domain.intents.people import RelativeDetails
from caseapp.domain.lists.words import ListKind
from caseapp.domain.policy import ScopeKind
from caseapp.exchange.actions import HinderedError
from caseapp.kernel.machine import Machine
from caseapp.moves import actions as moves
from caseapp.moves import queries as moves_of
from caseapp.moves.models import Promise
from caseapp.notices import actions as notices
from caseapp.notices.models import Notice
from caseapp.observations import actions as observations
from caseapp.people import actions as people
from caseapp.reference import actions as reference
from caseapp.reference import queries as places
from tests.domain.lists.making import CHILD
from tests.slices.exchange.undone import (
    at,
    child,
    everything,
    hindrances,
    runs,
    somebody,
    undo,
    working,
)
from tests.world import NOW, TODAY

HERE, BESIDE = "AZC-HERE", "NO-BESIDE"
LIVES = {"locatie": HERE, "gezinsnummer": "G1"}
SINCE = "changed-since"


@pytest.fixture
def key(bring, house):
    """Bring in a child, and give its key."""
    bring(ListKind.OCCUPANCY, LIVES)
    return child(house)


@pytest.fixture
def cpk(house, world):
    """Give the contact person of the place."""
    return somebody(house, world.accounts["cpk"])


def only(work, model, **about):
    return work.session.scalars(select(model).filter_by(**about)).first()


def talk(work, key):
    said = ContactDetails(TODAY, ContactBy.CPK, ContactMode.PHONE)
    observations.log_contact(work, key, said)


def take_up(work, key):
    row = only(work, Alert, child_id=key, closed_at=None)
    continuity.take(work, row, row.version)


def plan(work, key):
    place = places.by_code(work, BESIDE)
    moves.plan(work, key, Plan(TODAY + timedelta(days=9), TODAY, place.id))


@pytest.mark.parametrize("built", [talk, take_up, plan])
def test_work_on_the_file_of_a_child_stands_in_the_way(house, key, cpk, built):
    (run,) = runs(house)
    with working(house, cpk) as work:
        built(work, key)
    before = everything(house)
    assert hindrances(house, run) == [(SINCE, key)]
    with pytest.raises(HinderedError):
        undo(house, run)
    assert everything(house) == before


def test_looking_and_reading_build_nothing(house, key, world):
    (run,) = runs(house)
    with working(house, somebody(house, world.accounts["cpk"])) as work:
        work.saw("child-read", [key])
        notices.read(work, world.accounts["cpk"])
        for row in work.session.scalars(select(Notice)):
            notices.open_one(work, row)
    assert hindrances(house, run) == []
    undo(house, run)
    assert child(house) is None


def test_what_the_clock_does_by_itself_builds_nothing(house, key, bring):
    before = everything(house)
    bring(
        ListKind.TRANSFERS,
        {"van": HERE, "naar": BESIDE, "datum": "25-11-2026"},
        machine=at(house, NOW.replace(minute=5)),
    )
    run = runs(house)[-1]
    look(house, TODAY + timedelta(days=20), anew=True)
    look(house, TODAY, anew=True)
    assert hindrances(house, run) == []
    undo(house, run)
    assert everything(house)["transfer"] == before["transfer"]
    assert everything(house)["handover"] == before["handover"]
    undo(house, runs(house)[0])
    assert child(house) is None


def test_a_promise_that_opened_by_itself_is_nothing_built_until_a_person_settles_it(
    house, key, bring, cpk
):
    bring(ListKind.TRANSFERS, {"van": HERE, "naar": BESIDE})
    run = runs(house)[-1]
    assert hindrances(house, run) == []
    with working(house, cpk) as work:
        promise = only(work, Promise, child_id=key)
        move = moves_of.transfer(work, key, promise.transfer_id)
        said = Settlement(Outcome.HANDED_OVER, outcome_to="Naast")
        moves.settle(work, move, [(promise, promise.version, said)])
    assert hindrances(house, run) == [(SINCE, key)]


def test_a_child_whom_the_file_of_another_names_stays(house, key, world):
    (run,) = runs(house)
    with working(house) as work:
        said = RelativeDetails(Relation.SIBLING.value, v_number=CHILD)
        people.record_relative(work, world.mine, said)
    assert hindrances(house, run) == [("named-as-family", key)]


def test_a_child_on_a_list_of_moves_stays(house, key, world):
    (run,) = runs(house)
    with working(house, somebody(house, world.accounts["national"])) as work:
        there = world.locations["AZC-FAR"]
        moves.make_list(work, ListWish((key, world.mine), there, date(2026, 12, 9), TODAY))
    assert hindrances(house, run) == [("on-move-list", key)]


def test_a_later_list_about_the_same_child_goes_first(house, key, bring):
    (first,) = runs(house)
    later = at(house, NOW.replace(minute=5))
    bring(ListKind.SCHOOL, {"brin": "99ZZ"}, machine=later)
    assert hindrances(house, first) == [("later-list", key)]
    bring(ListKind.OCCUPANCY, LIVES | {"v_nummer": "0087654321"}, machine=later)
    assert hindrances(house, runs(house)[-1]) == []


def test_a_list_that_was_tried_or_changes_nothing_stands_in_nobody_s_way(house, key, bring):
    (run,) = runs(house)
    bring(ListKind.OCCUPANCY, LIVES | {"voornamen": "Noor"}, apply=False)
    bring(ListKind.OCCUPANCY, LIVES)
    assert hindrances(house, run) == []


@pytest.fixture
def new_place(house: Machine, bring):
    """Bring in a location, and give its key."""
    bring(ListKind.LOCATIONS, {"code": "NEW-1"})
    with working(house) as work:
        return places.by_code(work, "NEW-1").id


def settle_a_child(house, bring, world):
    bring(ListKind.OCCUPANCY, LIVES | {"locatie": "NEW-1"})


def plan_a_move(house, bring, world):
    with working(house) as work:
        there = places.by_code(work, "NEW-1").id
        moves.plan(work, world.mine, Plan(TODAY + timedelta(days=9), TODAY, there))


def give_a_right(house, bring, world):
    with working(house) as work:
        there = str(places.by_code(work, "NEW-1").id)
        accounts.ask_grant(work, GrantWish(world.accounts["cpk"], ScopeKind.LOCATION, there))


def name_a_contact(house, bring, world):
    with working(house) as work:
        row = places.by_code(work, "NEW-1")
        reference.set_contact(work, row, None, world.accounts["cpk"])


@pytest.mark.parametrize(
    ("built", "why"),
    [
        (settle_a_child, "place-in-use"),
        (plan_a_move, "place-in-use"),
        (give_a_right, "place-in-use"),
        (name_a_contact, "place-changed"),
    ],
)
def test_a_new_location_stays_when_it_is_used(house, bring, world, new_place, built, why):
    (run,) = runs(house)
    assert hindrances(house, run) == []
    built(house, bring, world)
    assert hindrances(house, run) == [(why, new_place)]
    with pytest.raises(HinderedError):
        undo(house, run)


def test_a_location_stays_as_it_is_when_children_came_to_live_there_since(house, bring, world):
    changed = {"code": HERE, "naam": "azc Hier", "gemeente": "GM9902"}
    bring(ListKind.LOCATIONS, changed)
    (run,) = runs(house)
    bring(ListKind.OCCUPANCY, LIVES | {"locatie": BESIDE})
    assert hindrances(house, run) == []
    bring(
        ListKind.OCCUPANCY,
        LIVES | {"v_nummer": "0087654321"},
        machine=at(house, NOW.replace(minute=5)),
    )
    assert hindrances(house, run) == [("place-in-use", world.locations[HERE])]


def test_a_location_that_a_later_list_changed_waits_for_that(house, bring, world):
    before = everything(house)
    changed = {"code": HERE, "naam": "azc Hier", "gemeente": "GM9902"}
    bring(ListKind.LOCATIONS, changed)
    bring(
        ListKind.LOCATIONS, changed | {"capaciteit": "90"}, machine=at(house, NOW.replace(minute=5))
    )
    first, second = runs(house)
    assert hindrances(house, first) == [("later-list", world.locations[HERE])]
    undo(house, second)
    assert hindrances(house, first) == []
    undo(house, first)
    assert everything(house) == before
