"""The second step in the pages: set up first, looked after later, and told to its owner."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from caseapp.accounts import actions, queries
from caseapp.accounts.models import Account, Factor
from caseapp.cli.demo_code import NOT_A_DEMO, print_code
from caseapp.domain.second_factor import FRESH_FOR, RECOVERY_CODES, is_fresh
from caseapp.kernel.machine import Machine
from caseapp.notices.models import Notice
from tests.attacks.door import token_of
from tests.codes import TEST, code_of, full_session, give_app, with_app
from tests.strict_client import StrictClient, check_page
from tests.world import NOW, PASSWORD, World

As = Callable[..., StrictClient]
SECOND, FACTORS, APP = "/inloggen/tweede-stap", "/account/tweede-stap", "/account/tweede-stap/app"
KEY = re.compile(r'class="secret secret--long" translate="no">([A-Z2-7 ]+)<')
SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


def told(house: Machine, event: str) -> list[object]:
    with Session(house.engine) as session:
        return list(session.scalars(select(Notice.account_id).where(Notice.event == event)))


def key_on(page: str) -> str:
    found = KEY.search(page)
    assert found is not None
    return found.group(1).replace(" ", "")


@pytest.mark.asvs("6.3.3", "6.3.7", "6.4.1", "6.5.3")
def test_who_signs_in_for_the_first_time_chooses_a_password_then_a_factor_then_works(
    app: Flask, house: Machine, world: World
) -> None:
    with Session(house.engine) as session:
        first = update(Account).where(Account.id == world.accounts["cpk"])
        session.execute(first.values(initial_until=NOW + timedelta(days=7)))
        session.commit()
    client = app.test_client()

    def send(path: str, page: str, **form: str) -> str:
        answer = client.post(path, data=form | {"csrf_token": token_of(client, page)})
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return answer.headers["Location"]

    at = send("/inloggen", "/inloggen", email="cpk@example.org", password=PASSWORD)
    assert client.get(at).headers["Location"] == "/account/wachtwoord"
    assert client.get(FACTORS).headers["Location"].startswith(SECOND)
    own = "drie paarse olifanten"
    at = send("/account/wachtwoord", "/account/wachtwoord", old=PASSWORD, new=own, again=own)
    assert client.get(at).headers["Location"] == FACTORS
    assert client.get("/vandaag").headers["Location"].startswith(SECOND)
    send(f"{APP}/nieuw", FACTORS)
    page = client.get(APP).get_data(as_text=True)
    check_page(page)
    assert "style=" not in page
    at = send(APP, APP, code=pyotp.TOTP(key_on(page)).at(NOW))
    assert at == "/account/herstelcodes"
    assert client.get("/vandaag").status_code == 200
    form = {"csrf_token": token_of(client, at)}
    shown = client.post(at, data=form).get_data(as_text=True)
    assert len(re.findall(r"<li><code>[a-z0-9-]{29}</code></li>", shown)) == RECOVERY_CODES
    assert told(house, "FactorAdded") == [world.accounts["cpk"]]


@pytest.mark.asvs("6.5.1")
@SQLITE
def test_the_key_of_an_app_is_seen_in_the_session_that_made_it_only(
    as_: As, house: Machine, world: World
) -> None:
    one, other = as_("cpk"), as_("cpk")
    one.post(f"{APP}/nieuw")
    assert one.get(APP).status_code == 200
    assert other.get(APP).headers["Location"] == FACTORS
    other.post(f"{APP}/nieuw")
    assert one.get(APP).headers["Location"] == FACTORS


@SQLITE
@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６"])
def test_a_code_that_is_none_is_told_at_its_field(as_: As, typed: str) -> None:
    client = as_("cpk")
    client.post(f"{APP}/nieuw")
    page = client.post(APP, {"code": typed}).get_data(as_text=True)
    assert 'id="code-error"' in page
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page


def factor_names(house: Machine, account_id: object) -> list[str]:
    with Session(house.engine) as session:
        rows = select(Factor.name).where(Factor.account_id == account_id).order_by(Factor.name)
        return list(session.scalars(rows))


@pytest.mark.asvs("6.5.6", "6.3.7", "7.4.3")
def test_a_factor_is_renamed_and_removed_and_everywhere_else_is_signed_out(
    as_: As, house: Machine, world: World
) -> None:
    mine = world.accounts["cpk"]
    first = with_app(house, mine)
    key = queries.Passkey(b"credential", "public", 1)
    work = house.work(TEST)
    actions.begin_passkey(work, mine, "laptop", key)
    work.commit()
    work.session.close()
    here, elsewhere = as_("cpk"), as_("cpk")
    assert here.post(f"{FACTORS}/{first}", {"name": "telefoon"}).status_code == 303
    assert factor_names(house, mine) == ["laptop", "telefoon"]
    assert here.post(f"{FACTORS}/{first}/verwijderen").status_code == 303
    assert factor_names(house, mine) == ["laptop"]
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert told(house, "FactorRemoved") == [mine]


def test_the_last_factor_stays(as_: As, house: Machine, world: World) -> None:
    only = with_app(house, world.accounts["cpk"])
    client = as_("cpk")
    assert client.post(f"{FACTORS}/{only}/verwijderen").status_code == 303
    assert factor_names(house, world.accounts["cpk"]) == ["phone"]
    assert "enige tweede stap" in client.get(FACTORS).get_data(as_text=True)


@SQLITE
def test_a_new_app_takes_the_place_of_the_one_before(work, world: World) -> None:
    give_app(work, world.accounts["cpk"], "old")
    give_app(work, world.accounts["cpk"], "new")
    assert [one.name for one in queries.factors_of(work, world.accounts["cpk"])] == ["new"]


@pytest.mark.asvs("6.3.7")
@SQLITE
def test_the_owner_is_told_of_another_password(as_: As, house: Machine, world: World) -> None:
    own = "drie paarse olifanten"
    as_("cpk").post("/account/wachtwoord", {"old": PASSWORD, "new": own, "again": own})
    assert told(house, "PasswordSet") == [world.accounts["cpk"]]


@pytest.mark.asvs("6.2.10", "6.4.5")
@SQLITE
def test_what_one_signs_in_with_does_not_expire_after_years(house: Machine, world: World) -> None:
    with_app(house, world.accounts["cpk"])
    later = replace(house, now=lambda: NOW + timedelta(days=1500))
    entered = actions.enter(later, actions.Knock("cpk@example.org", PASSWORD, "192.0.2.1")).entered
    assert entered is not None
    code = code_of(later, world.accounts["cpk"])
    proof = actions.Proof(entered.session_id, world.accounts["cpk"], actions.With.CODE, code)
    assert actions.prove(later, proof).token is not None


@pytest.mark.asvs("7.4.4", "7.5.2")
@SQLITE
def test_each_page_has_the_way_out_also_half_way(as_: As, app: Flask, house: Machine) -> None:
    for path in ("/account", "/vandaag", "/kinderen", FACTORS):
        assert 'action="/uitloggen"' in as_("cpk").get(path).get_data(as_text=True)
    half = app.test_client()
    form = {"email": "cpk@example.org", "password": PASSWORD, "csrf_token": token_of(half)}
    half.post("/inloggen", data=form)
    assert 'action="/uitloggen"' in half.get(FACTORS).get_data(as_text=True)


@pytest.mark.asvs("7.4.5", "7.4.2")
def test_an_administrator_signs_somebody_out_everywhere(
    as_: As, house: Machine, world: World
) -> None:
    tokens = [full_session(house, world.accounts["cpk"]) for _device in range(3)]
    admin = as_("administrator")
    assert admin.post(f"/accounts/{world.accounts['cpk']}/uitloggen").status_code == 303
    assert not any(queries.signed_in(house, token) for token in tokens)


@pytest.mark.parametrize(
    ("after", "fresh"),
    [
        (timedelta(0), True),
        (FRESH_FOR - timedelta(microseconds=1), True),
        (FRESH_FOR, False),
        (-timedelta(microseconds=1), False),
    ],
)
def test_a_proof_is_fresh_for_ten_minutes_and_never_from_the_future(after, fresh) -> None:
    assert is_fresh(NOW, NOW + after) is fresh
    assert not is_fresh(None, NOW)


@SQLITE
def test_outside_a_demo_no_code_is_printed(
    house: Machine, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    with_app(house, world.accounts["cpk"])
    assert print_code(house, "cpk") == NOT_A_DEMO
    demo = replace(house, settings=replace(house.settings, stage="demo"))
    assert print_code(demo, "cpk") == NOT_A_DEMO  # a demo by its setting, not by its accounts
    assert capsys.readouterr().out == ""


@SQLITE
def test_in_a_demo_the_present_code_is_printed(
    house: Machine, world: World, capsys: pytest.CaptureFixture[str], monkeypatch
) -> None:
    with_app(house, world.accounts["cpk"])
    demo = replace(house, settings=replace(house.settings, stage="demo"))
    monkeypatch.setattr(queries, "has_demo_accounts", lambda _engine: True)
    assert print_code(demo, "cpk") == 0
    assert capsys.readouterr().out.startswith(code_of(house, world.accounts["cpk"]))
    assert print_code(demo, "nobody") == 1


@SQLITE
def test_a_code_is_right_until_its_half_minute_ends(house: Machine, world: World) -> None:
    with_app(house, world.accounts["cpk"])
    work = house.work(TEST, writes=False)
    row = queries.app_of(work, world.accounts["cpk"])
    assert row is not None
    code = queries.code_at(row, NOW)
    beside = [
        queries.step_shown(row, code, NOW + timedelta(seconds=s)) for s in (-1, 0, 29, 30, 59, 60)
    ]
    work.session.close()
    assert beside == [1, 0, 0, -1, -1, -2]
