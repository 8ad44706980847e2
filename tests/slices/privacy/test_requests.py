"""Requests of children and parents: found by V-number, weighed by age, a month's clock, told when late."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from caseapp.domain.intents.privacy import RequestDetails
from caseapp.domain.policy import Actor
from caseapp.domain.privacy_rights import (
    Asker,
    Identity,
    Refusal,
    RequestState,
    Right,
    RightRefusedError,
)
from caseapp.kernel.work import LostRaceError
from caseapp.notices.models import Notice
from caseapp.privacy import actions, queries
from caseapp.privacy.jobs import watch
from tests.acting import acting
from tests.world import NOW, TODAY

SYSTEM = Actor(None, "test", everywhere=True)
ON_SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


def asked(house, world, *, asker=Asker.CHILD, right=Right.ACCESS, on=TODAY, name=None):
    """Write a request about `mine`, who is 16, down and return its key."""
    with acting(house, world, "privacy_officer", on) as work:
        child = queries.found(work, child_id=world.mine)
        said = RequestDetails(right, asker, Identity.KNOWN, on, "Zqxasked", name)
        row = actions.register(work, world.mine, child.card.birth, said)
        return row.id


def row_of(work, request_id):
    return queries.request(work, request_id)


def sent(**more):
    return {
        "right": "access",
        "asker": "child",
        "identity": "known",
        "received_on": "24-11-2026",
        "asked": "Ik wil alles zien",
        "asker_name": "",
        "identity_note": "",
        "once": "",
    } | more


@ON_SQLITE
def test_the_desk_finds_a_child_by_its_whole_v_number_and_sees_no_file(as_, world):
    client = as_("privacy_officer")
    answer = client.post("/inzage", {"v_number": "990 000 0001"})
    assert answer.location == f"/inzage/{world.mine}"
    shown = client.get(answer.location).text
    assert "Zqxgiven Noor Zqxfamily, 16 jaar" in shown
    assert "azc Hier" not in shown
    assert "zqx-school" not in shown


@pytest.mark.parametrize("typed", ["9900000099", "Zqxgiven", "990000000"])
@ON_SQLITE
def test_no_other_number_and_no_name_finds_anybody(as_, typed):
    answer = as_("privacy_officer").post("/inzage", {"v_number": typed})
    assert answer.status_code == 200
    assert "field__error" in answer.text
    assert typed in answer.text


def test_a_request_is_written_down_once_and_its_month_begins(as_, world):
    client = as_("privacy_officer")
    page = client.get(f"/inzage/{world.mine}/verzoek").text
    once = page.split('name="once"')[1].split('value="')[1].split('"')[0]
    first = client.post(f"/inzage/{world.mine}/verzoek", sent(once=once))
    again = client.post(f"/inzage/{world.mine}/verzoek", sent(once=once))
    shown = client.get(first.location).text
    assert "Antwoord uiterlijk 24 december." in shown
    assert "Ik wil alles zien" in shown
    assert again.location == f"/inzage/{world.mine}"
    assert client.get("/verzoeken").text.count("Zqxgiven Noor Zqxfamily, 16 jaar") == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"received_on": "25-11-2026"}, "Kies 24-11-2026 of eerder"),
        ({"asker": "guardian"}, "Vul de naam in van wie het vraagt."),
        ({"asked": ""}, "Schrijf op wat er gevraagd is."),
        ({"right": ""}, "Kies wat er gevraagd is."),
    ],
)
@ON_SQLITE
def test_what_lacks_is_said_and_what_was_typed_stays(as_, world, wrong, words):
    answer = as_("privacy_officer").post(
        f"/inzage/{world.mine}/verzoek", sent(identity_note="pas van het COA", **wrong)
    )
    assert words in answer.text
    assert "pas van het COA" in answer.text


@pytest.mark.parametrize(
    ("asker", "words"),
    [
        (Asker.CHILD, ("Jeugdwet (12 en 16 jaar): het kind zelf mag dit vragen.",
                       "Privacywet (16 jaar): het kind zelf mag dit vragen.")),
        (Asker.PARENT, ("Jeugdwet (12 en 16 jaar): een ouder mag dit niet vragen.",
                        "Op deze leeftijd mag deze persoon dit niet vragen.")),
        (Asker.OTHER, ("Nodig is schriftelijke toestemming van: het kind zelf.",)),
    ],
)  # fmt: skip
@ON_SQLITE
def test_the_page_says_of_both_laws_whether_this_person_may(as_, house, world, asker, words):
    key = asked(house, world, asker=asker, name="Zqxasker")
    shown = as_("privacy_officer").get(f"/verzoeken/{key}").text
    for one in words:
        assert one in shown, one


def test_a_request_that_no_law_allows_is_refused_and_not_answered(house, world):
    key = asked(house, world, asker=Asker.PARENT, name="Zqxasker")
    with acting(house, world, "privacy_officer") as work:
        row = row_of(work, key)
        with pytest.raises(RightRefusedError) as refused:
            actions.close(work, row, row.version, RequestState.ANSWERED, "Zqxanswer")
        assert refused.value.code is Refusal.NOT_ALLOWED
        actions.close(work, row, row.version, RequestState.REFUSED, "Zqxtoo old for that")
    with acting(house, world, "privacy_officer") as work:
        row = row_of(work, key)
        assert (row.state, row.closed_at) == ("refused", NOW)
        assert row.facts.answer == "Zqxtoo old for that"
        with pytest.raises(RightRefusedError):
            actions.close(work, row, row.version, RequestState.WITHDRAWN, "Zqxagain")


@ON_SQLITE
def test_an_extension_comes_within_the_month_once_and_lasts_two_more(house, world):
    key = asked(house, world)
    with acting(house, world, "privacy_officer", date(2026, 12, 24)) as work:
        row = row_of(work, key)
        actions.extend(work, row, row.version, "Zqxmany papers")
        assert row.due_on == date(2027, 2, 24)
        with pytest.raises(RightRefusedError) as refused:
            actions.extend(work, row, row.version, "Zqxonce more")
        assert refused.value.code is Refusal.EXTENDED_ALREADY


@ON_SQLITE
def test_after_the_month_it_is_too_late_to_extend(house, world):
    key = asked(house, world)
    with acting(house, world, "privacy_officer", date(2026, 12, 25)) as work:
        row = row_of(work, key)
        with pytest.raises(RightRefusedError) as refused:
            actions.extend(work, row, row.version, "Zqxmany papers")
        assert refused.value.code is Refusal.TOO_LATE_TO_EXTEND


@ON_SQLITE
def test_who_asks_is_told_before_it_is_extended(as_, house, world):
    key = asked(house, world)
    client = as_("privacy_officer")
    answer = client.post(
        f"/verzoeken/{key}/verlengen", {"version": "1", "because": "Heel veel papier"}
    )
    assert "Vertel het eerst, en vink dit dan aan." in answer.text
    assert "Heel veel papier" in answer.text
    client.post(
        f"/verzoeken/{key}/verlengen",
        {"version": "1", "because": "Heel veel papier", "told": "yes"},
    )
    shown = client.get(f"/verzoeken/{key}").text
    assert "Antwoord uiterlijk 24 februari 2027." in shown
    assert "Eén keer verlengd" in shown


@ON_SQLITE
def test_of_two_people_who_close_a_request_the_second_is_refused(house, world):
    key = asked(house, world)
    with acting(house, world, "privacy_officer") as work:
        row = row_of(work, key)
        with pytest.raises(LostRaceError):
            actions.close(work, row, row.version + 1, RequestState.REFUSED, "Zqxreasons")


def late_notices(house):
    work = house.work(SYSTEM)
    found = work.session.scalars(select(Notice).where(Notice.event == "RequestOverdue")).all()
    work.session.close()
    return [(row.account_id, row.object_id, row.child_id) for row in found]


@pytest.mark.parametrize(("day", "many"), [(date(2026, 12, 24), 0), (date(2026, 12, 25), 1)])
def test_the_officer_is_told_once_from_the_day_after_the_last(house, world, day, many):
    key = asked(house, world)
    at = replace(house, now=lambda: NOW + (day - TODAY))
    for _ in range(2):
        watch(lambda: at.work(SYSTEM))
    expected = [(world.accounts["privacy_officer"], key, None)] * many
    assert late_notices(house) == expected


@ON_SQLITE
def test_a_late_answer_is_red_on_today_of_the_officer_and_leads_to_the_request(
    as_, app, house, world
):
    key = asked(house, world, on=TODAY - timedelta(days=40))
    watch(lambda: house.work(SYSTEM))
    client = as_("privacy_officer")
    shown = client.get("/privacy").text
    assert "Het antwoord is te laat" in shown
    assert "tile--critical" in shown
    assert "count--crit" in shown
    assert "Het antwoord op een verzoek is te laat" in shown
    opens = shown.split('action="/berichten/')[1].split('"')[0]
    assert client.post(f"/berichten/{opens}").location == f"/verzoeken/{key}"


@ON_SQLITE
def test_today_is_calm_when_nobody_asked(as_):
    shown = as_("privacy_officer").get("/privacy").text
    assert "Er is geen verzoek open." in shown
    assert "count--crit" not in shown
    assert as_("privacy_officer").get("/").location == "/privacy"


@pytest.mark.parametrize("who", ["cpk", "guardian", "coordinator", "national", "administrator"])
@ON_SQLITE
def test_nobody_else_works_at_the_desk(as_, house, world, who):
    key = asked(house, world)
    for path in ("/privacy", "/inzage", f"/inzage/{world.mine}", "/verzoeken", f"/verzoeken/{key}"):
        assert as_(who).client.get(path).status_code == 403, path
