"""What a child says beside the record: word for word, beside its chapter, taken back but never changed."""

import pytest

from caseapp.domain.intents.privacy import StatementDetails
from caseapp.domain.policy import Actor
from caseapp.domain.privacy_rights import Asker, Chapter, Refusal, RightRefusedError
from caseapp.privacy import actions, queries
from caseapp.schooling import queries as schooling
from tests.acting import acting
from tests.world import TODAY

SYSTEM = Actor(None, "test", everywhere=True)
WORDS = "Zqxik ging wel naar school"
ON_SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


def said(chapter=Chapter.SCHOOL, text=WORDS):
    return StatementDetails(chapter, Asker.CHILD, TODAY, text)


def stated(house, world, **more):
    with acting(house, world, "guardian") as work:
        return actions.record_statement(work, world.mine, said(**more)).id


def sent(**more):
    given = {"once": "", "chapter": "school", "by": "child", "on": "24-11-2026", "text": WORDS}
    return given | more


@pytest.mark.parametrize("who", ["cpk", "guardian", "coordinator"])
@ON_SQLITE
def test_who_sees_the_child_writes_down_what_it_says(as_, world, who):
    client = as_(who)
    answer = client.post(f"/kinderen/{world.mine}/verklaring", sent())
    assert answer.location == f"/kinderen/{world.mine}"
    shown = client.get(answer.location).text
    assert WORDS in shown
    assert "School – Het kind zelf, op 24-11-2026" in shown
    assert "1 verklaring ernaast" in shown


@ON_SQLITE
def test_the_record_itself_stays_as_it_was(house, world):
    work = house.work(SYSTEM, writes=False)
    before = [(row.version, row.facts) for row in schooling.records(work, world.mine)]
    work.session.close()
    stated(house, world)
    work = house.work(SYSTEM, writes=False)
    assert [(row.version, row.facts) for row in schooling.records(work, world.mine)] == before
    work.session.close()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"on": "25-11-2026"}, "Kies 24-11-2026 of eerder"),
        ({"chapter": ""}, "Kies het deel van het dossier."),
        ({"by": ""}, "Kies wie het zegt."),
        ({"text": " "}, "Schrijf op wat er gezegd is."),
    ],
)
@ON_SQLITE
def test_what_lacks_is_asked_for(as_, world, wrong, words):
    assert words in as_("cpk").post(f"/kinderen/{world.mine}/verklaring", sent(**wrong)).text


def test_a_statement_is_taken_back_once_and_stays_in_the_history(as_, house, world):
    key = stated(house, world)
    client = as_("guardian")
    page = f"/kinderen/{world.mine}/verklaring/{key}/intrekken"
    assert WORDS in client.get(page).text
    client.post(page, {"version": "1"})
    assert WORDS not in client.get(f"/kinderen/{world.mine}").text
    work = house.work(SYSTEM)
    (row,) = queries.statements(work, world.mine, withdrawn_too=True)
    assert (row.withdrawn_on, row.facts.text) == (TODAY, WORDS)
    with pytest.raises(RightRefusedError) as refused:
        actions.withdraw_statement(work, row, row.version)
    assert refused.value.code is Refusal.WITHDRAWN
    work.session.close()


def test_words_that_ask_for_a_correction_stand_beside_the_file_from_the_desk(as_, house, world):
    client = as_("privacy_officer")
    answer = client.post(
        f"/inzage/{world.mine}/verzoek",
        {
            "right": "correction",
            "asker": "child",
            "identity": "known",
            "received_on": "24-11-2026",
            "asked": "De school klopt niet",
            "asker_name": "",
            "identity_note": "",
            "once": "",
        },
    )
    assert "Verklaring opschrijven" in client.get(answer.location).text
    client.post(f"{answer.location}/verklaring", sent())
    work = house.work(SYSTEM, writes=False)
    (row,) = queries.statements(work, world.mine)
    assert str(row.request_id) == answer.location.rsplit("/", 1)[1]
    work.session.close()
    assert WORDS in as_("guardian").get(f"/kinderen/{world.mine}").text


@ON_SQLITE
def test_reasons_of_a_refused_correction_stay_with_the_request(as_, house, world):
    client = as_("privacy_officer")
    form = {"right": "correction", "asker": "child", "identity": "known", "once": ""}
    more = {"received_on": "24-11-2026", "asked": "Anders", "asker_name": "", "identity_note": ""}
    page = client.post(f"/inzage/{world.mine}/verzoek", form | more).location
    why = {"version": "1", "how": "refused", "answer": "De arts schreef het zo op."}
    client.post(f"{page}/afsluiten", why)
    shown = client.get(page).text
    assert "De arts schreef het zo op." in shown
    assert "Geweigerd" in shown


@ON_SQLITE
@pytest.mark.parametrize(
    ("who", "status"), [("cpk_far", 404), ("cpk_beside", 404), ("monitor", 403)]
)
def test_nobody_else_reads_or_writes_one(as_, house, world, who, status):
    key = stated(house, world)
    for path in ("verklaring", f"verklaring/{key}/intrekken"):
        answer = as_(who).client.get(f"/kinderen/{world.mine}/{path}")
        assert answer.status_code == status
    assert WORDS not in as_(who).client.get(f"/kinderen/{world.mine}").text


@ON_SQLITE
def test_a_statement_beside_another_childs_file_is_not_there(as_, house, world):
    key = stated(house, world)
    answer = as_("national").client.get(f"/kinderen/{world.far}/verklaring/{key}/intrekken")
    assert answer.status_code == 404
