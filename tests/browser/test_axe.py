"""Axe finds nothing on any page of the house, in both languages, on a desktop and a small phone.

Each page is opened by somebody who may; then the form on it is sent with nothing in it.
"""

from typing import Final

import pytest

from tests import census
from tests.browser.looking import EVERY_SIZE, faults, send_empty
from tests.browser.visitors import SMALL_PHONE
from tests.browser.walking import Walker
from tests.ground import ROLES

pytestmark = pytest.mark.browser

JUDGED: Final = {"nl": EVERY_SIZE, "en": (SMALL_PHONE,)}
"""In which sizes axe judges each language: in English the words differ, and they are tightest on a phone.

A form that was sent empty says more words in the same frame: axe judges that on a phone.
"""

NO_PAGES: Final = frozenset({
    "accounts.approve", "accounts.ask_reset", "accounts.end_leave", "accounts.end_session",
    "accounts.end_sessions", "accounts.my_language", "accounts.new_app",
    "accounts.new_passkey_question", "accounts.passkey_question", "accounts.sign_out",
    "accounts.sign_out_account", "audit.go_on", "casefile.accepted", "casefile.arrived",
    "casefile.departed", "casefile.stop_emergency", "continuity.impact_sheet", "continuity.right",
    "continuity.take", "continuity.take_load", "exchange.brought", "exchange.decide",
    "exchange.example", "exchange.left_out", "moves.confirm", "moves.send", "notices.drop",
    "notices.open_one", "notices.read", "notices.resend", "notices.resend_all",
    "observations.action_done", "people.reopen", "privacy.looks_file", "privacy.package",
    "privacy.who_saw_file", "static", "web.browser_report", "web.language",
})  # fmt: skip
"""What has an address and no page: a button's work, or a file."""

NO_PAGE_BY_GET: Final = frozenset({
    "exchange.brought", "exchange.example", "exchange.left_out", "privacy.looks_file",
    "privacy.who_saw_file", "static",
})  # fmt: skip
"""Of these, what is opened all the same: a file, or a step to another page."""


@pytest.mark.parametrize("endpoint", sorted(set(census.CENSUS) - NO_PAGES))
def test_nothing_is_in_the_way_of_anybody_on_this_page(walker: Walker, endpoint: str) -> None:
    who, address = walker.who_may(endpoint)
    path = walker.path(endpoint, address)
    for language, judged in JUDGED.items():
        walker.become(who, language)
        assert walker.open(path) == 200
        assert faults(walker.page, judged) == []
        if send_empty(walker.page):
            assert faults(walker.page, (SMALL_PHONE,)) == []


@pytest.mark.parametrize("who", ROLES)
def test_nothing_is_in_the_way_of_this_role_on_its_first_page(walker: Walker, who: str) -> None:
    walker.become(who)
    assert walker.open("/") == 200
    assert faults(walker.page) == []


def test_what_has_no_page_is_known(walker: Walker) -> None:
    rules = walker.site.app.url_map.iter_rules()
    without = {rule.endpoint for rule in rules if "GET" not in (rule.methods or ())}
    assert without | NO_PAGE_BY_GET == NO_PAGES


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("<p><button></button></p>", "button-name"),
        ("<p class='nowrap'>" + "x" * 200 + "</p>", "320: too wide"),
        ("<p class='nowrap'>" + "x" * 100 + "</p>", "large text: too wide"),
    ],
)
def test_what_is_in_the_way_is_found(walker: Walker, planted: str, found: str) -> None:
    walker.become("coordinator")
    walker.open("/vandaag")
    walker.page.evaluate(
        "text => document.querySelector('main').insertAdjacentHTML('beforeend', text)", planted
    )
    assert any(found in one for one in faults(walker.page))
