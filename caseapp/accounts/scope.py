"""Which account, session, right or location an address is about, and whether it is yours."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.accounts import actions, queries
from caseapp.accounts.actions import standing_in
from caseapp.domain.granting import may_ask, oversees
from caseapp.domain.policy import Role, ScopeKind
from caseapp.kernel.work import Work
from caseapp.reference import queries as reference

if TYPE_CHECKING:
    from caseapp.accounts.models import Account, Emergency, Factor, Grant, Leave, UserSession
    from caseapp.reference.models import Location


@dataclass(frozen=True, slots=True)
class Right:
    """A right with the account that it is of."""

    account: "Account"
    grant: "Grant"


def the_account(work: Work, account_id: UUID) -> "Account | None":
    """Return an account; the look is recorded."""
    row = queries.account(work, account_id)
    if row is not None:
        work.saw("account-read", object="account", object_id=row.id)
    return row


def the_open_account(work: Work, account_id: UUID) -> "Account | None":
    """Return an account that is not closed."""
    row = the_account(work, account_id)
    return row if row is not None and row.closed_at is None else None


def the_own_session(work: Work, session_id: UUID) -> "UserSession | None":
    """Return a session of who is asking; nobody else's."""
    own = work.actor.account_id
    return None if own is None else queries.session_of(work, own, session_id)


def the_own_factor(work: Work, factor_id: UUID) -> "Factor | None":
    """Return a second factor of who is asking; nobody else's."""
    own = work.actor.account_id
    return None if own is None else queries.factor_of(work, own, factor_id)


def the_right_to_approve(work: Work, account_id: UUID, grant_id: UUID) -> Right | None:
    """Return a right that this coordinator is over; whether it waits is seen by the action."""
    found = _right(work, account_id, grant_id)
    if found is None:
        return None
    role, scope = Role(found.grant.role), ScopeKind(found.grant.scope_kind)
    region = actions.region_of(work, scope, found.grant.scope_id)
    return found if oversees(work.actor, role, scope, region) else None


def the_right_to_end(work: Work, account_id: UUID, grant_id: UUID) -> Right | None:
    """Return a right that who is asking may take back."""
    found = _right(work, account_id, grant_id)
    if found is None:
        return None
    role, scope = Role(found.grant.role), ScopeKind(found.grant.scope_kind)
    region = actions.region_of(work, scope, found.grant.scope_id)
    return found if may_ask(work.actor, role, scope, region) else None


def the_absent(work: Work, account_id: UUID) -> "Account | None":
    """Return a colleague whose leave who is asking may arrange: not the own account, which has its own page."""
    row = queries.account(work, account_id)
    if row is None or row.closed_at is not None or row.id == work.actor.account_id:
        return None
    return row if standing_in.may_arrange(work, row) else None


def the_leave(work: Work, leave_id: UUID) -> "Leave | None":
    """Return a leave that who is asking may end."""
    row = queries.leave(work, leave_id)
    return row if row is not None and standing_in.may_end(work, row) else None


def the_own_emergency(work: Work, emergency_id: UUID) -> "Emergency | None":
    """Return a look in an emergency of who is asking."""
    row = queries.emergency(work, emergency_id)
    return row if row is not None and row.account_id == work.actor.account_id else None


def the_emergency_to_review(work: Work, emergency_id: UUID) -> "Emergency | None":
    """Return a look in an emergency that who is asking judges."""
    row = queries.emergency(work, emergency_id)
    return row if row is not None and queries.may_review(work.actor, row) else None


def the_location(work: Work, location_id: UUID) -> "Location | None":
    """Return a location that who is asking may know."""
    row = reference.location(work, location_id)
    return row if row is not None and reference.knows(work, row) else None


def _right(work: Work, account_id: UUID, grant_id: UUID) -> Right | None:
    row, grant = queries.account(work, account_id), queries.grant(work, grant_id)
    if row is None or grant is None or grant.account_id != row.id:
        return None
    return Right(row, grant)
