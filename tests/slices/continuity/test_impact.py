"""What a move of one child would break, on its page beside the decision."""

from caseapp.domain.codes import Relation
from caseapp.domain.impact import Fact, Group
from caseapp.domain.intents.moves import BestDecisionDetails
from caseapp.domain.intents.people import RelativeDetails
from caseapp.kernel.machine import Machine
from caseapp.moves import actions, queries
from caseapp.people import actions as people
from tests.acting import acting
from tests.slices.continuity.impact_story import DAY, As, ahead_of, listed, spoil
from tests.slices.continuity.story import book
from tests.slices.moves.story import planned
from tests.world import TODAY, World


def preview(world: World, day: str = "15-12-2026", to: str = "AZC-FAR") -> str:
    place = world.locations[to]
    return f"/kinderen/{world.mine}/verhuizing/gevolgen?naar={place}&dag={day}"


def test_the_record_tells_what_a_move_breaks(house: Machine, world: World) -> None:
    found = ahead_of(house, world).impact
    hurt = {one.about for one in (*found.breaks, *found.attention)}
    assert {"SCH-2", "PLA-2"} <= hurt
    assert "CAR-1" in {one.about for one in found.already}
    assert found.moves == 2


def test_an_appointment_after_the_day_is_to_be_booked_anew(house: Machine, world: World) -> None:
    book(house, world, DAY)
    found = ahead_of(house, world).impact
    assert Fact.APPOINTMENT in {one.about for one in found.attention}
    assert found.group is Group.ARRANGE


def test_care_that_goes_on_now_stops_at_the_move(house: Machine, world: World) -> None:
    book(house, world, TODAY)
    found = ahead_of(house, world).impact
    assert "CAR-1" in {one.about for one in found.breaks}
    assert found.group is Group.FIRST


def test_a_sister_whom_we_follow_stays_behind_unless_she_moves_along(
    house: Machine, world: World
) -> None:
    v_number = "9900000001"
    with acting(house, world, "national") as work:
        said = RelativeDetails(Relation.SIBLING, "Sara", minor=True, v_number=v_number)
        people.record_relative(work, world.far, said)
    with acting(house, world, "national") as work:
        assert queries.planned(work, [world.far]) == {}
    found = ahead_of(house, world, "far", "NO-BESIDE")
    assert "PLA-5" in {one.about for one in found.impact.already}
    along = ahead_of(house, world, "far", "AZC-HERE").impact
    assert (Fact.MENDED, "PLA-5") in {(one.about, one.subject) for one in along.good}


def test_the_page_shows_what_breaks_before_the_button(
    as_: As, house: Machine, world: World
) -> None:
    book(house, world, TODAY)
    key = planned(house, world, DAY)
    shown = as_("coordinator", language="en").get(
        f"/kinderen/{world.mine}/verhuizing/{key}/gevolgen"
    )
    html = shown.get_data(as_text=True)
    assert shown.status_code == 200
    assert html.index("This breaks") < html.index("Confirm the move")
    assert "Therapy (GGZ)" in html
    assert "Move on 21 December" in html
    assert "in 21 days" in html


def test_who_only_reads_sees_no_button(as_: As, house: Machine, world: World) -> None:
    key = planned(house, world, DAY)
    address = f"/kinderen/{world.mine}/verhuizing/{key}/gevolgen"
    html = as_("guardian", language="en").get(address).get_data(as_text=True)
    assert "Confirm the move" not in html
    assert "Object to this move" in html
    assert as_("cpk_far").get(address).status_code == 404
    assert as_("monitor").get(address).status_code == 403


def test_the_gentler_day_is_one_button_away(as_: As, house: Machine, world: World) -> None:
    key = planned(house, world, DAY)
    client = as_("coordinator", language="en")
    sent = {
        "version": "1", "planned_on": "21-12-2026", "announced_on": "24-11-2026",
        "reason": "capacity", "term_time_reason": "",
    }  # fmt: skip
    address = f"/kinderen/{world.mine}/verhuizing/{key}"
    assert client.post(f"{address}/wijzigen", sent).status_code == 303
    html = client.get(f"{address}/gevolgen").get_data(as_text=True)
    assert "Move on" not in html


