"""Planned leave: a colleague of the same role and employer does the work, for at most 28 days."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from caseapp.accounts import queries
from caseapp.accounts.actions.grants import region_of
from caseapp.accounts.models import Account, Grant, Leave
from caseapp.domain.events import LeaveArranged, LeaveEnded
from caseapp.domain.granting import LEAVE_LASTS, Refusal, RefusedError, oversees
from caseapp.domain.intents.leave import LeaveWish
from caseapp.domain.policy import BREAK_GLASS, Role, ScopeKind
from caseapp.kernel import clock
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work

LENDS: Final = frozenset({Role.CPK, Role.GUARDIAN, Role.COORDINATOR})
"""Roles whose work another can do."""


def arrange(work: Work, wish: LeaveWish) -> Leave:
    """Let a colleague do the work of somebody who is away: arranged by who is away, or their coordinator.

    What is lent is what the absent colleague holds themself at each moment, or one right of it: what was
    lent to them is never lent on. Raises RefusedError.
    """
    absent = queries.account(work, wish.absent_id)
    stand_in = queries.account(work, wish.stand_in_id)
    if absent is None or stand_in is None or absent.closed_at or stand_in.closed_at:
        raise RefusedError(Refusal.CLOSED)
    if not may_arrange(work, absent):
        raise RefusedError(Refusal.OUTSIDE_REACH)
    _refuse_stand_in(work, absent, stand_in)
    begins, ends = _period(work, wish)
    if wish.grant_id is not None and wish.grant_id not in {
        one.id for one in own_rights(work, absent)
    }:
        raise RefusedError(Refusal.WIDER)
    row = Leave(
        id=new_id(), absent_id=absent.id, stand_in_id=stand_in.id, role=absent.role,
        grant_id=wish.grant_id, begins_at=begins, ends_at=ends,
        arranged_by=work.actor.account_id, arranged_at=work.now,
    )  # fmt: skip
    work.add(row)
    work.flush()
    work.record(LeaveArranged(object_id=row.id, told=(absent.id, stand_in.id)))
    return row


def end_leave(work: Work, row: Leave) -> None:
    """End a leave at once: by who is away, who stands in, or their coordinator; raises RefusedError."""
    work.session.refresh(row, with_for_update=True)
    if row.ended_at is not None or row.ends_at <= work.now:
        raise RefusedError(Refusal.NOT_WAITING)
    if not may_end(work, row):
        raise RefusedError(Refusal.OUTSIDE_REACH)
    row.ended_at, row.ended_by = work.now, work.actor.account_id
    work.flush()
    work.record(LeaveEnded(object_id=row.id, told=(row.absent_id, row.stand_in_id)))


def may_arrange(work: Work, absent: Account) -> bool:
    """Say whether who is asking may arrange this leave: their own, or as coordinator over one of the rights."""
    if Role(absent.role) not in LENDS:
        return False
    rights = own_rights(work, absent)
    if absent.id == work.actor.account_id:
        return bool(rights)
    return any(_is_over(work, one) for one in rights)


def may_end(work: Work, row: Leave) -> bool:
    """Say whether who is asking may end this leave."""
    absent = queries.account(work, row.absent_id)
    both = {row.absent_id, row.stand_in_id}
    return work.actor.account_id in both or (absent is not None and may_arrange(work, absent))


def own_rights(work: Work, row: Account) -> list[Grant]:
    """Return what somebody holds themself now and can lend: no break-glass."""
    held = queries.valid_of(work, [row.id])[row.id]
    return [one for one in held if one.role == row.role and one.origin != BREAK_GLASS]


def _is_over(work: Work, grant: Grant) -> bool:
    scope = ScopeKind(grant.scope_kind)
    return oversees(work.actor, Role(grant.role), scope, region_of(work, scope, grant.scope_id))


def _refuse_stand_in(work: Work, absent: Account, stand_in: Account) -> None:
    if stand_in.id == absent.id or (
        stand_in.id == work.actor.account_id and absent.id != work.actor.account_id
    ):
        raise RefusedError(Refusal.FOR_ONESELF)
    if stand_in.role != absent.role or not own_rights(work, stand_in):
        raise RefusedError(Refusal.OTHER_ROLE)
    if absent.organisation is None or stand_in.organisation != absent.organisation:
        raise RefusedError(Refusal.OTHER_ORGANISATION)


def _period(work: Work, wish: LeaveWish) -> tuple[datetime, datetime]:
    """Return when a leave begins and ends; one that follows on another of the same two counts with it."""
    if wish.from_on < work.today or wish.until_on < wish.from_on:
        raise RefusedError(Refusal.PERIOD)
    begins = work.now if wish.from_on == work.today else clock.midnight(wish.from_on)
    ends = clock.midnight(wish.until_on + timedelta(days=1))
    first = wish.from_on
    for row in _before(work, wish, ends):
        until = clock.local_day(row.ended_at or row.ends_at)
        if until >= first - timedelta(days=1):
            first = min(first, clock.local_day(row.begins_at))
    if wish.until_on - first >= LEAVE_LASTS:
        raise RefusedError(Refusal.TOO_LONG)
    return begins, ends


def _before(work: Work, wish: LeaveWish, ends: datetime) -> list[Leave]:
    """Return the leaves of the same two that began before this one ends, the latest first."""
    same = (Leave.absent_id == wish.absent_id) & (Leave.stand_in_id == wish.stand_in_id)
    rows = select(Leave).where(same, Leave.begins_at < ends).order_by(Leave.ends_at.desc())
    return list(work.session.scalars(rows).all())
