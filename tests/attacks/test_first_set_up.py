"""No account that everybody knows, and one first administrator only (attack 47)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from caseapp.accounts import actions, queries
from caseapp.accounts.actions import first
from caseapp.accounts.models import Account, FirstKey, Grant
from caseapp.app import build_machine
from caseapp.cli.account import FIRST, open_first
from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.settings import SettingsError, load
from tests import bare_house as bare_houses
from tests import house as houses
from tests.attacks.door import token_of
from tests.strict_client import check_page

OWN = "tuinslang paars 4 kiwi"
EMAIL = "bea@example.org"
AT_ONCE = 4
SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


@pytest.fixture(scope="module", params=houses.ENGINES)
def empty_house(request, tmp_path_factory, worker_id) -> bare_houses.Bare:
    """Build a new house with nobody in it, once for each database."""
    folder = tmp_path_factory.mktemp("bare")
    return bare_houses.build(request.param, folder, f"first_{worker_id}")


@pytest.fixture
def bare(empty_house: bare_houses.Bare, tmp_path, worker_id):
    """Give a copy of it, with connections enough for a race."""
    settings = bare_houses.copied(empty_house, tmp_path, f"first_copy_{worker_id}")
    machine = houses.open_for_good(settings)
    yield machine
    machine.engine.dispose()
    machine.keyring.keystore.close()


def at_once(do: Callable[[int], object]) -> list[object]:
    """Do something in several threads that all start at the same moment."""
    line = Barrier(AT_ONCE)

    def one(number: int) -> object:
        line.wait()
        return do(number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def key_of(machine: Machine, email: str = EMAIL) -> str | None:
    return open_first(machine, *FIRST["first"], "Bea Heer", email)


def used(machine: Machine, key: str, number: int = 1) -> bool:
    use = actions.Use(key, OWN, f"192.0.2.{number}")
    return actions.use_first_key(machine, use).token is not None


@pytest.mark.attack(47)
@pytest.mark.asvs("6.3.2")
def test_of_many_uses_of_a_first_key_in_the_same_moment_one_wins(bare: Machine) -> None:
    key = key_of(bare)
    assert key is not None
    assert sorted(at_once(lambda number: used(bare, key, number))) == [False] * 3 + [True]


@pytest.mark.attack(47, twin="a use does not look whether the key was used")
def test_without_the_look_at_the_last_moment_all_win(bare: Machine, monkeypatch) -> None:
    key = key_of(bare)
    assert key is not None
    monkeypatch.setattr(first, "_works", lambda _work: ())
    assert [used(bare, key, number) for number in range(3)] == [True] * 3


@pytest.mark.attack(47)
@pytest.mark.asvs("6.3.2")
def test_of_many_commands_in_the_same_moment_one_makes_a_first(bare: Machine) -> None:
    keys = at_once(lambda number: key_of(bare, f"one{number}@example.org"))
    assert sum(key is not None for key in keys) == 1
    work = bare.work(Actor(None, "test"), writes=False)
    assert work.session.scalar(select(func.count()).select_from(Account)) == 1
    work.session.close()


@pytest.mark.attack(47)
def test_a_new_house_has_no_account_at_all(bare: Machine) -> None:
    work = bare.work(Actor(None, "test"), writes=False)
    counts = [work.session.scalar(select(func.count()).select_from(t)) for t in (Account, FirstKey)]
    work.session.close()
    assert counts == [0, 0]
    for name in ("admin", "administrator@example.org", "root", "demo"):
        knock = actions.Knock(name, name, "192.0.2.1")
        assert actions.enter(bare, knock).entered is None


def in_production(house: Machine):
    """Return the settings of a house as production would have them."""
    return replace(house.settings, stage="production")


@SQLITE
@pytest.mark.attack(47)
@pytest.mark.asvs("6.3.2")
def test_a_house_with_a_demo_account_does_not_start_in_production(house: Machine) -> None:
    assert load(environment={"CASEAPP_SECRET_KEY": "x" * 40}).stage == "production"
    build_machine(in_production(house)).engine.dispose()
    with house.engine.begin() as connection:
        connection.execute(update(Grant).values(origin="demo"))
    with pytest.raises(SettingsError, match="demo"):
        build_machine(in_production(house))


@SQLITE
@pytest.mark.attack(47, twin="demo accounts are not looked for")
def test_without_the_look_a_demo_account_would_open_production(house: Machine, monkeypatch) -> None:
    monkeypatch.setattr(queries, "has_demo_accounts", lambda _engine: False)
    with house.engine.begin() as connection:
        connection.execute(update(Grant).values(origin="demo"))
    build_machine(in_production(house)).engine.dispose()


@SQLITE
@pytest.mark.attack(47)
def test_the_page_takes_the_key_once_and_leads_to_the_second_step(app: Flask, bare_app) -> None:
    key = key_of(bare_app)
    client = app.test_client()

    def sent(**more: str | None):
        form = {"key": key, "new": OWN, "again": OWN, "csrf_token": token_of(client)} | more
        return client.post("/inloggen/eerste-keer", data=form)

    check_page(client.get("/inloggen/eerste-keer").get_data(as_text=True))
    for wrong in ({"key": "x" * 43}, {"again": OWN + "x"}, {"new": "kort", "again": "kort"}):
        page = sent(**wrong).get_data(as_text=True)
        check_page(page)
        assert "field__error" in page
        assert str(key) not in page
    answer = sent()
    assert (answer.status_code, answer.location) == (303, "/inloggen/tweede-stap")
    assert client.get("/inloggen/tweede-stap").location == "/account/tweede-stap"
    assert client.get("/accounts").status_code == 303
    client = app.test_client()
    assert "field__error" in sent().get_data(as_text=True)


@pytest.fixture
def bare_app(app: Flask, tmp_path, worker_id):
    """Put the application on a new house with nobody in it."""
    (tmp_path / "bare").mkdir()
    built = bare_houses.build("sqlite", tmp_path / "bare", f"page_{worker_id}")
    machine = houses.machine_of(built.settings)
    app.extensions["caseapp"] = machine
    yield machine
    machine.engine.dispose()
    machine.keyring.keystore.close()
