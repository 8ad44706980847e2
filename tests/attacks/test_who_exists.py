"""Whether somebody exists cannot be told from the door (attack 38), and a flood there stops there."""

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import event

from caseapp.accounts import actions, queries
from caseapp.kernel.machine import Machine
from caseapp.kernel.passwords import AT_ONCE, QUEUE, Passwords, TooBusyError
from tests.attacks.door import CPK, guess, token_of
from tests.strict_client import TOKEN
from tests.world import World

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


@pytest.fixture
def closed(house: Machine, world: World) -> str:
    """Close an account and give its mail address."""
    work = house.work(actions.entering.Actor(None, "test", everywhere=True))
    row = queries.account(work, world.accounts["guardian"])
    assert row is not None
    actions.close_account(work, row)
    email = row.reachable.email
    work.commit()
    work.session.close()
    return email


def labour(house: Machine, monkeypatch, email: str) -> tuple[int, list[str]]:
    """Return how many hashes a wrong try costs, and which statements it sends."""
    hashes, statements = [], []
    real = PasswordHasher.verify
    monkeypatch.setattr(
        PasswordHasher, "verify", lambda *given: (hashes.append(1), real(*given))[1]
    )
    listen = (house.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    event.listen(*listen)
    try:
        actions.enter(house, actions.Knock(email, "wrong", f"198.51.100.{len(email)}"))
    finally:
        event.remove(*listen)
        monkeypatch.setattr(PasswordHasher, "verify", real)
    return len(hashes), statements


@pytest.mark.attack(38)
@pytest.mark.asvs("6.3.8")
def test_a_wrong_try_costs_the_same_work_whether_somebody_exists_or_not(
    house, closed, monkeypatch
) -> None:
    for email in ("warm@example.org", "up@example.org"):
        labour(house, monkeypatch, email)
    known = labour(house, monkeypatch, CPK)
    assert known[0] == 1
    assert known == labour(house, monkeypatch, "nobody@example.org")
    assert known == labour(house, monkeypatch, closed)


@pytest.mark.attack(38)
@pytest.mark.asvs("6.3.8")
def test_the_page_says_the_same_whether_somebody_exists_or_not(app: Flask, closed: str) -> None:
    pages = set()
    for email in (CPK, "nobody@example.org", closed):
        client = app.test_client()
        form = {"email": email, "password": "wrong", "csrf_token": token_of(client)}
        answer = client.post("/inloggen", data=form)
        text = answer.get_data(as_text=True).replace(email, "MAIL")
        pages.add(
            (answer.status_code, answer.location, TOKEN.sub("", text), *answer.headers.keys())
        )
    assert len(pages) == 1


@pytest.mark.attack(38, twin="an unknown account is refused without a hash")
def test_who_returns_early_tells_who_exists(house, monkeypatch) -> None:
    real = Passwords.verify
    monkeypatch.setattr(
        Passwords, "verify", lambda self, kept, typed: kept is not None and real(self, kept, typed)
    )
    known, unknown = (labour(house, monkeypatch, email) for email in (CPK, "nobody@example.org"))
    assert (known[0], unknown[0]) == (1, 0)


def test_a_flood_at_the_door_leaves_the_other_pages_answering(
    app: Flask, house: Machine, monkeypatch
) -> None:
    hasher = Passwords(memory_kib=64, rounds=1)
    monkeypatch.setattr("caseapp.accounts.actions.entering.passwords", lambda _settings: hasher)
    for _place in range(AT_ONCE + QUEUE):
        assert hasher._places.acquire(blocking=False)
    assert guess(app, "198.51.100.1", 1) == 429
    assert app.test_client().get("/inloggen").status_code == 200
    with pytest.raises(TooBusyError):
        hasher.hash("one more")
    hasher._places.release()
    assert guess(app, "198.51.100.1", 2) == 200
