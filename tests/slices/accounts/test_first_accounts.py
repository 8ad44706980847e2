"""The first accounts of an installation: a key from the command line that works once, within a day."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from caseapp.accounts import actions, queries
from caseapp.accounts.actions.first import KEY_LASTS
from caseapp.accounts.models import FirstKey
from caseapp.cli.account import FIRST, open_first
from caseapp.domain.granting import RefusedError
from caseapp.domain.passwords import Weakness
from caseapp.domain.policy import Actor, Role
from caseapp.domain.second_factor import Level
from caseapp.kernel.machine import Machine
from tests.world import NOW

OWN = "tuinslang paars 4 kiwi"
HERE = "192.0.2.1"


def opened(house: Machine, kind: str = "first", email: str = "bea@example.org") -> str | None:
    return open_first(house, *FIRST[kind], "Bea Heer", email)


def use(house: Machine, key: str | None, password: str = OWN) -> actions.Used:
    assert key is not None
    return actions.use_first_key(house, actions.Use(key, password, HERE))


@pytest.mark.parametrize("kind", FIRST)
@pytest.mark.asvs("6.3.2")
def test_there_is_one_first_only(house: Machine, kind: str) -> None:
    assert opened(house, kind, "second@example.org") is None
    work = house.work(Actor(None, "test"), writes=False)
    assert queries.by_email(work, "second@example.org") is None
    work.session.close()


@pytest.mark.parametrize("kind", FIRST)
def test_the_first_comes_in_with_the_key_and_has_the_second_step_to_do(bare_house, kind) -> None:
    token = use(bare_house, opened(bare_house, kind)).token
    assert token is not None
    visit = queries.signed_in(bare_house, token)
    assert visit is not None
    assert visit.level is Level.PASSWORD
    assert not visit.has_factor
    assert not visit.must_change
    work = bare_house.work(Actor(None, "test"), writes=False)
    row = queries.by_email(work, "bea@example.org")
    assert row is not None
    actor = queries.actor_of(work.session, row, work.now)
    assert actor.role is FIRST[kind][0]
    assert actor.is_national is (actor.role is Role.COORDINATOR)
    work.session.close()


def test_the_password_that_was_chosen_is_the_one_that_works(bare_house: Machine) -> None:
    key = opened(bare_house)
    knock = actions.Knock("bea@example.org", OWN, HERE)
    assert actions.enter(bare_house, knock).entered is None, "nothing works before the key is used"
    assert use(bare_house, key).token is not None
    assert actions.enter(bare_house, knock).entered is not None


def test_a_key_works_once(bare_house: Machine) -> None:
    key = opened(bare_house)
    assert use(bare_house, key).token is not None
    assert use(bare_house, key) == actions.Used()


def test_a_key_works_for_a_day(bare_house: Machine) -> None:
    key = opened(bare_house)
    late = replace(bare_house, now=lambda: NOW + KEY_LASTS)
    assert use(late, key) == actions.Used()
    just = replace(bare_house, now=lambda: NOW + KEY_LASTS - timedelta(seconds=1))
    assert use(just, key).token is not None


def test_a_weak_password_leaves_the_key_as_it_was(bare_house: Machine) -> None:
    key = opened(bare_house)
    assert use(bare_house, key, "welkom123456").weak is Weakness.WELL_KNOWN
    assert use(bare_house, key, "heer en meester 4").weak is Weakness.ABOUT_OWNER
    assert use(bare_house, key).token is not None


def test_the_database_keeps_the_hash_of_a_key_only(bare_house: Machine) -> None:
    key = opened(bare_house)
    assert key is not None
    work = bare_house.work(Actor(None, "test"), writes=False)
    row = work.session.scalars(select(FirstKey)).one()
    assert row.token_hash == queries.hash_of_token(key)
    work.session.close()


def test_a_key_that_was_never_used_is_replaced_by_another(bare_house: Machine) -> None:
    lost, key = opened(bare_house), opened(bare_house)
    assert use(bare_house, lost) == actions.Used()
    assert opened(bare_house, email="other@example.org") is None
    assert use(bare_house, key).token is not None
    assert opened(bare_house) is None, "it was used: there is an administrator"


def test_whoever_tries_keys_has_to_wait(bare_house: Machine) -> None:
    key = opened(bare_house)
    for _ in range(5):
        assert use(bare_house, "a key that was never made") == actions.Used()
    assert use(bare_house, key).wait is not None


def test_a_mail_address_that_is_known_is_refused(bare_house: Machine) -> None:
    opened(bare_house)
    with pytest.raises(RefusedError):
        opened(bare_house, "first-coordinator")
