"""Rows that others hang on go and come as they were, with all that people wrote about them before the list."""

from datetime import date
from threading import Thread

import pytest
from sqlalchemy import select

from caseapp.care import actions as care
from caseapp.care.models import CareLine
from caseapp.domain.care_codes import CareKind
from caseapp.domain.codes import Outcome
from caseapp.domain.intents.care import CareDetails
from caseapp.domain.intents.moves import Settlement
from caseapp.domain.lists.words import ListKind
from caseapp.exchange import actions
from caseapp.exchange.actions import HinderedError
from caseapp.exchange.models import ListRun
from caseapp.kernel.crypto import Domain
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import LostRaceError
from caseapp.moves import actions as moves
from caseapp.moves import queries as moves_of
from caseapp.moves.models import Promise
from caseapp.people.models import Card, Child, ChildFacts
from caseapp.placements import actions as placements
from caseapp.placements import queries as placements_of
from tests.slices.exchange.test_built_on import talk
from tests.slices.exchange.undone import (
    AFTER,
    SYSTEM,
    at,
    child,
    everything,
    facts,
    runs,
    somebody,
    undo,
    working,
)
from tests.world import NOW, TODAY

HERE, BESIDE = "AZC-HERE", "NO-BESIDE"
LIVES = {"locatie": HERE, "gezinsnummer": "G1"}
MOVE = {"van": HERE, "naar": BESIDE}
CARE = {"aanbieder": "Praktijk Linde"}
THEN = NOW.replace(minute=10)


@pytest.fixture
def key(bring, house):
    """Bring in a child, and give its key."""
    bring(ListKind.OCCUPANCY, LIVES)
    return child(house)


@pytest.fixture
def cpk(house, world):
    """Give the contact person of the place."""
    return somebody(house, world.accounts["cpk"])


def test_a_handover_that_people_worked_on_before_stands_again(house, key, bring, cpk, world):
    bring(ListKind.TRANSFERS, MOVE)
    with working(house, cpk, NOW) as work:
        (move,) = moves_of.transfers(work, key)
        moves.send(work, move)
        promise = work.session.scalars(select(Promise).where(Promise.child_id == key)).first()
        said = Settlement(Outcome.HANDED_OVER, outcome_to="Naast")
        moves.settle(work, move, [(promise, promise.version, said)])
    with working(house, somebody(house, world.accounts["cpk_beside"]), NOW) as work:
        (move,) = moves_of.transfers(work, key)
        moves.ask(work, move, work.session.get_one(Promise, promise.id), "Welke dag?")
    with working(house, somebody(house, world.accounts["coordinator"]), NOW) as work:
        (move,) = moves_of.transfers(work, key)
        moves.put_on_hold(work, move, date(2026, 12, 1), "Toets")
    before = everything(house)
    assert [len(before[name]) for name in ("message", "hold")] == [1, 1]
    bring(ListKind.TRANSFERS, MOVE | {"status": "geannuleerd"}, machine=at(house, THEN))
    undo(house, runs(house)[-1])
    assert everything(house) == before


def test_a_line_of_care_that_another_goes_on_from_stands_again(house, key, bring, cpk):
    bring(ListKind.CARE, CARE | {"einde": "20-10-2026"})
    with working(house, cpk, NOW) as work:
        (first,) = work.session.scalars(select(CareLine).where(CareLine.child_id == key))
        on = date(2026, 10, 21)
        care.record(work, key, CareDetails(CareKind.GGZ, on, continues_id=first.id))
    before = everything(house)
    bring(
        ListKind.CARE,
        CARE | {"einde": "20-10-2026", "intake_op": "15-09-2026"},
        machine=at(house, THEN),
    )
    assert facts(house)["care_line"] != before["care_line"]
    undo(house, runs(house)[-1])
    assert everything(house) == before


def test_an_open_form_of_before_the_undo_loses_the_race(house, key, bring):
    bring(ListKind.OCCUPANCY, LIVES | {"locatie": BESIDE, "sinds": "01-11-2026"})
    with working(house) as work:
        stay = placements_of.stays(work, key)[0]
    undo(house, runs(house)[-1])
    work = at(house, AFTER).work(SYSTEM)
    with pytest.raises(LostRaceError):
        placements.end_stay(work, placements_of.stays(work, key)[0], stay.version, TODAY)
    work.session.close()


def test_stays_that_come_back_have_the_region_that_their_location_has_now(house, key, bring):
    bring(ListKind.OCCUPANCY, LIVES | {"locatie": BESIDE, "sinds": "01-11-2026"})
    run = runs(house)[-1]
    south = {"code": HERE, "naam": "azc Hier", "gemeente": "GM9901", "regio": "zuid"}
    bring(ListKind.LOCATIONS, south)
    undo(house, run)
    stays = [one for one in facts(house)["placement"].values() if one["child_id"] == key]
    assert [one["region"] for one in stays] == ["zuid"]


def test_keys_that_a_killed_process_left_go_at_night(house, key):
    with working(house, moment=AFTER) as work:
        actions.undo(work, work.session.get_one(ListRun, runs(house)[0].id))
    keystore = house.keyring.keystore
    assert len(keystore.data_keys(Domain.DOSSIER, [key])) == 1
    with working(house, moment=AFTER) as work:
        assert actions.forget_removed(work) == 1
        assert actions.forget_removed(work) == 0
    assert keystore.data_keys(Domain.DOSSIER, [key]) == []


def test_a_child_that_came_in_again_under_its_key_keeps_its_keys(house, key):
    undo(house, runs(house)[0])
    with working(house, moment=AFTER) as work:
        work.vault.make_keys([key])
        index = work.vault.index("v_number", "again")
        row = Child(id=key, no=99, v_index=index)

        work.add(row, card=Card("again", "A", None, TODAY), facts=ChildFacts())
    with working(house, moment=AFTER) as work:
        assert actions.forget_removed(work) == 0


@pytest.mark.parametrize("settled", [True, False])
def test_who_works_on_a_child_meanwhile_is_not_overtaken(house: Machine, key, cpk, settled):
    met: list[type[Exception]] = []

    def undone():
        try:
            undo(house, runs(house)[0])
        except (HinderedError, LostRaceError) as error:
            met.append(type(error))

    thread = Thread(target=undone)
    with working(house, cpk) as work:
        talk(work, key)
        (work.settle if settled else work.flush)()
        thread.start()
        thread.join(timeout=0.5)
        assert thread.is_alive() or met == [LostRaceError]
    thread.join()
    assert met == [HinderedError] if settled else len(met) == 1
    assert child(house) == key
