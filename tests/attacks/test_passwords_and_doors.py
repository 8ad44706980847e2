"""Guessing at the door: one account, many accounts, and forged addresses (attacks 35 to 37)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from caseapp.accounts import actions
from caseapp.accounts.actions import throttling
from caseapp.accounts.actions.throttling import LIMITS, QUARTER, Limit, Per, Trust
from caseapp.app import create_app
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from tests.attacks.door import CPK, guess
from tests.world import PASSWORD

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)

HERE = "192.0.2.10"
STAFF = 200

HOPS = 1


def tried(work: Work, email: str, address: str, mark: str = "") -> bool:
    """Say whether the password of one try would be looked at."""
    keys = throttling.keys_of(work, email, address, mark)
    return throttling.count_try(work, keys).goes_on


def come_in(work: Work, email: str, address: str, mark: str = "") -> None:
    """Let somebody have come in before."""
    throttling.welcome(work, throttling.keys_of(work, email, address, mark))


def from_everywhere(work: Work, tries: int = 1000) -> int:
    """Try one account from that many addresses, and return how many tries are checked."""
    addresses = (
        f"2001:db8:{n:x}::1" if n % 2 else f"198.51.{n // 250}.{n % 250}" for n in range(tries)
    )
    return sum(tried(work, CPK, address) for address in addresses)


@pytest.mark.attack(35)
@pytest.mark.asvs("6.3.1")
def test_of_a_thousand_guesses_from_everywhere_few_are_checked_and_the_owner_comes_in(
    house: Machine, work: Work
) -> None:
    mark = actions.new_mark(work)
    come_in(work, CPK, HERE, mark)
    assert from_everywhere(work) <= 100
    work.commit()
    for known in ({"address": HERE}, {"address": "203.0.113.77", "mark": mark}):
        assert actions.enter(house, actions.Knock(CPK, PASSWORD, **known)).wait is None
    assert actions.enter(house, actions.Knock(CPK, PASSWORD, "203.0.113.78")).wait is not None


@pytest.mark.attack(35)
def test_somebody_new_comes_in_from_a_place_of_the_house_while_strangers_guess(work: Work) -> None:
    come_in(work, "colleague@example.org", HERE)
    from_everywhere(work)
    assert tried(work, CPK, HERE)


@pytest.mark.attack(35, twin="nothing is counted")
def test_without_limits_all_thousand_guesses_are_checked(work: Work, monkeypatch) -> None:
    monkeypatch.setattr(throttling, "LIMITS", dict.fromkeys(Trust, ()))
    assert from_everywhere(work) == 1000


@pytest.mark.attack(35, twin="no browser and no address is known")
def test_without_knowing_anybody_strangers_lock_the_owner_out(work: Work, monkeypatch) -> None:
    monkeypatch.setattr(throttling, "KNOWN_BY", {})
    come_in(work, CPK, HERE)
    from_everywhere(work)
    assert not tried(work, CPK, HERE)


def stuffed(work: Work, address: str = HERE) -> int:
    """Try two stolen passwords at each of 100 accounts from one address; return how many are checked."""
    return sum(
        tried(work, f"person{number}@example.org", address)
        for number in range(100)
        for _twice in "12"
    )


def staff(work: Work) -> Iterator[tuple[str, str]]:
    """Yield the mail address and the browser of people who came in from one address before."""
    for number in range(STAFF):
        yield f"staff{number}@example.org", actions.new_mark(work)


@pytest.mark.attack(36)
@pytest.mark.asvs("6.3.1")
def test_stolen_lists_tried_from_the_address_of_a_location_hold_none_of_its_staff_back(
    work,
) -> None:
    people = list(staff(work))
    for email, mark in people:
        come_in(work, email, HERE, mark)
    assert stuffed(work) == 50
    assert all(tried(work, email, "203.0.113.5", mark) for email, mark in people)
    assert all(tried(work, email, HERE) for email, _mark in people), "with a browser that forgot"


@pytest.mark.attack(36)
def test_two_hundred_staff_behind_one_address_make_mistakes_at_eight_o_clock(work) -> None:
    for number, (email, mark) in enumerate(staff(work)):
        keys = throttling.keys_of(work, email, HERE, mark)
        for _mistake in range(number % 3):
            assert throttling.count_try(work, keys).goes_on
        assert throttling.count_try(work, keys).goes_on
        throttling.forgive(work, keys)
        throttling.welcome(work, keys)


@pytest.mark.attack(36, twin="tries from one address are not counted together")
def test_without_a_count_per_address_a_stolen_list_is_tried_to_its_end(work, monkeypatch) -> None:
    kept = {
        t: tuple(one for one in limits if one.per is not Per.ADDRESS)
        for t, limits in LIMITS.items()
    }
    monkeypatch.setattr(throttling, "LIMITS", kept | {Trust.STRANGER: kept[Trust.PLACE]})
    assert stuffed(work) == 200


@pytest.mark.attack(36, twin="who is known is counted with strangers")
def test_without_knowing_browsers_the_staff_wait_for_a_guesser(work, monkeypatch) -> None:
    monkeypatch.setattr(throttling, "KNOWN_BY", {})
    stuffed(work)
    assert not tried(work, "staff1@example.org", HERE)


@pytest.mark.attack(36)
def test_a_net_of_guessers_reaches_the_limit_of_the_house_and_who_is_known_comes_in(
    work: Work, monkeypatch
) -> None:
    *narrow, house = LIMITS[Trust.STRANGER]
    assert house == Limit(Per.HOUSE, 600, QUARTER)
    fewer = (*narrow, replace(house, tries=60))
    monkeypatch.setattr(throttling, "LIMITS", LIMITS | {Trust.STRANGER: fewer})
    come_in(work, CPK, HERE)
    tries = [tried(work, f"someone{n}@example.org", f"2001:db8:{n:x}::1") for n in range(80)]
    assert sum(tries) == 60
    assert tried(work, CPK, HERE)


def forged(number: int) -> dict[str, str]:
    address = f"203.0.113.{number}"
    return {"X_Forwarded_For": address, "Forwarded": f"for={address}", "X_Real_IP": address}


@pytest.fixture(scope="module")
def proxied() -> list[Flask]:
    """Keep the application behind one proxy, built once."""
    return []


@pytest.fixture
def behind_proxy(proxied: list[Flask], house: Machine) -> Flask:
    """Give the application as it runs behind one trusted proxy."""
    if not proxied:
        settings = replace(house.settings, proxy_hops=HOPS)
        proxied.append(create_app(machine=replace(house, settings=settings)))
    proxied[0].extensions["caseapp"] = house
    return proxied[0]


@pytest.mark.attack(37)
@pytest.mark.asvs("15.3.4")
def test_without_a_proxy_no_header_makes_another_address(app: Flask) -> None:
    answers = [guess(app, "198.51.100.1", number, **forged(number)) for number in range(7)]
    assert answers == [200] * 5 + [429] * 2


@pytest.mark.attack(37)
@pytest.mark.asvs("15.3.4")
def test_behind_a_proxy_only_what_the_proxy_itself_wrote_counts(behind_proxy: Flask) -> None:
    real = "198.51.100.1"
    headers = ({"X_Forwarded_For": f"203.0.113.{n}, 10.0.0.{n}, {real}"} for n in range(7))
    answers = [guess(behind_proxy, "10.0.0.1", n, **more) for n, more in enumerate(headers)]
    assert answers == [200] * 5 + [429] * 2
    assert guess(behind_proxy, "10.0.0.1", 8, X_Forwarded_For="198.51.100.2") == 200


@pytest.mark.attack(37)
def test_all_addresses_of_one_home_network_are_one(app: Flask) -> None:
    answers = [guess(app, f"2001:db8:1:2::{number:x}", number) for number in range(7)]
    assert answers == [200] * 5 + [429] * 2


@pytest.mark.attack(37, twin="headers are believed without a proxy")
def test_who_believes_headers_lets_each_guess_come_from_elsewhere(app: Flask, monkeypatch) -> None:
    monkeypatch.setattr(app, "wsgi_app", ProxyFix(app.wsgi_app, x_for=1))
    answers = [guess(app, "198.51.100.1", number, **forged(number)) for number in range(7)]
    assert answers == [200] * 7


@pytest.mark.attack(37, twin="every address of IPv6 is somebody else")
def test_who_counts_whole_addresses_lets_a_home_network_guess_on(app: Flask, monkeypatch) -> None:
    monkeypatch.setattr(throttling, "bucket", lambda address: address)
    answers = [guess(app, f"2001:db8:1:2::{number:x}", number) for number in range(7)]
    assert answers == [200] * 7
