"""Locations and schools: recorded, corrected, refused, and found by code and name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from caseapp.accounts import queries as accounts
from caseapp.domain.codes import Operator, PlacementKind, Region
from caseapp.domain.intents.reference import LocationDetails, SchoolDetails
from caseapp.domain.policy import Actor, Sees
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people import queries as people
from caseapp.reference import actions, queries
from tests.strict_client import StrictClient
from tests.world import World

As = Callable[..., StrictClient]
DETAILS = LocationDetails(
    "AZC-NEW", "azc Nieuw", PlacementKind.AZC, Operator.COA, "GM9909", Region.MIDDEN, 120
)
FORM = {
    "name": "azc Nieuw", "code": "azc-new", "kind": "AZC", "operator": "coa",
    "municipality": "gm9909", "region": "midden", "capacity": "120", "version": "0",
}  # fmt: skip

WRONG = (
    {"code": "x"},
    {"code": "AZC-HERE"},
    {"municipality": "Emmen"},
    {"capacity": "-1"},
    {"region": "oost"},
    {"open_from": "02-01-2026", "open_to": "01-01-2026"},
    {"name": ""},
)


def main_of(client: StrictClient, address: str) -> str:
    return client.get(address).get_data(as_text=True).split("<main")[1]


def test_a_location_is_found_by_its_code_in_any_case(work: Work) -> None:
    row = actions.record_location(work, DETAILS)
    work.commit()
    assert queries.by_code(work, " azc-new ") is row
    assert queries.by_names(work)["azc nieuw"] == row.id
    assert queries.by_names(work)["azc-new"] == row.id


def test_a_name_that_two_locations_share_stands_for_neither(work: Work) -> None:
    actions.record_location(work, DETAILS)
    actions.record_location(work, replace(DETAILS, code="AZC-NEW2"))
    work.commit()
    assert "azc nieuw" not in queries.by_names(work)


def test_two_locations_never_share_a_code(work: Work) -> None:
    with pytest.raises(actions.KnownCodeError):
        actions.record_location(work, replace(DETAILS, code="azc-here"))


def test_a_location_does_not_close_before_it_opens(work: Work) -> None:
    one_day = replace(DETAILS, open_from=date(2026, 1, 1), open_to=date(2026, 1, 1))
    assert actions.record_location(work, one_day).open_to == date(2026, 1, 1)
    backwards = replace(one_day, code="AZC-BACK", open_to=date(2025, 12, 31))
    with pytest.raises(actions.ClosesBeforeOpeningError):
        actions.record_location(work, backwards)


def test_a_correction_keeps_the_contact_person_and_says_what_changed(
    work: Work, world: World
) -> None:
    row = queries.location(work, world.locations["AZC-HERE"])
    assert row is not None
    contact = row.contact_account_id
    changed = actions.correct_location(work, row, row.version, DETAILS)
    work.commit()
    assert set(changed) == {"code", "name", "municipality", "region", "capacity"}
    assert row.contact_account_id == contact is not None


def test_a_lost_race_over_a_location_is_seen(work: Work, world: World) -> None:
    row = queries.location(work, world.locations["AZC-HERE"])
    assert row is not None
    with pytest.raises(LostRaceError):
        actions.correct_location(work, row, row.version - 1, DETAILS)


def test_only_locations_that_are_open_today_are_offered(work: Work) -> None:
    days = {"AZC-A": (None, None), "AZC-B": (date(2026, 11, 25), None),
            "AZC-C": (None, date(2026, 11, 23)), "AZC-D": (date(2026, 11, 24), date(2026, 11, 24))}  # fmt: skip
    for code, (first, last) in days.items():
        actions.record_location(work, replace(DETAILS, code=code, open_from=first, open_to=last))
    work.commit()
    offered = {row.code for row in queries.locations(work, open_only=True)}
    assert offered & set(days) == {"AZC-A", "AZC-D"}


def test_two_schools_never_share_a_number_but_may_share_a_name(work: Work) -> None:
    actions.list_school(work, SchoolDetails("ISK", "12ab"))
    actions.list_school(work, SchoolDetails("ISK"))
    with pytest.raises(actions.KnownCodeError):
        actions.list_school(work, SchoolDetails("Other", "12 AB".replace(" ", "")))


def test_the_administrator_adds_and_corrects_a_location(as_: As, house: Machine) -> None:
    client = as_("administrator")
    answer = client.post("/locaties/nieuw", FORM)
    assert answer.status_code == 303
    address = answer.headers["Location"]
    assert "GM9909" in client.get(address).get_data(as_text=True)
    edit = FORM | {"version": "1", "region": "zuid", "capacity": ""}
    assert client.post(f"{address}/gegevens", edit).status_code == 303
    assert "Zuid" in client.get(address).get_data(as_text=True)
    assert client.post(f"{address}/gegevens", edit).status_code == 409


def test_a_location_that_cannot_be_is_told_at_its_field(as_: As) -> None:
    client = as_("administrator")
    for wrong in WRONG:
        answer = client.post("/locaties/nieuw", FORM | wrong)
        assert answer.status_code == 200, wrong
        assert "field__error" in answer.get_data(as_text=True), wrong


def test_only_the_administrator_changes_places(as_: As, world: World) -> None:
    place = world.locations["AZC-HERE"]
    for who in ("cpk", "coordinator", "guardian"):
        client = as_(who)
        assert client.get(f"/locaties/{place}").status_code == 200
        assert client.post("/locaties/nieuw", FORM).status_code == 403
        assert client.post(f"/locaties/{place}/gegevens", FORM).status_code == 403
        assert client.post(f"/locaties/{place}/contactpersoon").status_code == 403
    assert as_("monitor").get("/locaties").status_code == 403


def test_locations_filter_by_region_and_kind(as_: As) -> None:
    client = as_("cpk")
    page = main_of(client, "/locaties?regio=zuid")
    assert "azc Ver" in page
    assert "azc Hier" not in page
    page = main_of(client, "/locaties?soort=NO")
    assert "noodopvang Naast" in page
    assert "azc Hier" not in page
    assert client.get("/locaties?regio=nergens&soort=x").status_code == 200


def test_a_school_is_put_on_the_list_and_corrected(as_: As, house: Machine) -> None:
    client = as_("administrator")
    form = {"name": "De Vlinder", "brin": "12 ab", "municipality": "", "version": "0"}
    assert client.post("/scholen/nieuw", form).status_code == 303
    page = client.get("/scholen").get_data(as_text=True)
    assert "De Vlinder" in page
    assert "12AB" in page
    assert "field__error" in client.post("/scholen/nieuw", form).get_data(as_text=True)


def test_only_somebody_with_a_right_there_is_contact_person(as_: As, world: World) -> None:
    place = world.locations["AZC-HERE"]
    client = as_("administrator")
    stranger = {"contact": str(world.accounts["cpk_far"]), "version": "2"}
    answer = client.post(f"/locaties/{place}/contactpersoon", stranger)
    assert "field__error" in answer.get_data(as_text=True)


def test_the_limits_are_shown_with_their_meaning(as_: As) -> None:
    page = as_("administrator").get("/instellingen").get_data(as_text=True)
    assert "SCH-1" in page
    assert "<b>3 maanden</b>" in page
    assert "<b>2 maanden</b>" in page
    assert as_("coordinator").get("/instellingen").status_code == 403


def test_the_state_of_the_system_says_nothing_about_anybody(as_: As, house: Machine) -> None:
    main = main_of(as_("administrator"), "/systeem")
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    assert names[house.engine.dialect.name] in main
    assert "Staff" not in main
    assert "example.org" not in main
    assert as_("cpk").get("/systeem").status_code == 403


def test_everybody_may_be_nobody(as_: As) -> None:
    for address in ("/locaties", "/scholen", "/instellingen", "/systeem", "/accounts", "/account"):
        assert as_(None).get(address).headers["Location"] == f"/inloggen?next={address}"


def test_children_go_along_when_their_location_changes_region(
    as_: As, house: Machine, world: World
) -> None:
    work = house.work(Actor(account_id=None, name="test", everywhere=True))
    row = queries.location(work, world.locations["AZC-HERE"])
    assert row is not None
    details = LocationDetails(
        row.code, row.name, PlacementKind(row.kind), Operator(row.operator), row.municipality,
        Region.ZUID,
    )  # fmt: skip
    actions.correct_location(work, row, row.version, details)
    work.commit()
    for who, sees in (("coordinator", False), ("coordinator_far", True)):
        someone = accounts.account(work, world.accounts[who])
        assert someone is not None
        work.act_as(accounts.actor_of(work.session, someone, work.now))
        assert (people.sight_of(work, world.mine, Sees.ALL) is not None) is sees
    work.session.close()
