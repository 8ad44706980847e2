"""Whose caseload an address is about."""

from typing import TYPE_CHECKING, Final
from uuid import UUID

from caseapp.accounts.scope import the_account
from caseapp.domain.policy import Role
from caseapp.kernel.work import Work

if TYPE_CHECKING:
    from caseapp.accounts.models import Account

CARRIES: Final = frozenset({Role.CPK, Role.GUARDIAN, Role.COORDINATOR})
"""Roles that can carry children."""


def the_colleague(work: Work, account_id: UUID) -> "Account | None":
    """Return an account of a role that carries children; the look is recorded."""
    row = the_account(work, account_id)
    return row if row is not None and Role(row.role) in CARRIES else None
