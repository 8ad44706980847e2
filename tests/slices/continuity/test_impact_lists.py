"""The moves of many children: chosen by number, weighed side by side, decided in one act."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

from sqlalchemy import select

from caseapp.audit.models import AuditEvent
from caseapp.domain.intents.moves import Plan
from caseapp.kernel.machine import Machine
from caseapp.moves import actions, queries
from caseapp.moves.models import MoveList
from tests.acting import acting
from tests.slices.continuity.impact_story import (
    DAY,
    As,
    ahead_of,
    decisions,
    listed,
    rows_of,
    states,
)
from tests.slices.continuity.story import book
from tests.world import TODAY, World

GENTLER = DAY + timedelta(days=6)


def wish(world: World, numbers: str = "", **more: str) -> dict[str, str]:
    return {
        "v_numbers": numbers,
        "closes": "",
        "to_location": str(world.locations["AZC-FAR"]),
        "planned_on": "15-12-2026",
        "announced_on": "24-11-2026",
        "reason": "location_closes",
        "term_time_reason": "",
    } | more


def page(list_id: UUID) -> str:
    return f"/verhuizingen/lijst/{list_id}"


def lists(house: Machine, world: World) -> list[UUID]:
    with acting(house, world, "national") as work:
        return list(work.session.scalars(select(MoveList.id)))


def test_pasted_numbers_become_a_list_with_an_address_without_numbers(
    as_: As, house: Machine, world: World
) -> None:
    client = as_("coordinator", language="en")
    answer = client.post("/verhuizingen/lijst", wish(world, "990 000 0001\n9900000002"))
    assert answer.status_code == 303
    assert "9900000" not in answer.location
    html = client.get(answer.location).get_data(as_text=True)
    assert "What breaks for 2 children" in html
    assert len(lists(house, world)) == 1


def test_what_cannot_be_found_is_named_back_the_same_for_another_region_and_for_nobody(
    as_: As, house: Machine, world: World
) -> None:
    client = as_("coordinator", language="en")
    text = "9900000001, 9900000003, 1234567890, Amina"
    html = client.post("/verhuizingen/lijst", wish(world, text)).get_data(as_text=True)
    assert "3 cannot be found among your children: Amina, 990 000 0003, 123 456 7890" in html
    assert text in html
    assert lists(house, world) == []
    answer = client.post("/verhuizingen/lijst", wish(world, text, leave_out="yes"))
    assert answer.status_code == 303
    assert "What breaks for 1 child" in client.get(answer.location).get_data(as_text=True)


def test_two_hundred_fit_and_one_more_is_refused_with_the_text_kept(
    as_: As, house: Machine, world: World
) -> None:
    client = as_("coordinator", language="en")
    many = "\n".join(str(9000000000 + n) for n in range(200))
    html = client.post("/verhuizingen/lijst", wish(world, many)).get_data(as_text=True)
    assert "None of these children can be found" in html
    html = client.post("/verhuizingen/lijst", wish(world, f"{many}\n9900000001")).get_data(
        as_text=True
    )
    assert "That is 1 child too many" in html
    assert "9000000199" in html
    assert lists(house, world) == []


def test_a_location_that_closes_brings_who_lives_there(
    as_: As, house: Machine, world: World
) -> None:
    client = as_("national", language="en")
    closing = wish(world, closes=str(world.locations["AZC-HERE"]))
    answer = client.post("/verhuizingen/lijst", closing)
    html = client.get(answer.location).get_data(as_text=True)
    assert "azc Hier closes." in html
    assert "What breaks for 1 child" in html
    both = wish(world, "9900000001", closes=str(world.locations["AZC-HERE"]))
    html = client.post("/verhuizingen/lijst", both).get_data(as_text=True)
    assert "Paste V-numbers or choose a location, not both." in html
    html = client.post("/verhuizingen/lijst", wish(world)).get_data(as_text=True)
    assert "Paste V-numbers, or choose a location that closes." in html


def test_a_family_is_one_choice(as_: As, house: Machine, world: World) -> None:
    client = as_("coordinator", language="en")
    address = f"/kinderen/{world.mine}/gezin/verhuizing"
    assert client.get(address).status_code == 200
    sent = wish(world) | {"children": str(world.mine)}
    del sent["v_numbers"], sent["closes"]
    assert client.post(address, sent).status_code == 303
    refused = client.post(address, sent | {"children": str(world.far)})
    assert "Choose from the list." in refused.get_data(as_text=True)


def test_a_form_sent_twice_makes_one_list(as_: As, house: Machine, world: World) -> None:
    client = as_("coordinator")
    once = wish(world, "9900000001", once="00" * 16)
    first = client.post("/verhuizingen/lijst", once)
    assert client.post("/verhuizingen/lijst", once).location == first.location
    assert len(lists(house, world)) == 1


def test_the_worst_stands_on_top(as_: As, house: Machine, world: World) -> None:
    book(house, world, TODAY)
    key = listed(house, world, "beside", "mine")
    html = as_("coordinator", language="en").get(page(key)).get_data(as_text=True)
    assert "First a solution" in html
    assert "therapy stops" in html
    rows = rows_of(house, world, key)
    harm = {name: ahead_of(house, world, name).impact.harm for name in rows}
    order = sorted(rows, key=lambda name: -harm[name])
    at = [html.index(f'id="row-{rows[name].hex}"') for name in order]
    assert at == sorted(at)
    assert harm[order[0]] > harm[order[1]]
    calm = as_("coordinator", language="en").get(f"{page(key)}?groep=rust")
    assert "Nobody with this filter." in calm.get_data(as_text=True)


def test_only_who_is_in_scope_stands_on_a_shared_list(
    as_: As, house: Machine, world: World
) -> None:
    key = listed(house, world, "mine", "far", to="NO-BESIDE")
    assert "for 2 children" in as_("national", language="en").get(page(key)).get_data(as_text=True)
    html = as_("coordinator", language="en").get(page(key)).get_data(as_text=True)
    assert "for 1 child" in html
    assert as_("cpk").get(page(key)).status_code == 403
    alone = listed(house, world, "far", to="NO-BESIDE")
    assert as_("coordinator").get(page(alone)).status_code == 404


def test_chosen_moves_are_planned_and_confirmed_in_one_act(
    as_: As, house: Machine, world: World
) -> None:
    key = listed(house, world, "mine", "beside")
    client, rows = as_("coordinator"), rows_of(house, world, key)
    sent = decisions(rows, mine=("confirm", 0), beside=("plan", 0))
    assert client.post(page(key), sent).status_code == 303
    assert states(house, world) == {"mine": ["confirmed"], "beside": ["planned"]}


def test_waiting_and_no_choice_do_nothing(as_: As, house: Machine, world: World) -> None:
    key = listed(house, world, "mine", "beside")
    client, rows = as_("coordinator", language="en"), rows_of(house, world, key)
    answer = client.post(page(key), decisions(rows, mine=("wait", 0)), follow_redirects=True)
    assert "Nothing was decided." in answer.get_data(as_text=True)
    assert states(house, world) == {}


def test_what_somebody_else_changed_stops_all_and_keeps_the_other_choices(
    as_: As, house: Machine, world: World
) -> None:
    key = listed(house, world, "mine", "beside")
    client, rows = as_("coordinator", language="en"), rows_of(house, world, key)
    sent = decisions(rows, mine=("confirm", 0), beside=("confirm", 0))
    assert as_("national").post(page(key), decisions(rows, mine=("plan", 0))).status_code == 303
    html = client.post(page(key), sent).get_data(as_text=True)
    assert "1 decision cannot be, so nothing is saved yet" in html
    assert "Somebody else changed this move in the meantime" in html
    assert states(house, world) == {"mine": ["planned"]}
    kept = html.split(f"{rows['beside'].hex}-step", 2)[2]
    assert 'value="confirm" selected' in " ".join(kept.split("</select>")[0].split())
    again = decisions(rows, mine=("confirm", 1), beside=("confirm", 0))
    assert client.post(page(key), again).status_code == 303
    assert states(house, world) == {"mine": ["confirmed"], "beside": ["confirmed"]}


def test_sent_twice_is_done_once(as_: As, house: Machine, world: World) -> None:
    key = listed(house, world, "mine")
    client, rows = as_("coordinator", language="en"), rows_of(house, world, key)
    sent = decisions(rows, mine=("plan", 0))
    assert client.post(page(key), sent).status_code == 303
    html = client.post(page(key), sent).get_data(as_text=True)
    assert "Somebody else changed this move in the meantime" in html
    assert states(house, world) == {"mine": ["planned"]}


def test_a_move_on_hold_is_not_offered_and_is_refused(
    as_: As, house: Machine, world: World
) -> None:
    key = listed(house, world, "mine")
    client, rows = as_("coordinator", language="en"), rows_of(house, world, key)
    assert client.post(page(key), decisions(rows, mine=("plan", 0))).status_code == 303
    with acting(house, world, "coordinator") as work:
        [move] = queries.planned(work, [world.mine])[world.mine]
        actions.put_on_hold(work, move, DAY, "the therapist asks for time")
    html = client.get(page(key)).get_data(as_text=True)
    assert "on hold until 15 December" in html
    assert 'value="confirm"' not in html
    html = client.post(page(key), decisions(rows, mine=("confirm", 1))).get_data(as_text=True)
    assert "This move is on hold" in html
    assert states(house, world) == {"mine": ["planned"]}


def test_confirmed_moves_begin_together(as_: As, house: Machine, world: World) -> None:
    key = listed(house, world, "mine", "beside")
    client, rows = as_("coordinator"), rows_of(house, world, key)
    sent = decisions(rows, mine=("confirm", 0), beside=("confirm", 0))
    assert client.post(page(key), sent).status_code == 303
    left = decisions(rows, mine=("depart", 2), beside=("depart", 2))
    assert client.post(page(key), left).status_code == 303
    assert states(house, world) == {"mine": ["departed"], "beside": ["departed"]}


def test_who_is_there_already_needs_no_decision(as_: As, house: Machine, world: World) -> None:
    key = listed(house, world, "mine", "far")
    html = as_("national", language="en").get(page(key)).get_data(as_text=True)
    assert "1 child of this list is there already." in html
    assert "for 1 child" in html
    alone = as_("national", language="en").get(page(listed(house, world, "far")))
    assert "Nobody is left to decide about." in alone.get_data(as_text=True)


def test_the_worksheet_holds_the_same_rows_and_runs_nothing(
    as_: As, house: Machine, world: World
) -> None:
    key = listed(house, world, "mine", "beside")
    answer = as_("coordinator").post(f"{page(key)}/werkblad")
    assert answer.headers["Content-Disposition"] == "attachment; filename=verhuizingen.xlsx"
    with ZipFile(BytesIO(answer.data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "9900000001" in strings
    assert "9900000002" in strings
    with acting(house, world, "national") as work:
        codes = work.session.scalars(select(AuditEvent.code)).all()
    assert "export-list-of-moves" in codes


def test_the_printed_list_tells_all_and_asks_nothing(as_: As, house: Machine, world: World) -> None:
    key = listed(house, world, "mine")
    html = as_("coordinator", language="en").get(f"{page(key)}?print=1").get_data(as_text=True)
    assert "No place at a school" in html
    assert "<select" not in html


def test_one_child_goes_to_another_place_than_the_others(
    as_: As, house: Machine, world: World
) -> None:
    key = listed(house, world, "mine", "beside")
    client, rows = as_("coordinator", language="en"), rows_of(house, world, key)
    address = f"{page(key)}/kind/{rows['mine']}"
    early = {"to_location": str(world.locations["NO-BESIDE"]), "planned_on": "23-11-2026"}
    assert "Choose 24-11-2026 or later" in client.post(address, early).get_data(as_text=True)
    other = early | {"planned_on": "21-12-2026"}
    assert client.post(address, other).status_code == 303
    html = client.get(page(key)).get_data(as_text=True)
    assert "azc Ver (1), noodopvang Naast (1)" in html
    assert "21 December" in html
    assert client.post(page(key), decisions(rows, mine=("plan", 0))).status_code == 303
    html = client.post(address, other).get_data(as_text=True)
    assert "Somebody else changed this move in the meantime" in html


def test_a_move_on_record_that_was_put_on_another_day_is_still_that_of_the_list(
    as_: As, house: Machine, world: World
) -> None:
    key = listed(house, world, "mine")
    client, rows = as_("coordinator", language="en"), rows_of(house, world, key)
    assert client.post(page(key), decisions(rows, mine=("plan", 0))).status_code == 303
    with acting(house, world, "coordinator") as work:
        [move] = queries.planned(work, [world.mine])[world.mine]
        actions.change(work, move, None, Plan(GENTLER, TODAY))
    html = client.get(page(key)).get_data(as_text=True)
    assert "on 21 December" in html
    assert client.post(page(key), decisions(rows, mine=("confirm", 2))).status_code == 303
    with acting(house, world, "coordinator") as work:
        [move] = queries.planned(work, [world.mine])[world.mine]
        assert (move.status, move.planned_on) == ("confirmed", GENTLER)
