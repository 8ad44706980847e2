"""The first accounts of an installation come from the command line, once."""

import pytest

from caseapp.accounts import actions, queries
from caseapp.cli.account import FIRST, open_first
from caseapp.domain.granting import RefusedError
from caseapp.domain.policy import Actor, Role
from caseapp.kernel.machine import Machine


@pytest.mark.parametrize("kind", FIRST)
def test_there_is_one_first_only(house: Machine, kind: str) -> None:
    role, scope = FIRST[kind]
    assert open_first(house, role, scope, "Second", "second@example.org") is None
    work = house.work(Actor(None, "test"), writes=False)
    assert queries.by_email(work, "second@example.org") is None
    work.session.close()


@pytest.mark.parametrize("kind", FIRST)
def test_the_first_comes_in_with_a_password_to_replace(bare_house: Machine, kind: str) -> None:
    role, scope = FIRST[kind]
    secret = open_first(bare_house, role, scope, "Bea Heer", "bea@example.org")
    assert secret is not None
    entered = actions.enter(bare_house, actions.Knock("bea@example.org", secret, "192.0.2.1"))
    assert entered.entered is not None
    assert entered.entered.must_change
    work = bare_house.work(Actor(None, "test"), writes=False)
    row = queries.by_email(work, "bea@example.org")
    assert row is not None
    row.initial_until = None
    actor = queries.actor_of(work.session, row, work.now)
    assert actor.role is role
    assert actor.is_national is (role is Role.COORDINATOR)
    work.session.close()


def test_a_mail_address_that_is_known_is_refused(bare_house: Machine) -> None:
    role, scope = FIRST["first-administrator"]
    open_first(bare_house, role, scope, "Bea Heer", "bea@example.org")
    role, scope = FIRST["first-coordinator"]
    with pytest.raises(RefusedError):
        open_first(bare_house, role, scope, "Bea Heer", "bea@example.org")
