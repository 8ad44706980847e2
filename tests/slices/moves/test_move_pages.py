"""The pages of moves: both sides of a handover, and what each may do."""

from collections.abc import Callable
from uuid import UUID

import pytest

from caseapp.kernel.machine import Machine
from caseapp.moves import actions, queries
from tests.acting import acting
from tests.slices.moves.story import bearer, planned, sent, the
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]


def page(world: World, *rest: object) -> str:
    return "/".join((f"/kinderen/{world.mine}", *map(str, rest)))


def plan(world: World, **more: str) -> dict[str, str]:
    return {
        "version": "0",
        "to_location": str(world.locations["AZC-FAR"]),
        "planned_on": "29-11-2026",
        "announced_on": "24-11-2026",
        "reason": "capacity",
        "term_time_reason": "",
    } | more


def of_mine(house: Machine, world: World) -> UUID:
    with acting(house, world, "national") as work:
        return queries.planned(work, [world.mine])[world.mine][-1].id


def test_a_move_goes_from_plan_to_arrival_through_its_pages(
    as_: As, house: Machine, world: World
) -> None:
    sender, receiver = as_("cpk"), as_("cpk_far")
    assert sender.post(page(world, "verhuizing"), plan(world)).status_code == 303
    key = of_mine(house, world)
    handover = page(world, "overdracht", key)
    promise = {"version": "0", "topic": "school", "text": "zwemles", "outcome": ""}
    assert sender.post(f"{handover}/belofte", promise).status_code == 303
    assert receiver.get(handover).status_code == 404
    assert sender.post(f"{handover}/sturen").status_code == 303
    assert "zwemles" in receiver.get(handover).get_data(as_text=True)
    assert receiver.get(page(world, "verblijf")).status_code == 404
    assert receiver.post(f"{handover}/aanvaarden", {}).status_code == 200
    assert receiver.post(f"{handover}/aanvaarden", {"read_all": "yes"}).status_code == 303
    arrival = {"version": "1", "on": "24-11-2026"}
    assert receiver.post(page(world, "verhuizing", key, "aankomst"), arrival).status_code == 303
    assert bearer(house, world) == "cpk_far"
    assert sender.get(page(world, "verhuizing")).status_code == 404


def test_a_form_says_what_is_wrong_with_a_plan(as_: As, world: World) -> None:
    client = as_("cpk", language="en")
    wrong = plan(world, planned_on="23-11-2026")
    answer = client.post(page(world, "verhuizing"), wrong)
    assert "cannot be before the day on which it was announced" in answer.get_data(as_text=True)
    assert 'value="23-11-2026"' in answer.get_data(as_text=True)
    assert client.post(page(world, "verhuizing"), plan(world)).status_code == 303
    answer = client.post(page(world, "verhuizing"), plan(world))
    assert "There is a move to this location already" in answer.get_data(as_text=True)


def test_the_place_where_the_child_lives_cannot_be_chosen(as_: As, world: World) -> None:
    here = str(world.locations["AZC-HERE"])
    answer = as_("cpk", language="en").post(
        page(world, "verhuizing"), plan(world, to_location=here)
    )
    assert "Choose one from the list." in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("cpk_far", True),
        ("coordinator_far", True),
        ("coordinator", True),
        ("national", True),
        ("cpk", False),
    ],
)
def test_arrival_is_for_the_receiver_and_the_coordinators(
    as_: As, house: Machine, world: World, who: str, *, allowed: bool
) -> None:
    key = sent(house, world)
    answer = as_(who).post(
        page(world, "verhuizing", key, "aankomst"), {"version": "1", "on": "24-11-2026"}
    )
    assert answer.status_code == (303 if allowed else 200)
    with acting(house, world, "national") as work:
        assert the(work, world, key).status == ("arrived" if allowed else "planned")


def test_an_arrival_before_the_present_stay_is_explained_and_changes_nothing(
    as_: As, house: Machine, world: World
) -> None:
    key = sent(house, world)
    answer = as_("cpk_far", language="en").post(
        page(world, "verhuizing", key, "aankomst"), {"version": "1", "on": "1-11-2026"}
    )
    assert answer.status_code == 200
    assert "lived somewhere else already" in answer.get_data(as_text=True)
    with acting(house, world, "national") as work:
        assert the(work, world, key).status == "planned"


def test_only_a_coordinator_confirms(as_: As, house: Machine, world: World) -> None:
    key = planned(house, world)
    address = page(world, "verhuizing", key, "bevestigen")
    assert as_("cpk").post(address, {"version": "1"}).status_code == 403
    assert as_("coordinator").post(address, {"version": "1"}).status_code == 303
    with acting(house, world, "national") as work:
        assert the(work, world, key).status == "confirmed"
    assert as_("coordinator").post(address, {"version": "1"}).status_code == 303
    assert as_("coordinator_far").post(address, {"version": "2"}).status_code == 404


def test_the_receiver_of_what_is_coming_changes_nothing(
    as_: As, house: Machine, world: World
) -> None:
    key = sent(house, world)
    client = as_("cpk_far")
    for rest in ("wijzigen", "vertrek", "annuleren"):
        assert client.get(page(world, "verhuizing", key, rest)).status_code == 404
    assert client.get(page(world, "overdracht", key, "belofte")).status_code == 404
    assert client.get(page(world, "verhuizing")).status_code == 404


def test_who_the_child_left_does_not_see_its_next_move(
    as_: As, house: Machine, world: World
) -> None:
    key = sent(house, world)
    with acting(house, world, "cpk_far") as work:
        actions.accept(work, the(work, world, key))
        actions.arrive(work, the(work, world, key), None, TODAY)
    with acting(house, world, "national") as work:
        beside = world.locations["NO-BESIDE"]
        later = actions.record_unannounced(work, world.mine, beside, TODAY).id
    client = as_("cpk")
    assert client.get(page(world, "verhuizing", key)).status_code == 200
    assert client.get(page(world, "verhuizing", later)).status_code == 404


