"""Asking for rights, approving them by a second person, and ending them."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from caseapp.accounts import queries
from caseapp.accounts.models import Account, Grant
from caseapp.domain.codes import Region
from caseapp.domain.events import GrantApproved, GrantAsked, GrantRevoked
from caseapp.domain.granting import Refusal, RefusedError, may_ask, oversees
from caseapp.domain.intents.accounts import GrantWish
from caseapp.domain.policy import OPENS_DOSSIERS, SCOPES_OF, Role, ScopeKind
from caseapp.kernel import clock
from caseapp.kernel.work import Work
from caseapp.reference import queries as reference


def ask_grant(work: Work, wish: GrantWish) -> Grant:
    """Ask for a right of the account's role; what opens dossiers waits for a second person.

    Raises RefusedError: for oneself, outside the own reach, a scope or place that cannot be, a
    period that cannot be, or a right that is there already.
    """
    row = queries.account(work, wish.account_id)
    if row is None or row.closed_at is not None:
        raise RefusedError(Refusal.CLOSED)
    if work.actor.account_id == row.id:
        raise RefusedError(Refusal.FOR_ONESELF)
    role = Role(row.role)
    if wish.scope not in SCOPES_OF[role]:
        raise RefusedError(Refusal.NOT_THIS_SCOPE)
    region = region_of(work, wish.scope, wish.place)
    if not (_is_system(work) or may_ask(work.actor, role, wish.scope, region)):
        raise RefusedError(Refusal.OUTSIDE_REACH)
    return give(work, row, wish)


def give(work: Work, row: Account, wish: GrantWish) -> Grant:
    """Write a right down, to be approved when it opens dossiers; raises RefusedError."""
    begins, ends = _period(work, wish.from_on, wish.until_on)
    if _is_there(work, row, wish):
        raise RefusedError(Refusal.ALREADY_THERE)
    grant = Grant(
        account_id=row.id,
        role=row.role,
        scope_kind=wish.scope,
        scope_id=wish.place,
        valid_from=begins,
        valid_to=ends,
        origin=wish.origin,
        asked_by=work.actor.account_id,
        asked_at=work.now,
        needs_approval=Role(row.role) in OPENS_DOSSIERS,
    )
    work.session.add(grant)
    work.flush()
    if wish.reason:
        grant.reason = wish.reason
    work.record(GrantAsked(object_id=grant.id, account_id=row.id))
    return grant


def approve_grant(work: Work, grant: Grant) -> None:
    """Approve a right as a second person: never who asked, never whose it is.

    Raises RefusedError. A system actor over all children approves too: the demo world and tests.
    """
    work.session.refresh(grant, with_for_update=True)
    if not is_waiting(grant, work.now):
        raise RefusedError(Refusal.NOT_WAITING)
    approver = work.actor.account_id
    if not _is_system(work):
        if approver == grant.account_id:
            raise RefusedError(Refusal.FOR_ONESELF)
        if approver == grant.asked_by:
            raise RefusedError(Refusal.TWO_PEOPLE)
        if queries.is_stand_in(work, approver, grant.asked_by, grant.asked_at):
            raise RefusedError(Refusal.STAND_IN)
        region = region_of(work, ScopeKind(grant.scope_kind), grant.scope_id)
        if not oversees(work.actor, Role(grant.role), ScopeKind(grant.scope_kind), region):
            raise RefusedError(Refusal.OUTSIDE_REACH)
    grant.approved_by, grant.approved_at = approver, work.now
    work.record(GrantApproved(object_id=grant.id, account_id=grant.account_id))


def revoke_grant(work: Work, grant: Grant) -> None:
    """Take a right back at once, or turn down one that waits.

    Raises RefusedError: outside the own reach, ended before, or the last of its kind.
    """
    _refuse_to_end(work, grant)
    take_back(work, grant)


def end_grant(work: Work, grant: Grant, last_day: date) -> None:
    """Let a right end after a day that is sooner than it would; raises RefusedError."""
    _refuse_to_end(work, grant)
    ends = clock.midnight(last_day + timedelta(days=1))
    if ends <= max(grant.valid_from, work.now) or (grant.valid_to and ends > grant.valid_to):
        raise RefusedError(Refusal.PERIOD)
    grant.valid_to = ends
    fields = ("valid_to",)
    work.record(GrantRevoked(object_id=grant.id, account_id=grant.account_id, fields=fields))


def take_back(work: Work, grant: Grant) -> None:
    """End a right now, whoever asks."""
    grant.revoked_at = work.now
    work.record(GrantRevoked(object_id=grant.id, account_id=grant.account_id))


def is_waiting(grant: Grant, now: datetime) -> bool:
    """Say whether a right waits for approval, and can still begin."""
    return (
        grant.needs_approval
        and grant.approved_at is None
        and grant.revoked_at is None
        and (grant.valid_to is None or grant.valid_to > now)
    )


def region_of(work: Work, scope: ScopeKind, place: str | None) -> str | None:
    """Return the region in which a right holds; raises RefusedError for a place that is not there."""
    try:
        if scope is ScopeKind.REGION:
            return Region(place or "").value
        if scope is ScopeKind.LOCATION:
            found = reference.location(work, UUID(place or ""))
            if found is not None:
                return found.region
            raise RefusedError(Refusal.NO_SUCH_PLACE)
    except ValueError:
        raise RefusedError(Refusal.NO_SUCH_PLACE) from None
    if place is not None:
        raise RefusedError(Refusal.NO_SUCH_PLACE)
    return None


def refuse_without_successor(work: Work, row: Account) -> None:
    """Raise RefusedError when this account is the last administrator or national coordinator."""
    for role, scope, code in (
        (Role.ADMINISTRATOR, ScopeKind.NONE, Refusal.LAST_ADMINISTRATOR),
        (Role.COORDINATOR, ScopeKind.ALL, Refusal.LAST_NATIONAL),
    ):
        if row.role == role:
            of_role = select(Account.id).where(Account.role == role).order_by(Account.id)
            work.session.execute(of_role.with_for_update())
            there = {one.id for one in queries.holders(work, role, scope).get("", [])}
            if there == {row.id}:
                raise RefusedError(code)


def _refuse_to_end(work: Work, grant: Grant) -> None:
    work.session.refresh(grant, with_for_update=True)
    if grant.revoked_at is not None or (grant.valid_to and grant.valid_to <= work.now):
        raise RefusedError(Refusal.NOT_WAITING)
    role, scope = Role(grant.role), ScopeKind(grant.scope_kind)
    region = region_of(work, scope, grant.scope_id)
    if not (_is_system(work) or may_ask(work.actor, role, scope, region)):
        raise RefusedError(Refusal.OUTSIDE_REACH)
    row = queries.account(work, grant.account_id)
    if row is not None and (scope is ScopeKind.ALL or role is Role.ADMINISTRATOR):
        refuse_without_successor(work, row)


def _period(
    work: Work, from_on: date | None, until_on: date | None
) -> tuple[datetime, datetime | None]:
    if from_on is not None and from_on < work.today:
        raise RefusedError(Refusal.PERIOD)
    later = from_on is not None and from_on > work.today
    begins = clock.midnight(from_on) if later and from_on else work.now
    ends = clock.midnight(until_on + timedelta(days=1)) if until_on else None
    if ends is not None and ends <= begins:
        raise RefusedError(Refusal.PERIOD)
    return begins, ends


def _is_there(work: Work, row: Account, wish: GrantWish) -> bool:
    same = select(Grant).where(
        Grant.account_id == row.id,
        Grant.role == row.role,
        Grant.scope_kind == wish.scope,
        Grant.scope_id == wish.place,
        Grant.revoked_at.is_(None),
    )
    ends = [grant.valid_to for grant in work.session.scalars(same).all()]
    return any(end is None or end > work.now for end in ends) and wish.until_on is None


def _is_system(work: Work) -> bool:
    return work.actor.everywhere and work.actor.account_id is None
