"""Destroying a file on the pages: what would go, a second person, a last question, and then for good."""

from uuid import UUID

import pytest

from caseapp.accounts import queries as accounts
from caseapp.accounts.actions import two_people
from caseapp.domain.intents.privacy import RequestDetails
from caseapp.domain.policy import Actor
from caseapp.domain.privacy_rights import Asker, Identity, Right
from caseapp.people.models import Child
from caseapp.privacy import actions, queries
from caseapp.privacy.actions import destroying
from caseapp.tables import METADATA
from tests.acting import acting
from tests.meta.rows import add
from tests.world import TODAY

SYSTEM = Actor(None, "test", everywhere=True)
ON_SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


@pytest.fixture
def asked(house, world):
    """Write down that `mine` wants its file destroyed, and return the page of the request."""
    with acting(house, world, "privacy_officer") as work:
        child = queries.found(work, child_id=world.mine)
        said = RequestDetails(Right.ERASURE, Asker.CHILD, Identity.KNOWN, TODAY, "Zqxaway with it")
        return f"/verzoeken/{actions.register(work, world.mine, child.card.birth, said).id}"


def ask(client, page):
    form = {"version": "1", "because": "Het kind vraagt het zelf"}
    return client.post(f"{page}/vernietigen/vragen", form)


def agree(house, world, page, who="national"):
    with acting(house, world, who) as work, work.beyond("a second person"):
        row = queries.request(work, page_key(page))
        together = accounts.two_people(work, row.together_id)
        two_people.decide(work, together, None, True)


def page_key(page):

    return UUID(page.rsplit("/", 1)[1])


@ON_SQLITE
def test_the_page_says_what_goes_what_stays_and_until_when_the_law_keeps_it(as_, asked):
    shown = as_("privacy_officer").get(asked).text
    for words in ("Wat weg gaat", "Wat blijft", "Volgens de wet blijft dit dossier bewaard tot"):
        assert words in shown, words


def test_a_file_goes_for_good_when_two_people_agreed_and_the_request_closes(
    as_, house, world, asked
):
    client = as_("privacy_officer")
    assert ask(client, asked).location == asked
    agree(house, world, asked)
    assert "Het kan één keer" in client.get(asked).text
    answer = client.post(f"{asked}/vernietigen", {"version": "2", "sure": "yes"})
    assert answer.location == asked
    shown = client.get(asked).text
    assert "Het dossier is vernietigd." in shown
    assert "Beantwoord" in shown
    assert "De woorden van dit verzoek zijn niet meer te lezen." in shown
    assert "Zqxaway" not in shown
    assert client.client.get(f"/inzage/{world.mine}").status_code == 404
    assert client.get(f"/inzage/{world.beside}").status_code == 200
    work = house.work(SYSTEM, writes=False)
    assert work.session.get(Child, world.mine) is None
    work.session.close()


@ON_SQLITE
def test_it_is_asked_once_more_before_it_is_done(as_, house, world, asked):
    client = as_("privacy_officer")
    ask(client, asked)
    agree(house, world, asked)
    answer = client.post(f"{asked}/vernietigen", {"version": "2"})
    assert "Vink dit aan als je het zeker weet." in answer.text
    assert client.get(f"/inzage/{world.mine}").status_code == 200


@ON_SQLITE
def test_without_the_second_person_nothing_is_destroyed(as_, world, asked):
    client = as_("privacy_officer", language="en")
    ask(client, asked)
    answer = client.post(f"{asked}/vernietigen", {"version": "2", "sure": "yes"})
    assert "A second person has not agreed to this yet." in answer.text
    assert client.get(f"/inzage/{world.mine}").status_code == 200


@ON_SQLITE
def test_while_the_trail_is_broken_nothing_is_destroyed(as_, house, world, asked):
    client = as_("privacy_officer")
    ask(client, asked)
    agree(house, world, asked)
    with house.engine.begin() as db:
        add(db, METADATA.tables["audit_break"], acknowledged_at=None)
    answer = client.post(f"{asked}/vernietigen", {"version": "2", "sure": "yes"})
    assert "Het logboek van wie wat deed is beschadigd." in answer.text
    assert client.get(f"/inzage/{world.mine}").status_code == 200


@ON_SQLITE
def test_a_request_that_a_kill_left_open_is_closed_when_it_is_done_again(
    as_, house, world, asked, monkeypatch
):
    client = as_("privacy_officer")
    ask(client, asked)
    agree(house, world, asked)
    with monkeypatch.context() as killed:
        killed.setattr(destroying, "close_erased", None)
        killed.setattr(actions, "close_erased", lambda _work, _row: None)
        client.post(f"{asked}/vernietigen", {"version": "2", "sure": "yes"})
    assert "Antwoord uiterlijk" in client.get(asked).text
    assert client.post(f"{asked}/vernietigen", {"version": "2", "sure": "yes"}).location == asked
    assert "Beantwoord" in client.get(asked).text


@ON_SQLITE
def test_another_request_does_not_lead_to_an_erasure(as_, house, world):
    with acting(house, world, "privacy_officer") as work:
        child = queries.found(work, child_id=world.mine)
        said = RequestDetails(Right.OBJECTION, Asker.CHILD, Identity.KNOWN, TODAY, "Zqxstop it")
        key = actions.register(work, world.mine, child.card.birth, said).id
    answer = ask(as_("privacy_officer"), f"/verzoeken/{key}")
    assert "Dit is niet wat er gevraagd is." in answer.text