def test_a_repair_before_the_day_is_seen_at_once(as_: As, house: Machine, world: World) -> None:
    book(house, world, TODAY)
    key = planned(house, world, DAY)
    client = as_("coordinator", language="en")
    address = f"/kinderen/{world.mine}/verhuizing/{key}/gevolgen"
    assert "There is no appointment after it" in client.get(address).get_data(as_text=True)
    book(house, world, DAY)
    after = client.get(address).get_data(as_text=True)
    assert "There is no appointment after it" not in after
    assert "There is an appointment on 15 December, after the move" in after


def test_a_move_that_is_over_has_nothing_to_look_ahead_at(
    as_: As, house: Machine, world: World
) -> None:
    key = planned(house, world, DAY)
    with acting(house, world, "coordinator") as work:
        row = queries.transfer(work, world.mine, key)
        assert row is not None
        actions.cancel(work, row, None, "it does not go on")
    shown = as_("coordinator", language="en").get(
        f"/kinderen/{world.mine}/verhuizing/{key}/gevolgen"
    )
    assert "There is nothing to look ahead at" in shown.get_data(as_text=True)


def test_a_move_that_is_only_thought_of_is_looked_at_and_then_planned(
    as_: As, house: Machine, world: World
) -> None:
    client = as_("cpk", language="en")
    empty = client.get(f"/kinderen/{world.mine}/verhuizing/gevolgen").get_data(as_text=True)
    assert "Nothing is saved by looking" in empty
    html = client.get(preview(world)).get_data(as_text=True)
    assert "No place at a school" in html
    with acting(house, world, "cpk") as work:
        assert queries.planned(work, [world.mine]) == {}
    sent = {
        "version": "0", "to_location": str(world.locations["AZC-FAR"]),
        "planned_on": "15-12-2026", "announced_on": "24-11-2026", "reason": "",
        "term_time_reason": "",
    }  # fmt: skip
    assert client.post(f"/kinderen/{world.mine}/verhuizing", sent).status_code == 303
    with acting(house, world, "cpk") as work:
        assert len(queries.planned(work, [world.mine])[world.mine]) == 1


def test_what_is_wrong_with_a_thought_is_said_and_kept(as_: As, world: World) -> None:
    client = as_("cpk", language="en")
    html = client.get(preview(world, day="23-11-2026")).get_data(as_text=True)
    assert "Choose 24-11-2026 or later" in html
    assert 'value="23-11-2026"' in html
    assert client.get(preview(world, to="AZC-HERE")).status_code == 200


def test_other_places_are_named_with_what_they_spare(as_: As, world: World) -> None:
    html = as_("cpk", language="en").get(preview(world)).get_data(as_text=True)
    assert "What would a move of" in html
    assert html.count("Kinder places") <= 1


def test_what_the_child_wants_stands_beside_the_decision(
    as_: As, house: Machine, world: World
) -> None:
    key = planned(house, world, DAY)
    client = as_("coordinator", language="en")
    address = f"/kinderen/{world.mine}/verhuizing/{key}/gevolgen"
    assert "Nobody wrote down what" in client.get(address).get_data(as_text=True)
    with acting(house, world, "coordinator") as work:
        row = queries.transfer(work, world.mine, key)
        assert row is not None
        actions.decide(
            work, row, 0, BestDecisionDetails(done=False, child_view="not again a new school")
        )
    html = client.get(address).get_data(as_text=True)
    assert "not again a new school" in html
    assert "Nobody wrote down what" not in html


def test_a_child_whose_file_does_not_open_does_not_hide_the_others(
    as_: As, house: Machine, world: World
) -> None:
    key = listed(house, world, "mine", "beside")
    spoil(house, world, "beside")
    html = as_("coordinator", language="en").get(f"/verhuizingen/lijst/{key}")
    assert "What breaks for 1 child" in html.get_data(as_text=True)
    assert "1 child cannot be weighed: its file does not open." in html.get_data(as_text=True)
