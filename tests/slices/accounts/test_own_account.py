"""The own account: an own password, the own sessions, the own language."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from caseapp.accounts import actions, queries
from caseapp.domain.intents.accounts import AccountDetails
from caseapp.domain.policy import Actor, Role
from caseapp.kernel.machine import Machine
from caseapp.kernel.passwords import passwords
from tests.strict_client import StrictClient
from tests.world import NOW, PASSWORD, World

NEW = "drie paarse olifanten"
FIRST = "abcd-efgh-jkmn-pqrs"
ENDING = re.compile(r"/account/sessies/[0-9a-f-]+/beeindigen")
As = Callable[..., StrictClient]


def change(client: StrictClient, old: str, new: str, again: str | None = None):
    form = {"old": old, "new": new, "again": new if again is None else again}
    return client.post("/account/wachtwoord", form)


def enters(house: Machine, password: str, email: str = "cpk@example.org") -> bool:
    knock = actions.Knock(email, password, "192.0.2.77")
    return actions.enter(house, knock).entered is not None


def test_my_page_says_who_i_am_and_where_i_am_signed_in(as_: As) -> None:
    page = as_("cpk").get("/account").get_data(as_text=True)
    assert "Staff cpk" in page
    assert "cpk@example.org" in page
    assert "azc Hier" in page
    assert "deze browser" in page


@pytest.mark.asvs("6.2.2")
def test_another_password_ends_every_other_session_but_not_this_one(as_: As, house) -> None:
    here, elsewhere = as_("cpk"), as_("cpk")
    assert elsewhere.get("/account").status_code == 200
    assert change(here, PASSWORD, NEW).status_code == 303
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert enters(house, NEW)
    assert not enters(house, PASSWORD)


@pytest.mark.asvs("6.2.3")
def test_the_old_password_has_to_be_right(as_: As, house) -> None:
    answer = change(as_("cpk"), "wrong", NEW)
    assert "Dit is niet het wachtwoord dat je nu hebt." in answer.get_data(as_text=True)
    assert enters(house, PASSWORD)


def test_the_new_password_is_typed_twice_the_same_and_is_not_weak(as_: As, house) -> None:
    client = as_("cpk")
    for new, again in ((NEW, NEW + "x"), ("welkom123456", "welkom123456"), (PASSWORD, PASSWORD)):
        answer = change(client, PASSWORD, new, again)
        assert answer.status_code == 200
        assert "field__error" in answer.get_data(as_text=True)
    assert enters(house, PASSWORD)


def test_guessing_the_old_password_from_a_stolen_session_has_to_wait(as_: As) -> None:
    client = as_("cpk")
    for _ in range(5):
        assert change(client, "wrong", NEW).status_code == 200
    assert change(client, PASSWORD, NEW).status_code == 429


def test_a_first_password_opens_nothing_but_the_page_to_replace_it(
    app: Flask, house: Machine, as_: As
) -> None:
    work = house.work(Actor(None, "test", everywhere=True))
    row = actions.open_account(work, AccountDetails("Nieuw", "new@example.org", Role.ADMINISTRATOR))
    actions.set_password(work, row, passwords(house.settings).hash(FIRST), initial=True)
    work.commit()
    work.session.close()
    client = StrictClient.signed_in(app, house, row.id)
    led = client.get("/accounts")
    assert (led.status_code, led.location) == (303, "/account/wachtwoord")
    assert client.post("/accounts/nieuw", {"name": "Nog een"}).status_code == 403
    assert change(client, FIRST, NEW).status_code == 303
    assert client.get("/accounts").status_code == 200


def test_a_first_password_works_for_a_week(house: Machine, world: World) -> None:
    work = house.work(Actor(None, "test", everywhere=True))
    row = queries.account(work, world.accounts["cpk"])
    assert row is not None
    actions.set_password(work, row, passwords(house.settings).hash(FIRST), initial=True)
    work.commit()
    work.session.close()
    week = timedelta(days=7)
    assert enters(replace(house, now=lambda: NOW + week - timedelta(seconds=1)), FIRST)
    assert not enters(replace(house, now=lambda: NOW + week), FIRST)


def test_a_lost_browser_is_signed_out_from_here(as_: As) -> None:
    here, lost = as_("cpk"), as_("cpk")
    (address,) = ENDING.findall(here.get("/account").get_data(as_text=True))
    assert here.post(address).status_code == 303
    assert here.get("/account").status_code == 200
    assert lost.get("/account").status_code == 303


def test_all_other_browsers_are_signed_out_at_once(as_: As) -> None:
    here, one, other = as_("cpk"), as_("cpk"), as_("cpk")
    assert here.post("/account/sessies/beeindigen").status_code == 303
    assert [c.get("/account").status_code for c in (here, one, other)] == [200, 303, 303]


def test_a_session_of_somebody_else_is_not_there(as_: As, house: Machine, world: World) -> None:
    other = as_("coordinator")
    work = house.work(Actor(None, "test"), writes=False)
    (row,) = queries.sessions_of(work, world.accounts["coordinator"])
    work.session.close()
    assert as_("cpk").post(f"/account/sessies/{row.id}/beeindigen").status_code == 404
    assert other.get("/account").status_code == 200


def test_my_language_goes_with_me_to_every_browser(app: Flask, as_: As, house, world) -> None:
    assert as_("cpk").post("/account/taal", {"language": "en"}).status_code == 303
    entered = actions.enter(house, actions.Knock("cpk@example.org", PASSWORD, "192.0.2.7")).entered
    assert entered is not None
    assert entered.language == "en"


def test_a_language_that_we_do_not_have_changes_nothing(as_: As, house: Machine) -> None:
    as_("cpk").post("/account/taal", {"language": "xx"})
    entered = actions.enter(house, actions.Knock("cpk@example.org", PASSWORD, "192.0.2.7")).entered
    assert entered is not None
    assert entered.language == "nl"
