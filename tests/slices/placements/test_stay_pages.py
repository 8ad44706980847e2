"""The pages of stays: shown in full or until departure, and errors told in the form."""

from collections.abc import Callable

from caseapp.kernel.machine import Machine
from caseapp.moves import actions as moves
from caseapp.placements import queries
from tests.acting import acting
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]


def page(world: World, rest: str) -> str:
    return f"/kinderen/{world.mine}/{rest}"


STAY = {
    "version": "0",
    "location": "",
    "place_name": "",
    "kind": "",
    "municipality": "",
    "to_on": "",
    "reason": "",
}


def test_the_page_shows_every_stay_and_time_away(as_: As, world: World) -> None:
    text = as_("cpk").get(page(world, "verblijf")).get_data(as_text=True)
    for words in ("azc Hier", "noodopvang Naast", "zqx-whereabouts-note", "12-11-2026"):
        assert words in text


def test_an_earlier_stay_is_added_by_form(as_: As, world: World, house: Machine) -> None:
    here = str(world.locations["AZC-HERE"])
    sent = STAY | {"location": here, "from_on": "1-10-2025", "to_on": "2-11-2025"}
    answer = as_("cpk").post(page(world, "verblijf/nieuw"), sent)
    assert answer.status_code == 303
    with acting(house, world, "cpk") as work:
        assert len(queries.stays(work, world.mine)) == 3


def test_a_form_that_overlaps_says_with_what_and_keeps_what_was_typed(
    as_: As, world: World
) -> None:
    here = str(world.locations["AZC-HERE"])
    sent = STAY | {"location": here, "from_on": "1-10-2025", "to_on": "3-11-2025"}
    answer = as_("cpk", language="en").post(page(world, "verblijf/nieuw"), sent)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "This overlaps with what is written down from 02-11-2025 to 12-11-2026." in text
    assert 'value="3-11-2025"' in text


def test_a_form_that_ends_before_it_starts_says_so(as_: As, world: World) -> None:
    here = str(world.locations["AZC-HERE"])
    sent = STAY | {"location": here, "from_on": "2-10-2025", "to_on": "1-10-2025"}
    answer = as_("cpk", language="en").post(page(world, "verblijf/nieuw"), sent)
    assert "cannot leave before the first day" in answer.get_data(as_text=True)


def test_another_place_needs_its_name_kind_municipality_and_region(as_: As, world: World) -> None:
    sent = STAY | {"from_on": "1-10-2025", "to_on": "2-11-2025"}
    client = as_("cpk", language="en")
    text = client.post(page(world, "verblijf/nieuw"), sent).get_data(as_text=True)
    assert "4 things are not right" in text
    family = {
        "place_name": "family Jansen",
        "kind": "NIDOS_FAM",
        "municipality": "gm0363",
        "region": "zuid",
    }
    assert client.post(page(world, "verblijf/nieuw"), sent | family).status_code == 303


def test_a_stay_is_corrected_and_its_past_is_shown(as_: As, world: World, house: Machine) -> None:
    with acting(house, world, "cpk") as work:
        row = queries.stays(work, world.mine)[-1]
    client = as_("cpk", language="en")
    here = str(world.locations["AZC-HERE"])
    sent = STAY | {"version": str(row.version), "location": here, "from_on": "13-11-2026"}
    assert client.post(page(world, f"verblijf/{row.id}"), sent).status_code == 303
    text = client.get(page(world, f"verblijf/{row.id}")).get_data(as_text=True)
    assert "What stood here before" in text
    assert "12-11-2026" in text
    again = client.post(page(world, f"verblijf/{row.id}"), sent | {"reason": "age"})
    assert again.status_code == 200
    assert "Someone else has just changed this" in again.get_data(as_text=True)


def test_a_stay_is_ended_by_form(as_: As, world: World, house: Machine) -> None:
    with acting(house, world, "cpk") as work:
        row = queries.stays(work, world.mine)[-1]
    client = as_("cpk")
    early = {"version": "1", "on": "11-11-2026"}
    assert client.post(page(world, f"verblijf/{row.id}/einde"), early).status_code == 200
    right = {"version": "1", "on": "24-11-2026"}
    assert client.post(page(world, f"verblijf/{row.id}/einde"), right).status_code == 303


def test_a_child_is_written_down_as_missing_and_as_back(
    as_: As, world: World, house: Machine
) -> None:
    client = as_("cpk")
    sent = {
        "version": "0",
        "state": "missing",
        "from_on": "23-11-2026",
        "to_on": "",
        "police_report_on": "24-11-2026",
        "note": "weg",
    }
    assert client.post(page(world, "waar/nieuw"), sent).status_code == 303
    assert client.post(page(world, "waar/nieuw"), sent).status_code == 200
    with acting(house, world, "cpk") as work:
        key = queries.whereabouts(work, world.mine)[-1].id
    back = sent | {"version": "1", "to_on": "24-11-2026"}
    assert client.post(page(world, f"waar/{key}"), back).status_code == 303


def test_who_the_child_left_sees_no_new_address(as_: As, world: World, house: Machine) -> None:
    with acting(house, world, "national") as work:
        moves.record_unannounced(work, world.mine, world.locations["AZC-FAR"], TODAY)
    with acting(house, world, "cpk_far") as work:
        moves.take_over(work, world.mine, world.accounts["cpk_far"])
    text = as_("cpk").get(page(world, "verblijf")).get_data(as_text=True)
    assert "azc Hier" in text
    assert "azc Ver" not in text
    assert as_("cpk").get(page(world, "verblijf/nieuw")).status_code == 404
    assert "azc Ver" in as_("cpk_far").get(page(world, "verblijf")).get_data(as_text=True)


def test_a_stay_of_another_child_is_not_found(as_: As, world: World, house: Machine) -> None:
    with acting(house, world, "national") as work:
        other = queries.stays(work, world.far)[-1].id
    assert as_("cpk").get(page(world, f"verblijf/{other}")).status_code == 404
