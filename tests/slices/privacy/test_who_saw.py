"""Who saw a file: in plain words, for who sees the child and for the privacy desk."""

import csv
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from sqlalchemy import select

from caseapp.audit.models import AuditEvent
from caseapp.domain.looks import DataGroup, Deed
from caseapp.domain.policy import BREAK_GLASS, Actor, HeldGrant, ScopeKind
from caseapp.kernel.db import new_id
from caseapp.privacy import queries
from caseapp.privacy.queries import Period
from tests.acting import acting
from tests.world import NOW, TODAY

YESTERDAY = TODAY - timedelta(days=1)
ON_SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


def here(child_id, *rest):
    return "/".join(("", "kinderen", str(child_id), "wie-zag", *rest))


def there(child_id, *rest):
    return "/".join(("", "inzage", str(child_id), "wie-zag", *rest))


def looked(house, world, who, child_id, on=TODAY, code="child-read", **about):
    """Let somebody see a child on a day."""
    with acting(house, world, who, on) as work:
        work.saw(code, [child_id], **about)


def codes_of(house, child_id):
    work = house.work(Actor(None, "test", everywhere=True), writes=False)
    found = work.session.execute(
        select(AuditEvent.code, AuditEvent.fields).where(AuditEvent.child_id == child_id)
    ).all()
    work.session.close()
    return [tuple(row) for row in found]


def test_a_guardian_reads_who_opened_the_file_and_in_which_role(as_, house, world):
    looked(house, world, "cpk", world.mine)
    looked(house, world, "coordinator", world.mine, fields=("all",))
    shown = as_("guardian").get(here(world.mine)).text
    for words in (
        "Wie het dossier van Zqxgiven zag",
        "Staff cpk",
        "Contactpersoon kind (CPK)",
        "COA",
        "Keek naar: de pagina van het kind",
        "werkt op de plek waar het kind woont",
        "Staff coordinator",
    ):
        assert words in shown, words


@ON_SQLITE
def test_a_child_in_a_list_or_search_was_seen_too(house, world):
    with acting(house, world, "national") as work:
        work.saw("list-caseload", [world.mine, world.beside])
    work = house.work(Actor(None, "test", everywhere=True), writes=False)
    last = queries.who_saw(work, world.mine)[-1]
    assert (last.group, last.deed) == (DataGroup.NAME, Deed.LOOKED)
    assert last.who.account_id == world.accounts["national"]
    work.session.close()


@ON_SQLITE
def test_lines_are_put_together_per_person_and_day(as_, house, world):
    for _ in range(3):
        looked(house, world, "cpk_far", world.mine, YESTERDAY)
    looked(house, world, "cpk_far", world.mine, YESTERDAY, "health-read", object="care_line")
    shown = as_("privacy_officer").get(there(world.mine)).text
    assert shown.count("Staff cpk_far") == 1
    assert "de pagina van het kind, praktische behoeften rond gezondheid" in shown
    assert "4 keer" in shown


@ON_SQLITE
def test_a_colleague_who_stood_in_is_named_with_who_was_away(as_, house, world):
    absent = world.accounts["guardian"]
    with acting(house, world, "guardian_other") as work:
        work.actor = replace(work.actor, on_behalf_of=absent)
        work.saw("child-read", [world.mine])
    shown = as_("coordinator").get(here(world.mine)).text
    assert "in plaats van Staff guardian" in shown


@ON_SQLITE
def test_an_emergency_is_flagged_in_words(as_, house, world):
    held = HeldGrant(new_id(), ScopeKind.CHILD, str(world.mine), origin=BREAK_GLASS)
    with acting(house, world, "cpk_far") as work:
        work.actor = replace(work.actor, grants=(held,), looks_only=True)
        work.saw("child-read", [world.mine])
    shown = as_("privacy_officer").get(there(world.mine)).text
    assert "Nood</span>" in shown
    assert "noodtoegang: kon niet wachten" in shown
    rows = as_("privacy_officer").get(there(world.mine, "bestand")).get_data().decode("utf-8-sig")
    assert ";Ja;" in rows


