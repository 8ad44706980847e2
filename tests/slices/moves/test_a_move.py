"""A move from plan to arrival: who sees the child, where it lives, who is responsible."""

from datetime import timedelta

from caseapp.domain.codes import Outcome, Topic
from caseapp.domain.intents.moves import Plan, PromiseDetails
from caseapp.domain.intents.placements import StayDetails
from caseapp.domain.policy import Sees
from caseapp.kernel.machine import Machine
from caseapp.moves import actions, facts, queries
from caseapp.people import queries as people
from caseapp.placements import actions as stays
from caseapp.placements import queries as placements
from tests.acting import acting
from tests.slices.moves.story import LATER, bearer, planned, sees, sent, the
from tests.world import TODAY, World

MONTH = timedelta(days=30)


def test_a_planned_move_is_unknown_to_the_receiver(house: Machine, world: World) -> None:
    planned(house, world)
    assert sees(house, world, "cpk_far") is None


def test_a_sent_handover_lets_the_receiver_read_it_and_no_more(
    house: Machine, world: World
) -> None:
    sent(house, world)
    assert sees(house, world, "cpk_far") is Sees.HANDOVER
    assert sees(house, world, "coordinator_far") is Sees.HANDOVER
    assert sees(house, world, "cpk") is Sees.ALL


def test_a_handover_sent_long_before_opens_14_days_before_the_move(
    house: Machine, world: World
) -> None:
    sent(house, world, TODAY + timedelta(days=20))
    assert sees(house, world, "cpk_far", TODAY + timedelta(days=5)) is None
    assert sees(house, world, "cpk_far", TODAY + timedelta(days=6)) is Sees.HANDOVER


def test_a_move_put_off_closes_the_handover_until_14_days_before_the_new_day(
    house: Machine, world: World
) -> None:
    key = sent(house, world)
    with acting(house, world, "cpk") as work:
        far_off = Plan(TODAY + timedelta(days=40), TODAY)
        actions.change(work, the(work, world, key), None, far_off)
    assert sees(house, world, "cpk_far") is None
    assert sees(house, world, "cpk_far", TODAY + timedelta(days=26)) is Sees.HANDOVER


def test_arrival_turns_over_stay_reach_and_responsibility_in_one_work(
    house: Machine, world: World
) -> None:
    key = sent(house, world)
    with acting(house, world, "cpk_far") as work:
        actions.accept(work, the(work, world, key))
    assert bearer(house, world) == "cpk"
    with acting(house, world, "cpk_far", LATER) as work:
        actions.arrive(work, the(work, world, key), None, LATER)
    with acting(house, world, "cpk_far", LATER) as work:
        before, now = placements.stays(work, world.mine)[-2:]
        assert (before.to_on, now.from_on, now.to_on) == (LATER, LATER, None)
        assert (now.location_id, now.transfer_id) == (world.locations["AZC-FAR"], key)
        assert (now.kind, now.municipality, now.region) == ("AZC", "GM9903", "zuid")
        assert now.facts.reason == "capacity"
    assert sees(house, world, "cpk_far", LATER) is Sees.ALL
    assert bearer(house, world, LATER) == "cpk_far"


def test_who_handed_over_reads_on_for_30_days_until_departure(house: Machine, world: World) -> None:
    key = sent(house, world)
    with acting(house, world, "cpk_far") as work:
        actions.accept(work, the(work, world, key))
    with acting(house, world, "cpk_far", LATER) as work:
        actions.arrive(work, the(work, world, key), None, LATER)
    with acting(house, world, "cpk", LATER) as work:
        sight = people.sight_of(work, world.mine)
        assert sight is not None
        assert (sight.sees, sight.until_on) == (Sees.UNTIL_DEPARTURE, LATER)
    last = LATER + MONTH - timedelta(days=1)
    assert sees(house, world, "cpk", last) is Sees.UNTIL_DEPARTURE
    assert sees(house, world, "cpk", LATER + MONTH) is None


def test_without_acceptance_the_sender_stays_responsible_and_sees_all(
    house: Machine, world: World
) -> None:
    key = sent(house, world)
    with acting(house, world, "cpk_far", LATER) as work:
        actions.arrive(work, the(work, world, key), None, LATER)
    assert bearer(house, world, LATER) == "cpk"
    assert sees(house, world, "cpk", LATER + MONTH + MONTH) is Sees.ALL


def test_accepting_after_arrival_passes_the_baton_that_day(house: Machine, world: World) -> None:
    key = sent(house, world)
    after = LATER + timedelta(days=2)
    with acting(house, world, "cpk_far", LATER) as work:
        actions.arrive(work, the(work, world, key), None, LATER)
    with acting(house, world, "cpk_far", after) as work:
        actions.accept(work, the(work, world, key))
    assert bearer(house, world, LATER + timedelta(days=1)) == "cpk"
    assert bearer(house, world, after) == "cpk_far"
    with acting(house, world, "cpk_far", after) as work:
        found = facts.gather(work, [world.mine])[world.mine]
        given = next(one for one in found["transfers"] if one.id == str(key))
        assert (given.handover.sent_on, given.handover.acknowledged_on) == (TODAY, after)


