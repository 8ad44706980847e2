"""Steps of a move that cannot be taken, and why."""

from datetime import timedelta

import pytest

from caseapp.domain.intents.moves import Plan
from caseapp.domain.moving import Refusal, RefusedError
from caseapp.domain.periods import OverlapError
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import LostRaceError, OutOfReachError
from caseapp.moves import actions
from tests.acting import acting
from tests.slices.moves.story import LATER, planned, sent, the
from tests.world import TODAY, World


def refused(why: Refusal) -> pytest.RaisesExc[RefusedError]:
    return pytest.raises(RefusedError, match=f"^{why.value}$")


@pytest.mark.attack(50)
@pytest.mark.asvs("2.3.1")
def test_steps_that_cannot_be_are_refused(house: Machine, world: World) -> None:
    key = sent(house, world)
    far, here = world.locations["AZC-FAR"], world.locations["AZC-HERE"]
    with acting(house, world, "cpk") as work:
        move = the(work, world, key)
        with refused(Refusal.SAME_PLACE):
            actions.plan(work, world.mine, Plan(LATER, TODAY, here))
        with refused(Refusal.NO_DESTINATION):
            actions.plan(work, world.mine, Plan(LATER, TODAY))
        with refused(Refusal.SAME_MOVE):
            actions.plan(work, world.mine, Plan(LATER, TODAY, far))
        with refused(Refusal.SAME_MOVE):
            actions.record_unannounced(work, world.mine, far, TODAY)
        with refused(Refusal.IN_FUTURE):
            actions.arrive(work, move, None, LATER)
        with refused(Refusal.IN_FUTURE):
            actions.depart(work, move, None, LATER)
        with refused(Refusal.IN_FUTURE):
            actions.record_unannounced(work, world.mine, far, LATER)
        with refused(Refusal.ALREADY_SENT):
            actions.send(work, move)
        with refused(Refusal.NOT_THE_RECEIVER):
            actions.accept(work, move)


@pytest.mark.attack(50)
@pytest.mark.asvs("2.3.1")
def test_a_move_that_is_over_takes_no_step(house: Machine, world: World) -> None:
    key = sent(house, world)
    with acting(house, world, "national", LATER) as work:
        actions.arrive(work, the(work, world, key), None, LATER)
    with acting(house, world, "national", LATER) as work:
        move = the(work, world, key)
        for step in (
            lambda: actions.arrive(work, move, None, LATER),
            lambda: actions.depart(work, move, None, LATER),
            lambda: actions.cancel(work, move, None, "no"),
            lambda: actions.confirm(work, move, None),
            lambda: actions.change(work, move, None, Plan(LATER, TODAY)),
        ):
            with refused(Refusal.IS_OVER):
                step()


@pytest.mark.asvs("2.3.4")
def test_one_child_is_on_the_way_once(house: Machine, world: World) -> None:
    key = sent(house, world)
    with acting(house, world, "coordinator") as work:
        other = actions.plan(work, world.mine, Plan(LATER, TODAY, world.locations["NO-BESIDE"]))
        actions.depart(work, the(work, world, key), None, TODAY)
    with acting(house, world, "coordinator") as work:
        with refused(Refusal.OTHER_UNDER_WAY):
            actions.depart(work, the(work, world, other.id), None, TODAY)
        with refused(Refusal.ALREADY_LEFT):
            actions.depart(work, the(work, world, key), None, TODAY)


@pytest.mark.attack(50)
@pytest.mark.asvs("2.2.3")
def test_nobody_arrives_before_leaving(house: Machine, world: World) -> None:
    key = sent(house, world)
    with acting(house, world, "cpk") as work:
        actions.depart(work, the(work, world, key), None, TODAY)
    with acting(house, world, "cpk_far") as work, refused(Refusal.BEFORE_DEPARTURE):
        actions.arrive(work, the(work, world, key), None, TODAY - timedelta(days=1))


@pytest.mark.attack(50)
@pytest.mark.asvs("2.2.3")
def test_nobody_arrives_before_the_present_stay_began(house: Machine, world: World) -> None:
    key = sent(house, world)
    before = TODAY - timedelta(days=13)
    with pytest.raises(OverlapError), acting(house, world, "national") as work:
        actions.arrive(work, the(work, world, key), None, before)
    with acting(house, world, "national") as work:
        assert the(work, world, key).status == "planned"
        actions.arrive(work, the(work, world, key), None, before + timedelta(days=1))


@pytest.mark.attack(50)
@pytest.mark.asvs("2.3.1")
def test_an_unsent_handover_cannot_be_accepted_before_arrival(house: Machine, world: World) -> None:
    key = planned(house, world)
    with acting(house, world, "coordinator_far") as work, pytest.raises(OutOfReachError):
        actions.accept(work, the(work, world, key))


@pytest.mark.attack(51)
@pytest.mark.asvs("2.3.4")
def test_a_handover_is_accepted_once(house: Machine, world: World) -> None:
    key = sent(house, world)
    with acting(house, world, "cpk_far") as work:
        actions.accept(work, the(work, world, key))
    with acting(house, world, "cpk_far") as work, refused(Refusal.ALREADY_ACCEPTED):
        actions.accept(work, the(work, world, key))


@pytest.mark.asvs("2.3.4")
def test_a_stale_version_is_refused(house: Machine, world: World) -> None:
    key = planned(house, world)
    with acting(house, world, "coordinator") as work:
        actions.confirm(work, the(work, world, key), 1)
    with acting(house, world, "coordinator") as work, pytest.raises(LostRaceError):
        actions.cancel(work, the(work, world, key), 1, "no")