def test_a_move_is_changed_left_and_cancelled_by_form(
    as_: As, house: Machine, world: World
) -> None:
    key = planned(house, world)
    client = as_("cpk")
    new = {
        "version": "1",
        "planned_on": "2-12-2026",
        "announced_on": "24-11-2026",
        "reason": "",
        "term_time_reason": "toets",
    }
    assert client.get(page(world, "verhuizing", key, "wijzigen")).status_code == 200
    assert client.post(page(world, "verhuizing", key, "wijzigen"), new).status_code == 303
    left = {"version": "2", "on": "24-11-2026"}
    assert client.post(page(world, "verhuizing", key, "vertrek"), left).status_code == 303
    assert client.post(page(world, "verhuizing", key, "vertrek"), left).status_code == 200
    why = {"version": "3", "because": "geen plek"}
    assert client.post(page(world, "verhuizing", key, "annuleren"), why).status_code == 303
    assert client.post(page(world, "verhuizing", key, "annuleren"), why).status_code == 200
    assert "geen plek" in client.get(page(world, "verhuizing", key)).get_data(as_text=True)


def test_a_child_that_was_moved_without_notice_is_written_down(
    as_: As, house: Machine, world: World
) -> None:
    client = as_("cpk")
    sent_form = {"to_location": str(world.locations["AZC-FAR"]), "on": "24-11-2026"}
    address = page(world, "verhuizing", "zonder-bericht")
    here = sent_form | {"to_location": str(world.locations["AZC-HERE"])}
    assert client.post(address, here).status_code == 200
    assert client.post(address, sent_form | {"on": "1-11-2026"}).status_code == 200
    assert client.post(address, sent_form).status_code == 303
    assert bearer(house, world) == "cpk"


@pytest.mark.parametrize(
    ("outcome", "missing"),
    [("rebooked", "outcome_on"), ("handed_over", "outcome_to"), ("ended", "outcome_reason")],
)
def test_an_outcome_asks_for_what_belongs_to_it(
    as_: As, house: Machine, world: World, outcome: str, missing: str
) -> None:
    key = planned(house, world)
    said = {"version": "0", "topic": "care", "text": "controle", "outcome": outcome}
    client = as_("cpk")
    address = page(world, "overdracht", key, "belofte")
    assert client.post(address, said).status_code == 200
    value = "1-12-2026" if missing == "outcome_on" else "Sjoerd"
    assert client.post(address, said | {missing: value}).status_code == 303


def test_a_promise_is_settled_by_the_sender(as_: As, house: Machine, world: World) -> None:
    key = planned(house, world)
    client = as_("cpk")
    said = {"version": "0", "topic": "care", "text": "controle", "outcome": ""}
    client.post(page(world, "overdracht", key, "belofte"), said)
    with acting(house, world, "cpk") as work:
        [row] = [one for one in queries.promises(work, key) if one.source is None]
    address = page(world, "overdracht", key, "belofte", row.id)
    assert "controle" in client.get(address).get_data(as_text=True)
    ends = said | {"version": "1", "outcome": "continues"}
    assert client.post(address, ends).status_code == 303
    assert "1 van 7 klaar" in client.get(page(world, "overdracht", key)).get_data(as_text=True)


def test_the_list_shows_who_comes_and_who_goes(as_: As, house: Machine, world: World) -> None:
    key = str(sent(house, world))

    def shown(who: str, query: str = "") -> bool:
        return key in as_(who).get(f"/verhuizingen{query}").get_data(as_text=True)

    assert shown("cpk")
    assert shown("cpk", "?richting=goes")
    assert not shown("cpk", "?richting=comes")
    assert shown("cpk_far", "?richting=comes")
    assert not shown("cpk_far", "?stand=arrived")
    assert shown("coordinator")
    assert shown("coordinator_far")
    assert shown("guardian")
    assert shown("national", "?regio=zuid")
    assert not shown("national", "?regio=midden")
    assert not shown("cpk_beside")
    assert not shown("guardian_other")
    assert shown("national", "?stand=nonsense&pagina=x")
    assert not shown("national", "?pagina=2")


def test_the_list_hides_what_the_receiver_may_not_know_yet(
    as_: As, house: Machine, world: World
) -> None:
    key = str(planned(house, world))
    assert key not in as_("cpk_far").get("/verhuizingen").get_data(as_text=True)


def test_the_list_leaves_a_trail_of_the_children_in_it(
    as_: As, house: Machine, world: World
) -> None:
    sent(house, world)
    as_("cpk_far").get("/verhuizingen")
    with acting(house, world, "national") as work:
        seen = work.session.connection().exec_driver_sql(
            "SELECT child_id FROM audit_event WHERE code = 'list-moves'"
        )
        assert [row[0] is not None for row in seen] == [True]


def test_who_is_responsible_is_taken_over_by_form(as_: As, house: Machine, world: World) -> None:
    with acting(house, world, "cpk") as work:
        actions.record_unannounced(work, world.mine, world.locations["AZC-FAR"], TODAY)
    client = as_("cpk_far")
    assert "Staff cpk" in client.get(page(world, "verantwoordelijk")).get_data(as_text=True)
    me = {"account": str(world.accounts["cpk_far"])}
    assert client.post(page(world, "verantwoordelijk"), me).status_code == 303
    assert bearer(house, world) == "cpk_far"
    assert as_("guardian").get(page(world, "verantwoordelijk")).status_code == 403