def test_a_cancelled_move_ends_the_sight_of_the_receiver_at_once(
    house: Machine, world: World
) -> None:
    key = sent(house, world)
    with acting(house, world, "cpk") as work:
        actions.cancel(work, the(work, world, key), None, "the place was given away")
    assert sees(house, world, "cpk_far") is None
    with acting(house, world, "cpk") as work:
        assert the(work, world, key).facts.cancelled_because == "the place was given away"


def test_a_child_on_the_way_still_lives_where_it_lived(house: Machine, world: World) -> None:
    key = sent(house, world)
    with acting(house, world, "cpk", LATER) as work:
        actions.depart(work, the(work, world, key), None, LATER)
    with acting(house, world, "cpk", LATER) as work:
        assert the(work, world, key).status == "departed"
        assert the(work, world, key).facts.departed_on == LATER
        stay = placements.stay_on(work, world.mine, LATER)
        assert stay is not None
        assert stay.location_id == world.locations["AZC-HERE"]


def test_unannounced_leaves_responsibility_where_it_was(house: Machine, world: World) -> None:
    with acting(house, world, "cpk") as work:
        row = actions.record_unannounced(work, world.mine, world.locations["AZC-FAR"], TODAY)
    with acting(house, world, "cpk_far") as work:
        kept = the(work, world, row.id)
        assert (kept.status, kept.arrived_on, kept.planned_on) == ("arrived", TODAY, TODAY)
        assert (kept.announced_on, kept.announced_known) == (TODAY, False)
        assert kept.facts.reason == "unannounced"
        assert kept.from_location_id == world.locations["AZC-HERE"]
        begun = queries.handover(work, row.id)
        assert begun is not None
        assert begun.sent_on is None
    assert sees(house, world, "cpk_far") is Sees.ALL
    assert bearer(house, world) == "cpk"
    with acting(house, world, "cpk_far") as work:
        actions.accept(work, the(work, world, row.id))
    assert bearer(house, world) == "cpk_far"


def test_an_arrival_where_the_child_lives_already_turns_nothing_over_and_says_so(
    house: Machine, world: World
) -> None:
    key = sent(house, world)
    with acting(house, world, "national") as work:
        stay = placements.stays(work, world.mine)[-1]
        far = StayDetails(stay.from_on, None, world.locations["AZC-FAR"])
        stays.correct_stay(work, stay, stay.version, far)
    with acting(house, world, "national") as work:
        before = len(placements.stays(work, world.mine))
        actions.arrive(work, the(work, world, key), None, TODAY)
    with acting(house, world, "national") as work:
        assert the(work, world, key).facts.turned_nothing_over
        assert len(placements.stays(work, world.mine)) == before


def test_a_list_can_say_that_an_arrival_turns_nothing_over(house: Machine, world: World) -> None:
    key = sent(house, world)
    with acting(house, world, "national") as work:
        actions.arrive(work, the(work, world, key), None, TODAY, turns_over=False)
    with acting(house, world, "national") as work:
        assert the(work, world, key).facts.turned_nothing_over
        now = placements.stays(work, world.mine)[-1]
        assert now.location_id == world.locations["AZC-HERE"]


def test_two_moves_on_one_day_leave_a_stay_of_no_night(house: Machine, world: World) -> None:
    for place in ("AZC-FAR", "NO-BESIDE"):
        with acting(house, world, "national") as work:
            actions.record_unannounced(work, world.mine, world.locations[place], TODAY)
    with acting(house, world, "national") as work:
        last = [(one.from_on, one.to_on) for one in placements.stays(work, world.mine)][-2:]
        assert last == [(TODAY, TODAY), (TODAY, None)]
    assert sees(house, world, "cpk_far") is Sees.UNTIL_DEPARTURE
    assert sees(house, world, "cpk_beside") is Sees.ALL


def test_promises_are_counted_and_settled(house: Machine, world: World) -> None:
    key = planned(house, world)
    with acting(house, world, "cpk") as work:
        said = PromiseDetails(Topic.SCHOOL, "swimming on Wednesdays")
        row = actions.add_promise(work, the(work, world, key), said)
    with acting(house, world, "cpk") as work:
        kept = queries.promise(work, key, row.id)
        assert kept is not None
        assert kept.outcome is None
        settled = PromiseDetails(Topic.SCHOOL, "swimming on Wednesdays", Outcome.CONTINUES)
        actions.settle_promise(work, kept, 1, settled)
    with acting(house, world, "cpk") as work:
        found = facts.gather(work, [world.mine])[world.mine]["transfers"]
        given = next(one for one in found if one.id == str(key))
        by_hand = next(one for one in given.handover.items if one.id == str(row.id))
        assert (by_hand.text, by_hand.outcome) == ("swimming on Wednesdays", "continues")
