"""Somebody with the password alone, on every route: the second step opens, and nothing else (attack 42)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from caseapp.accounts.actions.sessions import begun
from caseapp.domain.policy import Actor
from caseapp.domain.second_factor import Level
from tests.census import CENSUS, Everyone
from tests.meta.hall import TRAIL, Hall, routes
from tests.strict_client import TOKEN, StrictClient

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
SECOND_STEP = {"accounts.second_step", "accounts.recovery", "accounts.passkey_question"}
"""What the password opens to who has a second factor: how to prove it."""


@pytest.fixture
def password_only(hall: Hall) -> Iterator[StrictClient]:
    """Give the browser of `cpk` between the password and the second step."""
    work = hall.machine.work(Actor(account_id=None, name="test", everywhere=True))
    account = hall.ground.accounts["cpk"]
    token, _row = begun(work, account, "test", timedelta(hours=1), Level.PASSWORD)
    work.commit()
    work.session.close()
    browser = hall.app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
    yield StrictClient(browser)
    hall.put_back()


@pytest.mark.asvs("6.3.3", "8.2.1", "8.3.1")
@pytest.mark.attack(42)
def test_the_password_alone_opens_the_second_step_and_nothing_else(
    hall: Hall, password_only: StrictClient
) -> None:
    wrong = []
    page_of_step = password_only.client.get(hall.path("accounts.second_step", {}), buffered=True)
    found_token = TOKEN.search(page_of_step.get_data(as_text=True))
    assert found_token is not None
    token = {"csrf_token": found_token[1]}
    for endpoint, method in routes(hall.app):
        page = CENSUS[endpoint]
        if page.needs is Everyone.ANYBODY or endpoint in SECOND_STEP or method == "HEAD":
            continue
        _case, address = next(iter(page.about.cases(hall.ground, "cpk")))
        path = hall.path(endpoint, address, method)
        hall.statements.clear()
        sent = None if method == "GET" else token
        answer = password_only.client.open(path, method=method, data=sent, buffered=True)
        ways = {(303, "/inloggen/tweede-stap") if method == "GET" else (401, "")}
        found = (answer.status_code, (answer.location or "").partition("?")[0])
        if found not in ways or hall.written - TRAIL - {"user_session"}:
            wrong.append(f"{method} {path}: {found} {hall.written}")
    assert wrong == []