@pytest.mark.parametrize(
    ("first", "last", "times"),
    [
        (YESTERDAY, YESTERDAY, 1),
        (TODAY, None, 1),
        (None, YESTERDAY, 1),
        (None, TODAY, 2),
        (TODAY + timedelta(days=1), None, 0),
    ],
)
def test_a_period_holds_both_its_days(house, world, first, last, times):
    looked(house, world, "cpk_far", world.mine, YESTERDAY)
    looked(house, world, "cpk_far", world.mine, TODAY)
    work = house.work(Actor(None, "test", everywhere=True), writes=False)
    found = queries.who_saw(work, world.mine, Period(first, last))
    mine = [look for look in found if look.who.account_id == world.accounts["cpk_far"]]
    assert len(mine) == times
    work.session.close()


@ON_SQLITE
def test_a_day_that_is_none_is_said_and_what_was_typed_stays(as_, world):
    shown = as_("guardian").get(here(world.mine) + "?van=31-02-2026").text
    assert "De dag 31-02-2026 bestaat niet" in shown
    assert 'value="31-02-2026"' in shown


@ON_SQLITE
def test_days_without_a_look_say_so_calmly(as_, world):
    shown = as_("guardian").get(here(world.mine) + "?van=01-01-2020&tot=02-01-2020").text
    assert "In deze dagen keek niemand." in shown


@pytest.mark.parametrize(("who", "address"), [("guardian", here), ("privacy_officer", there)])
@ON_SQLITE
def test_the_file_is_csv_that_holds_no_formula(as_, house, world, who, address):
    looked(house, world, "cpk", world.mine)
    answer = as_(who).get(address(world.mine, "bestand"))
    assert "wie-zag-2026-11-24.csv" in answer.headers["Content-Disposition"]
    head, *rows = csv.reader(StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";")
    assert head[:3] == ["Dag", "Eerste keer", "Wie"]
    assert any(row[2] == "Staff cpk" and row[8] == "Nee" for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        ("nl", "Wie keek er in jouw dossier?", "Elke keer dat iemand kijkt, schrijven we dat op."),
        ("en", "Who looked at your file?", "Each time somebody looks, we write that down."),
    ],
)
@ON_SQLITE
def test_the_sheet_speaks_to_the_child_in_plain_words(as_, house, world, language, title, words):
    looked(house, world, "cpk", world.mine)
    shown = as_("guardian", language=language).get(here(world.mine, "blad")).text
    assert title in shown
    assert words in shown
    assert "Staff cpk" in shown


@pytest.mark.asvs("14.2.4")
@ON_SQLITE
def test_making_it_is_recorded_as_well(as_, house, world):
    as_("guardian").get(here(world.mine, "blad"))
    as_("privacy_officer").get(there(world.mine, "bestand"))
    found = codes_of(house, world.mine)
    assert ("who-saw-read", "sheet") in found
    assert ("who-saw-read", "file") in found


@pytest.mark.asvs("14.2.4")
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("guardian", 200),
        ("coordinator", 200),
        ("guardianship", 200),
        ("guardian_other", 404),
        ("coordinator_far", 404),
        ("cpk", 403),
        ("administrator", 403),
        ("privacy_officer", 403),
    ],
)
@ON_SQLITE
def test_who_sees_the_child_sees_who_saw_it(as_, world, who, status):
    assert as_(who).client.get(here(world.mine)).status_code == status


@ON_SQLITE
def test_the_page_of_the_child_leads_there(as_, world):
    assert here(world.mine) in as_("guardian").get(f"/kinderen/{world.mine}").text
    assert here(world.mine) not in as_("cpk").get(f"/kinderen/{world.mine}").text


@ON_SQLITE
def test_the_moment_stands_in_dutch_time(as_, house, world):
    looked(house, world, "cpk_far", world.mine)
    assert NOW.hour == 9
    assert "10.00 uur" in as_("privacy_officer").get(there(world.mine)).text
