"""Whose caseload an address is about, and what waits for a second person."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Final
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.accounts.actions import standing_in
from caseapp.accounts.scope import the_account
from caseapp.domain.policy import Role
from caseapp.domain.two_people import SECOND, Together
from caseapp.kernel.work import Work
from caseapp.people import queries as people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from caseapp.accounts.models import Account, TwoPeople


def the_request_to_decide(work: Work, request_id: UUID) -> "TwoPeople | None":
    """Return what somebody asked that takes two people, when who is asking decides about such things."""
    row = accounts.two_people(work, request_id)
    return next(iter(ours_to_decide(work, [row])), None) if row is not None else None


def ours_to_decide(work: Work, rows: "Sequence[TwoPeople]") -> "list[TwoPeople]":
    """Return what somebody may see that waits for a second person.

    Of the role that decides; a coordinator only with own rights over the child, or over the account.
    """
    own = work.actor.on_own_rights
    mine = [row for row in rows if own.role in SECOND[Together(row.kind)].roles]
    if own.role is not Role.COORDINATOR or own.is_national:
        return mine
    seen = people.visible_among(work, [row.child_id for row in mine if row.child_id])
    return [row for row in mine if _is_over(work, row, seen)]


def _is_over(work: Work, row: "TwoPeople", seen: Collection[UUID]) -> bool:
    if row.child_id is not None:
        return row.child_id in seen and people.on_behalf_of(work, [row.child_id]) is None
    about = accounts.account(work, row.about_account) if row.about_account else None
    return about is not None and standing_in.may_arrange(work, about)


CARRIES: Final = frozenset({Role.CPK, Role.GUARDIAN, Role.COORDINATOR})
"""Roles that can carry children."""


def the_colleague(work: Work, account_id: UUID) -> "Account | None":
    """Return an account of a role that carries children; the look is recorded."""
    row = the_account(work, account_id)
    return row if row is not None and Role(row.role) in CARRIES else None
