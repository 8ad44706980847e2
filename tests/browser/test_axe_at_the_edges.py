"""Axe finds nothing where pages are seldom: where nothing is there yet, and where something went wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

import pytest
from playwright.sync_api import expect
from sqlalchemy import create_engine

from caseapp.accounts import actions as accounts
from caseapp.casefile import actions as casefile
from caseapp.domain.intents.accounts import AccountDetails, GrantWish
from caseapp.domain.intents.people import ChildDetails
from caseapp.domain.policy import Actor, Role, ScopeKind
from tests.acting import acting
from tests.browser.looking import faults, send_empty
from tests.browser.serving import begin_session
from tests.browser.walking import Walker
from tests.world import TODAY

pytestmark = pytest.mark.browser

LANGUAGES: Final = ("nl", "en")
NOBODY: Final = "/kinderen/01990000-0000-7000-8000-0000000000ff"
TOO_MUCH: Final = "x" * (3 * 1024 * 1024)


def is_fine_in_both_languages(walker: Walker, who: str | None, show: Callable[[], None]) -> None:
    for language in LANGUAGES:
        walker.become(who, language)
        show()
        assert faults(walker.page) == []


@pytest.mark.parametrize("path", ["/vandaag", "/kinderen", "/berichten", "/verhuizingen"])
def test_a_page_of_somebody_with_no_child_is_in_nobodys_way(walker: Walker, path: str) -> None:
    work = walker.site.machine.work(Actor(account_id=None, name="test", everywhere=True))
    said = AccountDetails("Staff alone", "alone@example.org", Role.GUARDIAN, "nidos")
    account_id = accounts.open_account(work, said).id
    accounts.approve_grant(
        work, accounts.ask_grant(work, GrantWish(account_id, ScopeKind.NONE, None))
    )
    work.commit()
    work.session.close()
    walker.tokens["alone"] = begin_session(walker.site.machine, account_id)
    is_fine_in_both_languages(walker, "alone", lambda: _shown(walker, path, 200))


@pytest.mark.parametrize(
    "path",
    [
        "/signaleringen?stuk=AFT-1",
        "/kinderen?soort=AFT-1",
        "/accounts?rol=monitor&stand=gesloten",
        "/verhuizingen?stand=departed",
    ],
)
def test_a_list_with_nothing_left_in_it_is_in_nobodys_way(walker: Walker, path: str) -> None:
    is_fine_in_both_languages(walker, "coordinator", lambda: _shown(walker, path, 200))


def test_the_file_of_a_child_that_just_came_is_in_nobodys_way(walker: Walker) -> None:
    world = walker.ground.world
    with acting(walker.site.machine, world, "cpk") as work:
        details = ChildDetails(
            "9900000099", "Nieuw", "Kind", date(2016, 5, 1), "day", "declared", unaccompanied=False
        )
        child_id = casefile.register(work, details, world.locations["AZC-HERE"], TODAY)
    chapters = ("", "/zorg", "/school", "/observaties", "/voogdij", "/signaleringen", "/gezin")
    for chapter in chapters:
        is_fine_in_both_languages(
            walker, "cpk", lambda at=chapter: _shown(walker, f"/kinderen/{child_id}{at}", 200)
        )


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [("cpk", NOBODY, 404), ("monitor", "/kinderen", 403), ("cpk", "/geen-bladzijde", 404)],
)
def test_a_page_that_is_refused_is_in_nobodys_way(
    walker: Walker, who: str, path: str, status: int
) -> None:
    is_fine_in_both_languages(walker, who, lambda: _shown(walker, path, status))


def test_a_page_that_is_sent_without_its_token_is_in_nobodys_way(walker: Walker) -> None:
    def show() -> None:
        _shown(walker, "/account/wachtwoord", 200)
        walker.page.evaluate(
            "document.querySelectorAll('[name=csrf_token]').forEach(one => one.remove())"
        )
        assert send_empty(walker.page)
        expect(walker.page.locator("h1")).to_be_visible()
        assert walker.page.locator(".summary-of-errors").count() == 0

    is_fine_in_both_languages(walker, "cpk", show)


def test_a_page_that_is_sent_with_too_much_is_in_nobodys_way(walker: Walker) -> None:
    def show() -> None:
        _shown(walker, walker.path("observations.record_for", {"child_id": child}), 200)
        walker.page.locator("#text").evaluate("(field, text) => { field.value = text; }", TOO_MUCH)
        with walker.page.expect_navigation() as answer:
            walker.page.locator("main form").evaluate("form => form.submit()")
        assert answer.value.status == 413

    child = walker.ground.world.mine
    is_fine_in_both_languages(walker, "cpk", show)


def test_too_many_attempts_to_get_in_are_answered_in_nobodys_way(walker: Walker) -> None:
    def show() -> None:
        for _ in range(20):
            _shown(walker, "/inloggen", 200)
            walker.page.locator("#email").fill("cpk@example.org")
            walker.page.locator("#password").fill("not this one")
            with walker.page.expect_navigation() as answer:
                walker.page.locator("main form").evaluate("form => form.submit()")
            if answer.value.status == 429:
                return
        raise AssertionError("attempts are never too many")

    is_fine_in_both_languages(walker, None, show)


def test_a_fault_of_ours_is_in_nobodys_way(walker: Walker) -> None:
    machine = walker.site.machine
    walker.site.house(replace(machine, settings=replace(machine.settings, page_size=0)))
    is_fine_in_both_languages(walker, "cpk", lambda: _shown(walker, "/verhuizingen", 500))


def test_a_database_that_does_not_answer_is_in_nobodys_way(walker: Walker) -> None:
    for language in LANGUAGES:
        walker.become("cpk", language)
        machine = walker.site.machine
        walker.site.house(replace(machine, engine=create_engine("sqlite://")))
        _shown(walker, "/vandaag", 503)
        assert faults(walker.page) == []
        walker.site.house(machine)


def _shown(walker: Walker, path: str, status: int) -> None:
    assert walker.open(path) == status
