"""Signing in: the right people come in, and whoever guesses is slowed down."""

from dataclasses import replace
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.accounts import actions, queries
from caseapp.accounts.models import UserSession
from caseapp.audit.models import AuditEvent
from caseapp.domain.policy import Actor, Role
from caseapp.kernel.machine import Machine
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


def knock(house: Machine, password: str = PASSWORD, email: str = CPK, address: str = HERE):
    return actions.enter(house, actions.Knock(email, password, address, "Firefox, Linux"))


def later(house: Machine, **time: float) -> Machine:
    return replace(house, now=lambda: NOW + timedelta(**time))


def codes(house: Machine) -> list[str]:
    work = house.work(Actor(None, "test"), writes=False)
    found = work.session.scalars(select(AuditEvent.code).order_by(AuditEvent.seq)).all()
    work.session.close()
    return list(found)


def test_the_right_password_opens_a_session_with_role_and_rights(
    house: Machine, world: World
) -> None:
    entered = knock(house).entered
    assert entered is not None
    visit = queries.signed_in(house, entered.token)
    assert visit is not None
    assert visit.actor.role is Role.CPK
    assert visit.actor.location_ids == (world.locations["AZC-HERE"],)
    assert visit.session_id == entered.session_id


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


def test_a_session_ends_after_its_idle_time_and_not_before(house: Machine) -> None:
    entered = knock(house).entered
    assert entered is not None
    idle = house.settings.idle_minutes
    just = later(house, minutes=idle, seconds=-1)
    assert queries.signed_in(just, entered.token) is not None
    assert queries.signed_in(later(house, minutes=idle), entered.token) is None


def test_a_session_that_is_used_still_ends_at_its_last_hour(house: Machine) -> None:
    entered = knock(house).entered
    assert entered is not None
    hours = house.settings.session_hours
    actions.note_seen(later(house, hours=hours, seconds=-1), entered.session_id)
    assert queries.signed_in(later(house, hours=hours, seconds=-1), entered.token) is not None
    assert queries.signed_in(later(house, hours=hours), entered.token) is None


def test_a_clock_set_back_ends_the_session(house: Machine) -> None:
    entered = knock(house).entered
    assert entered is not None
    assert queries.signed_in(later(house, minutes=-5), entered.token) is not None
    assert queries.signed_in(later(house, minutes=-5, seconds=-1), entered.token) is None


def test_a_sign_of_life_is_due_after_a_minute(house: Machine) -> None:
    entered = knock(house).entered
    assert entered is not None
    for seconds, stale in ((59, False), (60, True)):
        visit = queries.signed_in(later(house, seconds=seconds), entered.token)
        assert visit is not None
        assert visit.is_stale is stale


def test_a_late_sign_of_life_does_not_wake_a_session_that_was_ended(
    house: Machine, world: World
) -> None:
    entered = knock(house).entered
    assert entered is not None
    work = house.work(Actor(None, "test"))
    assert actions.end_sessions(work, world.accounts["cpk"]) == 1
    work.commit()
    work.session.close()
    actions.note_seen(house, entered.session_id)
    assert queries.signed_in(house, entered.token) is None


def token_in(client: FlaskClient) -> str:
    found = TOKEN.search(client.get("/inloggen").get_data(as_text=True))
    assert found is not None
    return found.group(1)


def sign_in(client: FlaskClient, **more: str):
    form = {"email": CPK, "password": PASSWORD, "csrf_token": token_in(client)} | more
    return client.post("/inloggen", data=form)


def test_signing_in_goes_to_the_page_that_was_asked_for(app: Flask) -> None:
    client = app.test_client()
    first = client.get("/locaties")
    assert first.headers["Location"] == "/inloggen?next=/locaties"
    assert sign_in(client, next="/locaties").headers["Location"] == "/locaties"
    assert client.get("/locaties").status_code == 200


def test_signing_in_never_leads_elsewhere(app: Flask) -> None:
    for elsewhere in ELSEWHERE:
        answer = sign_in(app.test_client(), next=elsewhere)
        assert answer.headers.get("Location", "/") == "/", elsewhere


def test_the_cookie_holds_the_token_and_nothing_about_the_person(app: Flask) -> None:
    client = app.test_client()
    sign_in(client)
    with client.session_transaction() as session:
        assert set(session) <= {"_user_id", "_fresh", "csrf_token", "language", "_flashes"}


def test_signing_in_again_ends_the_session_before(app: Flask, house: Machine) -> None:
    client = app.test_client()
    sign_in(client)
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


def test_signing_out_ends_the_session_in_the_database_too(app: Flask, house: Machine) -> None:
    client = app.test_client()
    sign_in(client)
    with client.session_transaction() as session:
        old = session["_user_id"]
    token = TOKEN.search(client.get("/account").get_data(as_text=True))
    assert token is not None
    answer = client.post("/uitloggen", data={"csrf_token": token.group(1)})
    assert answer.headers["Location"] == "/inloggen"
    assert "cache" in answer.headers["Clear-Site-Data"]
    assert queries.signed_in(house, old) is None
    assert codes(house)[-1] == "signed-out"


def test_nobody_is_signed_in_or_out_without_a_token_of_our_page(app: Flask, house: Machine) -> None:
    client = app.test_client()
    assert client.post("/inloggen", data={"email": CPK, "password": PASSWORD}).status_code == 400
    sign_in(client)
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
