"""Sessions: fixed, kept after their end, woken up, kept too long, stolen from a cookie (attacks 28-32)."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from caseapp.accounts import actions, queries
from caseapp.accounts.actions import sessions
from caseapp.accounts.models import Account, UserSession
from caseapp.app import create_app
from caseapp.domain.intents.accounts import AccountDetails, GrantWish
from caseapp.domain.policy import Role, ScopeKind
from caseapp.domain.second_factor import FORGET_ENDED_AFTER, FRESH_FOR, LASTING, MOST_SESSIONS
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from tests.codes import TEST, code_of, full_session, with_app
from tests.strict_client import TOKEN, StrictClient
from tests.world import NOW, PASSWORD, World

CPK = "cpk@example.org"
SECOND = "/inloggen/tweede-stap"
SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
As = Callable[..., StrictClient]
End = Callable[[Work, World], object]


def at(house: Machine, time: timedelta) -> Machine:
    return replace(house, now=lambda: NOW + time)


def lives(house: Machine, token: str, time: timedelta = timedelta(0)) -> bool:
    return queries.signed_in(at(house, time), token) is not None


def done(house: Machine, do: Callable[[Work], object]) -> None:
    work = house.work(TEST)
    try:
        do(work)
        work.commit()
    finally:
        work.session.close()


def tokens_of_a_way_in(app: Flask, house: Machine, world: World) -> list[str]:
    """Sign in, prove it again, change the password; return the token after each step."""
    with_app(house, world.accounts["cpk"])
    client = StrictClient(app.test_client(), is_signed_in=False)

    def posted(path: str, page: str, form: dict[str, str]) -> str:
        token = TOKEN.search(client.get(page).get_data(as_text=True))
        assert token is not None
        answer = client.client.post(path, data=form | {"csrf_token": token.group(1)})
        assert answer.status_code == 303, answer.get_data(as_text=True)
        with client.client.session_transaction() as cookie:
            return str(cookie["_user_id"])

    def code(later: Machine) -> str:
        app.extensions["caseapp"] = later
        return code_of(later, world.accounts["cpk"])

    def step(k: int) -> Machine:
        return at(house, k * timedelta(seconds=30))

    return [
        posted("/inloggen", "/inloggen", {"email": CPK, "password": PASSWORD}),
        posted(SECOND, SECOND, {"code": code(house)}),
        posted("/account/bewijs", "/account/bewijs", {"code": code(step(1))}),
        posted(
            "/account/wachtwoord",
            "/account/wachtwoord",
            {"old": PASSWORD, "new": "drie paarse olifanten", "again": "drie paarse olifanten"},
        ),
    ]


@pytest.mark.attack(28)
@pytest.mark.asvs("7.2.1", "7.2.2", "7.2.3", "7.2.4")
def test_each_rise_gives_another_token_and_the_one_before_is_dead(
    app: Flask, house: Machine, world: World
) -> None:
    tokens = tokens_of_a_way_in(app, house, world)
    assert len(set(tokens)) == len(tokens)
    assert [lives(house, token) for token in tokens] == [False, False, False, True]
    assert all(len(token) >= 43 for token in tokens)


@pytest.mark.attack(28, twin="the session before is not ended")
@SQLITE
def test_without_the_end_a_fixed_session_rises_too(
    house: Machine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "_end", lambda _work, _ids: True)
    before = full_session(house, world.accounts["cpk"])
    with Session(house.engine) as session:
        old = session.scalars(select(UserSession)).one().id
    done(
        house, lambda work: sessions.risen(work, work.session.get(UserSession, old), sessions.LASTS)
    )
    assert lives(house, before)


@pytest.mark.attack(28)
@SQLITE
def test_a_token_that_was_chosen_outside_is_nobody(house: Machine) -> None:
    assert not lives(house, "chosen-by-a-thief")


@pytest.mark.attack(28)
@pytest.mark.asvs("8.3.2")
def test_a_right_that_begins_gives_another_token(as_: As, house: Machine, world: World) -> None:
    client = as_("cpk")
    before = token_of(client)
    assert client.get("/account").status_code == 200
    assert token_of(client) == before
    later = at(house, timedelta(minutes=1))
    wish = GrantWish(world.accounts["cpk"], ScopeKind.LOCATION, str(world.locations["NO-BESIDE"]))
    done(later, lambda work: actions.approve_grant(work, actions.ask_grant(work, wish)))
    client.client.application.extensions["caseapp"] = later
    assert client.get("/account").status_code == 200
    assert token_of(client) != before
    assert not lives(later, before)


def token_of(client: StrictClient) -> str:
    with client.client.session_transaction() as cookie:
        return str(cookie["_user_id"])


def the_account(work: Work, world: World) -> Account:
    row = queries.account(work, world.accounts["cpk"])
    assert row is not None
    return row


def as_coordinator(work: Work, world: World) -> None:
    row = the_account(work, world)
    details = AccountDetails(row.name, row.reachable.email, Role.COORDINATOR, row.organisation)
    actions.correct_account(work, row, row.version, details)


ENDS: dict[str, End] = {
    "signed out": lambda work, world: actions.end_sessions(work, world.accounts["cpk"]),
    "password": lambda work, world: actions.set_password(work, the_account(work, world), "hash"),
    "closed": lambda work, world: actions.close_account(work, the_account(work, world)),
    "role": as_coordinator,
}


@pytest.mark.attack(29)
@pytest.mark.asvs("7.4.1", "7.4.2", "7.4.3", "8.3.2")
@pytest.mark.parametrize("why", ENDS)
def test_a_session_is_of_no_use_from_the_next_request_after_its_end(
    house: Machine, world: World, why: str
) -> None:
    tokens = [full_session(house, world.accounts["cpk"]) for _device in range(2)]
    done(house, lambda work: ENDS[why](work, world))
    assert not any(lives(house, token) for token in tokens)


@pytest.mark.attack(29, twin="nobody ends the sessions")
@SQLITE
@pytest.mark.parametrize("why", ["password", "role"])
def test_without_the_end_a_session_lives_on(
    house: Machine, world: World, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "_end", lambda _work, _ids: False)
    token = full_session(house, world.accounts["cpk"])
    done(house, lambda work: ENDS[why](work, world))
    assert lives(house, token)


@pytest.mark.attack(30)
@pytest.mark.asvs("7.4.1")
def test_a_slow_request_wakes_no_session_that_ended(house: Machine, world: World) -> None:
    token = full_session(house, world.accounts["cpk"])
    visit = queries.signed_in(house, token)
    assert visit is not None  # the slow request has looked already
    done(house, lambda work: actions.end_sessions(work, world.accounts["cpk"]))
    later = at(house, timedelta(minutes=2))
    actions.note_seen(later, visit.session_id)
    assert actions.renew(later, visit.session_id) is None
    assert not lives(later, token)


@pytest.mark.attack(30, twin="the sign of life writes the whole row back")
@SQLITE
def test_a_row_written_back_whole_would_wake_it(house: Machine, world: World) -> None:
    token = full_session(house, world.accounts["cpk"])
    done(house, lambda work: actions.end_sessions(work, world.accounts["cpk"]))
    with Session(house.engine) as session:
        session.execute(update(UserSession).values(seen_at=NOW, revoked_at=None))
        session.commit()
    assert lives(house, token)


SECONDS = timedelta(seconds=1)


def accounts_by_role(house: Machine) -> dict[Role, UUID]:
    """Return an account of each role."""
    with Session(house.engine) as session:
        rows = session.execute(select(Account.role, Account.id)).all()
        return {Role(role): key for role, key in rows}


@pytest.mark.attack(31)
@pytest.mark.asvs("7.3.1", "7.3.2")
def test_a_session_ends_by_itself_as_the_table_of_its_role_says(house: Machine) -> None:
    for role, key in accounts_by_role(house).items():
        token, lasting = full_session(house, key), LASTING[role]
        assert lives(house, token, lasting.idle - SECONDS), role
        assert not lives(house, token, lasting.idle), role
        with Session(house.engine) as session:
            used = update(UserSession).values(seen_at=NOW + lasting.whole - SECONDS)
            session.execute(used.where(UserSession.token_hash == queries.hash_of_token(token)))
            session.commit()
        assert lives(house, token, lasting.whole - SECONDS), role
        assert not lives(house, token, lasting.whole), role


@pytest.mark.attack(31)
@SQLITE
def test_a_clock_set_back_makes_no_session_longer(house: Machine, world: World) -> None:
    token = full_session(house, world.accounts["cpk"])
    for back in (timedelta(hours=1), timedelta(days=1), timedelta(days=3650)):
        assert not lives(house, token, -back)
    assert not lives(house, token, timedelta(days=3650))


@pytest.mark.attack(31)
@SQLITE
def test_a_proof_once_more_makes_no_session_longer(house: Machine, world: World) -> None:
    full_session(house, world.accounts["cpk"])
    with Session(house.engine) as session:
        before = session.scalars(select(UserSession)).one()
    later = at(house, timedelta(hours=3))
    done(later, lambda work: sessions.risen(work, before, sessions.LASTS))
    with Session(house.engine) as session:
        after = session.scalars(select(UserSession).where(UserSession.id != before.id)).one()
        assert after.ends_at == before.ends_at


@pytest.mark.attack(31, twin="nobody looks whether a session is over")
@SQLITE
def test_without_the_look_a_session_lives_for_ever(
    house: Machine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caseapp.accounts.queries.visits.is_live", lambda *_args: True)
    assert lives(house, full_session(house, world.accounts["cpk"]), timedelta(days=400))


@pytest.mark.asvs("7.1.2")
def test_one_session_too_many_ends_the_one_that_was_seen_longest_ago(
    house: Machine, world: World
) -> None:
    tokens = []
    for number in range(MOST_SESSIONS + 1):
        later = at(house, number * timedelta(minutes=1))
        tokens.append(full_session(later, world.accounts["cpk"]))
    after = timedelta(minutes=MOST_SESSIONS)
    assert [lives(house, token, after) for token in tokens] == [False] + [True] * MOST_SESSIONS


@SQLITE
def test_a_session_that_ended_is_forgotten_after_a_month_and_not_before(
    house: Machine, world: World
) -> None:
    full_session(house, world.accounts["cpk"])
    done(house, lambda work: actions.end_sessions(work, world.accounts["cpk"]))
    for time, left in ((FORGET_ENDED_AFTER, 1), (FORGET_ENDED_AFTER + SECONDS, 0)):
        done(at(house, time), actions.forget_sessions)
        with Session(house.engine) as session:
            assert len(session.scalars(select(UserSession)).all()) == left


@pytest.mark.asvs("7.5.1", "7.5.2", "7.5.3")
def test_a_dangerous_act_asks_for_a_proof_of_the_last_ten_minutes_and_keeps_the_form(
    as_: As, app: Flask, house: Machine, world: World
) -> None:
    with_app(house, world.accounts["administrator"])
    client = as_("administrator")
    token, form = client.token(), {"name": "Piet & Co", "email": "piet@example.org", "role": "cpk"}
    app.extensions["caseapp"] = later = at(house, FRESH_FOR - SECONDS)
    assert client.get("/accounts/nieuw").status_code == 200
    app.extensions["caseapp"] = later = at(house, FRESH_FOR)
    asked = client.get("/accounts/nieuw")
    assert asked.headers["Location"] == "/account/bewijs?next=/accounts/nieuw"
    sent = client.post("/accounts/nieuw", form | {"version": "0"})
    assert sent.status_code == 401
    kept = KEPT.search(sent.get_data(as_text=True))
    assert kept is not None
    proof = {
        "code": code_of(later, world.accounts["administrator"]),
        "kept": unescape(kept.group(1)),
        "csrf_token": token,
    }
    page = client.client.post("/account/bewijs", data=proof).get_data(as_text=True)
    assert 'action="/accounts/nieuw"' in page
    assert 'value="Piet &amp; Co"' in page
    assert client.post("/accounts/nieuw", form | {"version": "0"}).status_code == 200


@pytest.mark.asvs("7.5.3")
@SQLITE
def test_what_was_kept_goes_nowhere_else(as_: As, house: Machine, world: World) -> None:
    with_app(house, world.accounts["cpk"])
    client = as_("cpk")
    for number, kept in enumerate(
        ('{"to": "//evil.example", "fields": []}', "nonsense", '{"to": 3}', "[]")
    ):
        app = client.client.application
        app.extensions["caseapp"] = later = at(house, number * timedelta(seconds=30))
        code = code_of(later, world.accounts["cpk"])
        answer = client.client.post(
            "/account/bewijs", data={"code": code, "kept": kept, "csrf_token": client.token()}
        )
        assert answer.status_code == 400 or 'action="/"' in answer.get_data(as_text=True)


KEPT = re.compile(r'name="kept" value="([^"]+)"')


@pytest.fixture
def shop_window(house: Machine) -> Flask:
    """Give the application as in production: over TLS."""
    return create_app(machine=replace(house, settings=replace(house.settings, cookie_secure=True)))


@pytest.mark.attack(32)
@pytest.mark.asvs("3.3.1", "3.3.2", "3.3.3", "3.3.4")
@SQLITE
def test_the_cookie_is_bound_to_this_host_and_no_script_reads_it(
    shop_window: Flask, house: Machine, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    client = shop_window.test_client()
    answer = client.get("/inloggen", base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-caseapp=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain=" not in cookie
    token = full_session(house, world.accounts["cpk"])
    with client.session_transaction(base_url="https://localhost") as session:
        session["_user_id"] = token
    page = client.get("/account", base_url="https://localhost")
    assert page.status_code == 200
    assert token not in page.get_data(as_text=True) + caplog.text + page.request.url


@pytest.mark.attack(32, twin="the cookie is not bound")
@SQLITE
def test_without_the_setting_the_cookie_would_be_open(app: Flask) -> None:
    cookie = app.test_client().get("/inloggen").headers["Set-Cookie"]
    assert not cookie.startswith("__Host-")
    assert "Secure" not in cookie.split("; ")
