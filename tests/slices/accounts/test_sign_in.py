"""Signing in: the right people come in, and whoever guesses is slowed down."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.accounts import actions, queries
from caseapp.accounts.models import UserSession
from caseapp.audit.models import AuditEvent
from caseapp.domain.policy import Actor, Role
from caseapp.domain.second_factor import Level
from caseapp.kernel.machine import Machine
from tests.codes import code_of, full_session, with_app
from tests.strict_client import TOKEN
from tests.world import NOW, PASSWORD, World

HERE = "192.0.2.10"
ELSEWHERE = (
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "https://evil.example",
    "\\evil",
    "/\r\nX: y",
    "javascript:alert(1)",
    "evil.example",
    "/\t/evil.example",
)
CPK = "cpk@example.org"
SECOND = "/inloggen/tweede-stap"


def knock(house: Machine, password: str = PASSWORD, email: str = CPK, address: str = HERE):
    return actions.enter(house, actions.Knock(email, password, address, "Firefox, Linux"))


def later(house: Machine, **time: float) -> Machine:
    return replace(house, now=lambda: NOW + timedelta(**time))


def session_id(house: Machine, token: str) -> UUID:
    with Session(house.engine) as session:
        row = session.scalars(
            select(UserSession).where(UserSession.token_hash == queries.hash_of_token(token))
        ).one()
        return row.id


def codes(house: Machine) -> list[str]:
    work = house.work(Actor(None, "test"), writes=False)
    found = work.session.scalars(select(AuditEvent.code).order_by(AuditEvent.seq)).all()
    work.session.close()
    return list(found)


def full(house: Machine, world: World) -> str:
    """Return the token of a full session, as after both steps."""
    return full_session(house, world.accounts["cpk"])


def test_the_right_password_opens_a_session_without_role_or_rights(house: Machine) -> None:
    entered = knock(house).entered
    assert entered is not None
    visit = queries.signed_in(house, entered.token)
    assert visit is not None
    assert (visit.level, visit.actor.role, visit.actor.grants) == (Level.PASSWORD, None, ())
    assert not visit.has_factor
    assert visit.session_id == entered.session_id


def test_the_second_step_opens_role_and_rights(house: Machine, world: World) -> None:
    visit = queries.signed_in(house, full(house, world))
    assert visit is not None
    assert visit.actor.role is Role.CPK
    assert visit.actor.location_ids == (world.locations["AZC-HERE"],)


def test_upper_case_in_the_mail_address_is_the_same_account(house: Machine) -> None:
    assert knock(house, email="CPK@Example.ORG ").entered is not None


def test_the_database_keeps_a_hash_of_the_token_only(house: Machine) -> None:
    entered = knock(house).entered
    assert entered is not None
    work = house.work(Actor(None, "test"), writes=False)
    row = work.session.get(UserSession, entered.session_id)
    assert row is not None
    assert entered.token.encode() not in row.token_hash
    assert row.token_hash == queries.hash_of_token(entered.token)
    work.session.close()


def test_anything_else_is_refused_alike_and_recorded(house: Machine) -> None:
    for email, password in (
        (CPK, PASSWORD + "x"),
        (CPK, PASSWORD.upper()),
        ("nobody@example.org", PASSWORD),
        (CPK, PASSWORD + "x" * 200),
        (CPK, "\0"),
    ):
        assert knock(house, password, email) == actions.Entry()
        assert codes(house)[-1] == "sign-in-refused"


def test_a_closed_account_is_refused_like_an_unknown_one(house: Machine, world: World) -> None:
    work = house.work(Actor(None, "test", everywhere=True))
    row = queries.account(work, world.accounts["cpk"])
    assert row is not None
    actions.close_account(work, row)
    work.commit()
    work.session.close()
    assert knock(house) == actions.Entry()


def test_a_session_ends_after_its_idle_time_and_not_before(house: Machine, world: World) -> None:
    token = full(house, world)
    idle = house.settings.idle_minutes
    just = later(house, minutes=idle, seconds=-1)
    assert queries.signed_in(just, token) is not None
    assert queries.signed_in(later(house, minutes=idle), token) is None


def test_a_session_that_is_used_still_ends_at_its_last_hour(house: Machine, world: World) -> None:
    token = full(house, world)
    hours = house.settings.session_hours
    actions.note_seen(later(house, hours=hours, seconds=-1), session_id(house, token))
    assert queries.signed_in(later(house, hours=hours, seconds=-1), token) is not None
    assert queries.signed_in(later(house, hours=hours), token) is None


def test_a_clock_set_back_ends_the_session(house: Machine, world: World) -> None:
    token = full(house, world)
    assert queries.signed_in(later(house, minutes=-5), token) is not None
    assert queries.signed_in(later(house, minutes=-5, seconds=-1), token) is None


def test_a_sign_of_life_is_due_after_a_minute(house: Machine, world: World) -> None:
    token = full(house, world)
    for seconds, stale in ((59, False), (60, True)):
        visit = queries.signed_in(later(house, seconds=seconds), token)
        assert visit is not None
        assert visit.is_stale is stale


def test_a_late_sign_of_life_does_not_wake_a_session_that_was_ended(
    house: Machine, world: World
) -> None:
    token = full(house, world)
    work = house.work(Actor(None, "test"))
    assert actions.end_sessions(work, world.accounts["cpk"]) == 1
    work.commit()
    work.session.close()
    actions.note_seen(house, session_id(house, token))
    assert queries.signed_in(house, token) is None


def token_in(client: FlaskClient, path: str = "/inloggen") -> str:
    found = TOKEN.search(client.get(path).get_data(as_text=True))
    assert found is not None
    return found.group(1)


def sign_in(client: FlaskClient, **more: str):
    form = {"email": CPK, "password": PASSWORD, "csrf_token": token_in(client)} | more
    return client.post("/inloggen", data=form)


def prove(client: FlaskClient, house: Machine, world: World, **more: str):
    """Do the second step with the code that the app shows now."""
    code = code_of(house, world.accounts["cpk"])
    form = {"code": code, "csrf_token": token_in(client, SECOND)} | more
    return client.post(SECOND, data=form)


def come_in(client: FlaskClient, house: Machine, world: World):
    """Sign in by both steps."""
    with_app(house, world.accounts["cpk"])
    assert sign_in(client).status_code == 303
    return prove(client, house, world)


def test_signing_in_goes_to_the_page_that_was_asked_for(
    app: Flask, house: Machine, world: World
) -> None:
    with_app(house, world.accounts["cpk"])
    client = app.test_client()
    first = client.get("/locaties")
    assert first.headers["Location"] == "/inloggen?next=/locaties"
    second = sign_in(client, next="/locaties").headers["Location"]
    assert second == f"{SECOND}?next=/locaties"
    assert client.get("/locaties").headers["Location"] == second
    assert prove(client, house, world, next="/locaties").headers["Location"] == "/locaties"
    assert client.get("/locaties").status_code == 200


@pytest.mark.attack(46)
@pytest.mark.asvs("3.7.2")
def test_signing_in_never_leads_elsewhere(app: Flask, house: Machine, world: World) -> None:
    with_app(house, world.accounts["cpk"])
    for elsewhere in ELSEWHERE:
        answer = sign_in(app.test_client(), next=elsewhere)
        assert answer.headers.get("Location", "/") in {"/", f"{SECOND}?next=/"}, elsewhere
    client = app.test_client()
    sign_in(client)
    assert prove(client, house, world, next="//evil.example").headers["Location"] == "/"


@pytest.mark.attack(32)
def test_the_cookie_holds_the_token_and_nothing_about_the_person(
    app: Flask, house: Machine, world: World
) -> None:
    client = app.test_client()
    come_in(client, house, world)
    with client.session_transaction() as session:
        assert set(session) <= {"_user_id", "_fresh", "csrf_token", "language", "_flashes"}


def test_signing_in_again_ends_the_session_before(app: Flask, house: Machine, world: World) -> None:
    client = app.test_client()
    come_in(client, house, world)
    with client.session_transaction() as session:
        old = session["_user_id"]
    client_token = TOKEN.search(client.get("/account").get_data(as_text=True))
    assert client_token is not None
    client.post(
        "/inloggen",
        data={"email": CPK, "password": PASSWORD, "csrf_token": client_token.group(1)},
    )
    with client.session_transaction() as session:
        assert session["_user_id"] != old
    assert queries.signed_in(house, old) is None


@pytest.mark.asvs("7.4.1")
def test_signing_out_ends_the_session_in_the_database_too(
    app: Flask, house: Machine, world: World
) -> None:
    client = app.test_client()
    come_in(client, house, world)
    with client.session_transaction() as session:
        old = session["_user_id"]
    token = TOKEN.search(client.get("/account").get_data(as_text=True))
    assert token is not None
    answer = client.post("/uitloggen", data={"csrf_token": token.group(1)})
    assert answer.headers["Location"] == "/inloggen"
    assert "cache" in answer.headers["Clear-Site-Data"]
    assert queries.signed_in(house, old) is None
    assert codes(house)[-1] == "signed-out"


@pytest.mark.attack(26)
@pytest.mark.asvs("3.5.1")
def test_nobody_is_signed_in_or_out_without_a_token_of_our_page(
    app: Flask, house: Machine, world: World
) -> None:
    client = app.test_client()
    assert client.post("/inloggen", data={"email": CPK, "password": PASSWORD}).status_code == 400
    come_in(client, house, world)
    assert client.post("/uitloggen").status_code == 400
    assert client.get("/uitloggen").status_code == 405
    assert client.get("/account").status_code == 200


def test_who_has_to_wait_gets_the_page_that_says_so(app: Flask) -> None:
    client = app.test_client()
    for _ in range(5):
        assert sign_in(client, password=PASSWORD[1:]).status_code == 200
    answer = sign_in(client)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
