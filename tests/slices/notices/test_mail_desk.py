"""Choosing how to be mailed, and the desk for mails that did not arrive."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from caseapp.domain.mailing import LetterState, Trouble
from caseapp.kernel.machine import Machine
from caseapp.notices.models import Letter
from tests.mail.outbox import Outbox
from tests.strict_client import StrictClient
from tests.world import World

As = Callable[..., StrictClient]


@pytest.fixture
def box(house: Machine, world: World) -> Outbox:
    """Give an outbox with a mail that was given up, and one that waits."""
    box = Outbox(house).quiet()
    box.tell(world.accounts["cpk"], child=world.mine, severity="critical")
    box.make()
    box.do(
        update(Letter).values(
            state=LetterState.DEAD, trouble=Trouble.REFUSED, reply=550, tries=1, tried_at=box.at
        )
    )
    box.tell(world.accounts["guardian"], child=world.mine)
    box.make()
    return box


def states(box: Outbox) -> list[str]:
    """Return where each mail stands."""
    return [one.state for one in box.letters()]


def test_the_desk_sees_to_whom_and_why_not_and_never_about_whom(
    as_: As, box: Outbox, world: World
) -> None:
    page = as_("administrator").get("/systeem/mail").text
    assert "De mailserver weigerde deze mail." in page
    assert "Antwoord 550." in page
    assert "1 bericht, 1 ernstig" in page
    assert "Staff cpk" in page
    assert "Mail staat uit op deze machine." in page
    assert "Zqx" not in page
    assert str(world.mine) not in page
    english = as_("administrator")
    english.post("/taal", data={"language": "en"})
    assert "The mail server refused this mail." in english.get("/systeem/mail").text


def test_a_mail_goes_again_once_however_often_the_button_is_pressed(as_: As, box: Outbox) -> None:
    client = as_("administrator")
    dead = box.letters()[0]
    for _press in range(2):
        assert client.post(f"/systeem/mail/{dead.id}/opnieuw").status_code == 303
    assert states(box) == [LetterState.WAITING, LetterState.WAITING]
    assert box.letters()[0].tries == 0
    assert "Er is niets veranderd" in client.get("/systeem/mail").text


def test_all_mails_go_again_together(as_: As, box: Outbox) -> None:
    box.do(update(Letter).values(state=LetterState.DEAD))
    page = as_("administrator").get("/systeem/mail").text
    assert "Stuur alles opnieuw" in page
    assert as_("administrator").post("/systeem/mail/opnieuw").status_code == 303
    assert states(box) == [LetterState.WAITING, LetterState.WAITING]


def test_a_mail_that_needs_not_be_sent_any_more_is_left_alone(as_: As, box: Outbox) -> None:
    client = as_("administrator")
    dead, waiting = box.letters()
    assert client.post(f"/systeem/mail/{dead.id}/vervalt").status_code == 303
    assert client.post(f"/systeem/mail/{waiting.id}/vervalt").status_code == 303
    assert states(box) == [LetterState.DROPPED, LetterState.WAITING]
    assert "Elke mail is aangekomen." in client.get("/systeem/mail").text


@pytest.mark.parametrize("who", ["cpk", "coordinator", "national", "monitor", "privacy_officer"])
def test_the_desk_is_the_administrators(as_: As, box: Outbox, who: str) -> None:
    assert as_(who).get("/systeem/mail").status_code == 403
    assert as_(who).post("/systeem/mail/opnieuw").status_code == 403
    assert as_(who).post(f"/systeem/mail/{box.letters()[0].id}/opnieuw").status_code == 403


def test_the_page_about_the_system_says_that_mails_were_lost(as_: As, box: Outbox) -> None:
    page = as_("administrator").get("/systeem").text
    assert "Mails die niet aankwamen" in page
    assert "/systeem/mail" in page
    assert "Werker op de achtergrond" in page


def test_somebody_chooses_and_finds_the_choice_again(as_: As, world: World) -> None:
    client = as_("cpk")
    assert "Meteen" in client.get("/account/mail").text
    sent = {"how": "daily", "quiet_from": "22", "quiet_to": "6"}
    assert client.post("/account/mail", data=sent).status_code == 303
    page = client.get("/account/mail").text
    assert "Je keuze is opgeslagen." in page
    assert 'value="daily" checked' in " ".join(page.split())
    assert "/account/mail" in client.get("/account").text


def test_a_choice_that_is_none_keeps_what_was_typed(as_: As) -> None:
    client = as_("cpk")
    page = client.post("/account/mail", data={"quiet_from": "22", "quiet_to": "6"}).text
    assert "Kies wanneer je een mail wilt." in page
    assert '<option value="22" selected' in " ".join(page.split())
    odd = {"how": "hourly", "quiet_from": "99", "quiet_to": "6"}
    assert client.post("/account/mail", data=odd).status_code in {200, 400}


def test_nobody_opens_a_message_to_somebody_else(as_: As, box: Outbox, world: World) -> None:
    [*_before, message] = box.notices(world.accounts["cpk"])
    path = f"/berichten/{message.id}/openen"
    assert as_("guardian").post(path).status_code == 404
    assert as_("cpk").post(path).status_code == 303
    assert box.notices(world.accounts["cpk"])[-1].read_at is not None
