"""The second factor: replayed, skipped, guessed, and gone round by a code or a reset (attacks 41-44)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from caseapp.accounts import actions, queries
from caseapp.accounts.actions import factors, proving, sessions, two_people
from caseapp.accounts.models import Account, Factor, RecoveryCode, TwoPeople
from caseapp.domain.granting import Refusal, RefusedError
from caseapp.domain.second_factor import STEP, TRIES, Level, Wrong
from caseapp.kernel.machine import Machine
from caseapp.notices.models import Notice
from tests.codes import TEST, code_of, with_app
from tests.strict_client import TOKEN
from tests.world import NOW, PASSWORD, World

CPK = "cpk@example.org"
SECOND = "/inloggen/tweede-stap"
THIEVES = 32
SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


def at(house: Machine, **time: float) -> Machine:
    return replace(house, now=lambda: NOW + timedelta(**time))


def half_way(house: Machine) -> actions.Entered:
    """Give the right password, and nothing else."""
    entered = actions.enter(house, actions.Knock(CPK, PASSWORD, "192.0.2.10")).entered
    assert entered is not None
    return entered


def give(
    house: Machine, world: World, answer: str, kind: actions.With = actions.With.CODE, **more: Any
) -> actions.Proven:
    """Prove the second factor in a session that knew the password only."""
    entered = more.pop("entered", None) or half_way(house)
    proof = actions.Proof(entered.session_id, world.accounts["cpk"], kind, answer, **more)
    return actions.prove(house, proof)


def wrong_code(house: Machine, world: World) -> str:
    """Return a code that the app shows in none of the half minutes around now."""
    near = {code_of(at(house, seconds=30 * k), world.accounts["cpk"]) for k in range(-3, 4)}
    return next(code for code in (f"{n:06}" for n in range(9)) if code not in near)


def wait_a_step(house: Machine, steps: int = 1) -> Machine:
    return at(house, seconds=steps * STEP.total_seconds())


@pytest.fixture
def app_key(house: Machine, world: World) -> Any:
    """Give the account a code app, and its key."""
    return with_app(house, world.accounts["cpk"])


@pytest.mark.attack(41)
@pytest.mark.asvs("6.5.1", "6.5.5", "6.5.8")
def test_a_code_opens_once_and_an_earlier_one_never_after_it(
    house: Machine, world: World, app_key: Any
) -> None:
    earlier = code_of(house, world.accounts["cpk"])
    later = wait_a_step(house)
    code = code_of(later, world.accounts["cpk"])
    assert give(later, world, code).token is not None
    assert give(later, world, code).wrong is Wrong.USED
    assert give(house, world, earlier).wrong is Wrong.USED  # the clock of the house was set back
    assert give(later, world, earlier).wrong is Wrong.CLOCK


@pytest.mark.attack(41, twin="the used time step is not stored")
@SQLITE
def test_without_the_stored_step_a_code_opens_twice(
    house: Machine, world: World, app_key: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(factors, "use_step", lambda _work, _row, _step: True)
    code = code_of(house, world.accounts["cpk"])
    assert give(house, world, code).token is not None
    assert give(house, world, code).token is not None


@pytest.mark.attack(41)
@pytest.mark.asvs("15.4.2", "6.5.1")
def test_of_thirty_two_at_the_same_moment_one_comes_in(
    house: Machine, world: World, app_key: Any
) -> None:
    code, entered = code_of(house, world.accounts["cpk"]), half_way(house)
    with ThreadPoolExecutor(THIEVES) as pool:
        done = list(pool.map(lambda _n: give(house, world, code, entered=entered), range(THIEVES)))
    assert sum(one.token is not None for one in done) == 1


def use_at_once(house: Machine, key: Any, step: int) -> int:
    """Let thirty-two use up one half minute at once, and count the winners."""

    def use(_number: int) -> bool:
        work = house.work(TEST)
        try:
            row = work.session.get(Factor, key)
            assert row is not None
            won = factors.use_step(work, row, step)
            work.commit()
            return won
        finally:
            work.session.close()

    with ThreadPoolExecutor(THIEVES) as pool:
        return sum(pool.map(use, range(THIEVES)))


@pytest.mark.attack(41)
def test_a_half_minute_has_one_winner_however_many_sessions_ask(
    house: Machine, app_key: Any
) -> None:
    assert use_at_once(house, app_key, 77) == 1
    assert use_at_once(house, app_key, 76) == 0
    assert use_at_once(house, app_key, 78) == 1


@pytest.mark.attack(41)
@pytest.mark.asvs("6.5.5")
@pytest.mark.parametrize("beside", [-1, 1])
def test_the_code_of_the_half_minute_beside_opens_nothing_and_says_so(
    house: Machine, world: World, app_key: Any, beside: int
) -> None:
    code = code_of(wait_a_step(house, beside), world.accounts["cpk"])
    assert give(house, world, code).wrong is Wrong.CLOCK


@pytest.mark.attack(42)
@pytest.mark.asvs("6.3.3", "6.3.4", "2.3.1")
@SQLITE
def test_the_password_alone_opens_no_page_at_all(
    app: Flask, house: Machine, world: World, app_key: Any
) -> None:
    client = with_password(app)
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if view.open_because is not None or rule.endpoint in AT_THE_DOOR or rule.arguments:
            continue
        if "GET" in rule.methods:
            answer = client.get(rule.rule)
            assert answer.status_code == 303, rule.rule
            assert answer.headers["Location"].startswith(SECOND), rule.rule
        if "POST" in rule.methods:
            sent = client.post(rule.rule, data={"csrf_token": token_in(client)})
            assert sent.status_code == 401, rule.rule


AT_THE_DOOR = {"accounts.second_step", "accounts.recovery", "accounts.passkey_question"}


def with_password(app: Flask) -> FlaskClient:
    client = app.test_client()
    token = TOKEN.search(client.get("/inloggen").get_data(as_text=True))
    assert token is not None
    form = {"email": CPK, "password": PASSWORD, "csrf_token": token.group(1)}
    assert client.post("/inloggen", data=form).status_code == 303
    return client


def token_in(client: FlaskClient) -> str:
    found = TOKEN.search(client.get(SECOND).get_data(as_text=True))
    assert found is not None
    return found.group(1)


@pytest.mark.attack(42, twin="a session is full from the password on")
@SQLITE
def test_without_levels_the_password_opens_a_page(
    app: Flask, app_key: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = sessions.begun
    monkeypatch.setattr(sessions, "begun", lambda *args: begun(*args[:4]))
    assert with_password(app).get("/vandaag").status_code == 200


@pytest.mark.attack(42)
@pytest.mark.asvs("6.3.5")
def test_five_wrong_codes_use_a_session_up_and_its_owner_is_told(
    house: Machine, world: World, app_key: Any
) -> None:
    entered, wrong = half_way(house), wrong_code(house, world)
    for number in range(TRIES):
        address = f"198.51.100.{number}"
        said = give(house, world, wrong, entered=entered, address=address)
        assert said.wrong is Wrong.NOT_RIGHT
    right = code_of(house, world.accounts["cpk"])
    last = give(house, world, right, entered=entered, address="198.51.100.9")
    assert last.wrong is Wrong.SPENT
    with Session(house.engine) as session:
        told = select(Notice.account_id).where(Notice.event == "SecondStepRefused")
        assert session.scalars(told).all() == [world.accounts["cpk"]]


@pytest.mark.attack(42, twin="tries are not counted")
@SQLITE
def test_without_counting_a_guesser_goes_on(
    house: Machine, world: World, app_key: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "_counted", lambda *_args: None)
    entered, wrong = half_way(house), wrong_code(house, world)
    for _ in range(TRIES + 1):
        assert give(house, world, wrong, entered=entered).wrong is Wrong.NOT_RIGHT
    assert give(house, world, code_of(house, world.accounts["cpk"]), entered=entered).token


@pytest.mark.attack(42)
@SQLITE
def test_new_sessions_give_a_guesser_of_codes_no_more_than_the_throttle(
    house: Machine, world: World, app_key: Any
) -> None:
    wrong, looked_at = wrong_code(house, world), 0
    for number in range(60):
        said = give_in_new_session(house, world, wrong, f"203.0.113.{number}")
        looked_at += said.wrong is Wrong.NOT_RIGHT
    assert looked_at <= 20


def give_in_new_session(house: Machine, world: World, answer: str, address: str) -> actions.Proven:
    """Try a code in a session of its own, as a thief of the password would."""
    work = house.work(TEST)
    token, row = sessions.begun(work, world.accounts["cpk"], "", sessions.LASTS, Level.PASSWORD)
    work.commit()
    work.session.close()
    entered = actions.Entered(token, row.id, TEST, "nl", must_change=False)
    return give(house, world, answer, entered=entered, address=address)


def recovery_codes(house: Machine, world: World) -> list[str]:
    work = house.work(TEST)
    codes = actions.new_recovery_codes(work, world.accounts["cpk"])
    work.commit()
    work.session.close()
    return codes


@pytest.mark.attack(43)
@pytest.mark.asvs("6.5.1", "6.5.2", "6.5.3", "6.5.4")
def test_a_recovery_code_opens_once_and_is_kept_as_a_hash(
    house: Machine, world: World, app_key: Any
) -> None:
    codes = recovery_codes(house, world)
    assert len(set(codes)) == 10
    assert all(len(code.replace("-", "")) * 4.954 >= 112 for code in codes)
    assert give(house, world, codes[0].upper(), actions.With.RECOVERY).token is not None
    assert give(house, world, codes[0], actions.With.RECOVERY).wrong is Wrong.NOT_RIGHT
    assert give(house, world, codes[1], actions.With.RECOVERY).token is not None
    with Session(house.engine) as session:
        kept = b"".join(session.scalars(select(RecoveryCode.hash)).all())
    assert not any(code.replace("-", "").encode() in kept for code in codes)


@pytest.mark.attack(43)
@SQLITE
@pytest.mark.parametrize("typed", ["", "a" * 24, "a" * 10_000, "\x00", "é" * 24, "0" * 24])
def test_a_guessed_or_endless_recovery_code_opens_nothing(
    house: Machine, world: World, app_key: Any, typed: str
) -> None:
    recovery_codes(house, world)
    assert give(house, world, typed, actions.With.RECOVERY).wrong is Wrong.NOT_RIGHT


@pytest.mark.attack(43)
@SQLITE
def test_new_recovery_codes_make_the_old_ones_worth_nothing(
    house: Machine, world: World, app_key: Any
) -> None:
    old = recovery_codes(house, world)[0]
    recovery_codes(house, world)
    assert give(house, world, old, actions.With.RECOVERY).wrong is Wrong.NOT_RIGHT


@pytest.mark.attack(43, twin="a used recovery code is not marked")
@SQLITE
def test_without_the_mark_a_recovery_code_opens_twice(
    house: Machine, world: World, app_key: Any
) -> None:
    code = recovery_codes(house, world)[0]
    assert give(house, world, code, actions.With.RECOVERY).token is not None
    with Session(house.engine) as session:
        session.execute(update(RecoveryCode).values(used_at=None))
        session.commit()
    assert give(house, world, code, actions.With.RECOVERY).token is not None


def agreed(house: Machine, world: World, second: str, asker: str = "administrator") -> TwoPeople:
    """Ask to let the contact person in anew, and let somebody agree."""
    work = house.work(TEST)
    for who, step in ((asker, "ask"), (second, "agree")):
        account = work.session.get(Account, world.accounts[who])
        assert account is not None
        work.actor = queries.actor_of(work.session, account, work.now)
        if step == "ask":
            about = work.session.get(Account, world.accounts["cpk"])
            assert about is not None
            row = actions.ask_reset(work, about, "lost the phone")
        else:
            two_people.decide(work, row, None, True)
    work.commit()
    work.session.close()
    return row


def reset_as(house: Machine, world: World, who: str, row: TwoPeople | None) -> None:
    work = house.work(TEST)
    try:
        account = work.session.get(Account, world.accounts[who])
        about = work.session.get(Account, world.accounts["cpk"])
        assert account is not None
        assert about is not None
        work.actor = queries.actor_of(work.session, account, work.now)
        again = queries.two_people(work, row.id) if row is not None else None
        actions.reset(work, about, again, FIRST_HASH)
        work.commit()
    finally:
        work.session.close()


FIRST_HASH = "not a hash that any password has"


@pytest.mark.attack(44)
@pytest.mark.asvs("6.4.3", "6.4.6", "6.5.6", "6.3.7")
def test_somebody_is_let_in_anew_by_two_people_and_everyone_concerned_is_told(
    house: Machine, world: World, app_key: Any
) -> None:
    with pytest.raises(RefusedError):
        reset_as(house, world, "administrator", None)
    row = agreed(house, world, "coordinator")
    with pytest.raises(RefusedError):
        reset_as(house, world, "coordinator", row)
    reset_as(house, world, "administrator", row)
    with Session(house.engine) as session:
        who = session.get(Account, world.accounts["cpk"])
        assert who is not None
        assert who.initial_until is not None
        assert session.scalars(select(Factor).where(Factor.account_id == who.id)).all() == []
        told = select(Notice.account_id).where(Notice.event == "SignInReset")
        assert {who.id, world.accounts["coordinator"]} <= set(session.scalars(told))
    with pytest.raises(RefusedError) as again:
        reset_as(house, world, "administrator", with_own_password(house, world, row))
    assert again.value.code is Refusal.USED


def with_own_password(house: Machine, world: World, row: TwoPeople) -> TwoPeople:
    """Let the account choose a password of its own, as after a first sign-in."""
    with Session(house.engine) as session:
        own = update(Account).where(Account.id == world.accounts["cpk"])
        session.execute(own.values(initial_until=None))
        session.commit()
    return row


@pytest.mark.attack(44)
@SQLITE
def test_a_second_administrator_is_no_coordinator(
    house: Machine, world: World, app_key: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(two_people, "why_not", lambda _work, _row: None)
    row = agreed(
        house, world, "administrator_2" if "administrator_2" in world.accounts else "monitor"
    )
    with pytest.raises(RefusedError) as refused:
        reset_as(house, world, "administrator", row)
    assert refused.value.code is Refusal.NO_COORDINATOR


@pytest.mark.attack(44, twin="the second person is not asked for")
@SQLITE
def test_without_the_second_person_an_administrator_takes_an_account_over(
    house: Machine, world: World, app_key: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caseapp.accounts.actions.resetting._use", lambda *_args: None)
    reset_as(house, world, "administrator", None)
    with Session(house.engine) as session:
        who = session.get(Account, world.accounts["cpk"])
        assert who is not None
        assert who.password_hash == FIRST_HASH


@pytest.mark.attack(44)
@pytest.mark.asvs("6.3.6", "6.4.2")
@SQLITE
def test_there_is_no_way_in_by_mail_and_no_question_to_answer(app: Flask) -> None:
    page = app.test_client().get("/inloggen").get_data(as_text=True)
    assert 'href="mailto:' not in page
    paths = [rule.rule for rule in app.url_map.iter_rules()]
    assert not [
        path for path in paths if any(word in path for word in ("vergeten", "herstel-link"))
    ]


@pytest.mark.attack(44)
@SQLITE
def test_a_new_first_password_does_not_go_round_the_second_factor(
    house: Machine, world: World, app_key: Any
) -> None:
    with Session(house.engine) as session:
        first = update(Account).where(Account.id == world.accounts["cpk"])
        session.execute(first.values(initial_until=NOW + timedelta(days=7)))
        session.commit()
    visit = queries.signed_in(house, half_way(house).token)
    assert visit is not None
    assert (visit.level, visit.has_factor, visit.actor.role) == (Level.PASSWORD, True, None)
