"""What belongs to an account: the condition names exactly the accounts of who acts."""

from uuid import UUID

from sqlalchemy import Column, Uuid
from sqlalchemy.dialects import sqlite

from caseapp.domain.policy import Actor
from caseapp.kernel.door import own

ME, AWAY, OTHER = (UUID(int=number) for number in range(1, 4))


def told(actor: Actor) -> set[UUID]:
    """Return the accounts that the condition lets through."""
    compiled = own(Column("account_id", Uuid), actor).compile(dialect=sqlite.dialect())
    (held,) = compiled.params.values()
    return set(held)


def test_what_is_ones_own_is_that_of_the_account_and_of_the_colleagues_on_leave() -> None:
    assert told(Actor(ME, "me")) == {ME}
    assert told(Actor(ME, "me", stands_in=(AWAY,))) == {ME, AWAY}


def test_who_has_no_account_has_nothing_of_their_own() -> None:
    assert told(Actor(None, "system", stands_in=(OTHER,))) == set()
