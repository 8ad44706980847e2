"""Who stopped working here: an account without a right, or closed, carries nobody any more."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select

from caseapp.accounts.models import Account, Grant
from caseapp.accounts.queries.visits import holds
from caseapp.kernel import clock
from caseapp.kernel.bulk import AT_ONCE, among
from caseapp.kernel.work import Work


def gone(work: Work, account_ids: Collection[UUID]) -> dict[UUID, date]:
    """Return which of these accounts work here no longer, and the day on which that ended.

    Somebody works here while the account is open and holds a right of its role.
    """
    wanted = list(dict.fromkeys(account_ids))
    found: dict[UUID, date] = {}
    for start in range(0, len(wanted), AT_ONCE):
        part = set(wanted[start : start + AT_ONCE])
        left = part - set(work.session.scalars(_at_work(work, part)))
        found.update(_ended(work, left) if left else {})
    return found


def stays(work: Work, account_id: UUID) -> bool:
    """Say whether an account works here, and keep that so until the end of this work.

    Who is given children asks first: closing the account, or ending its last right, then waits.
    """

    def ask() -> bool:
        lock = select(Account.id).where(Account.id == account_id).with_for_update(read=True)
        work.session.execute(lock)
        return not gone(work, [account_id])

    return work.once((stays, account_id), ask)


def _at_work(work: Work, account_ids: Collection[UUID]) -> Select[UUID]:
    return (
        select(Account.id)
        .join(Grant, (Grant.account_id == Account.id) & (Grant.role == Account.role))
        .where(among(work, Account.id, account_ids), Account.closed_at.is_(None), holds(work.now))
    )


def _ended(work: Work, account_ids: Collection[UUID]) -> dict[UUID, date]:
    """Return the day on which the last right of each account ended, or the account was closed."""
    began = (Grant.valid_from <= work.now) & (
        Grant.approved_at.is_not(None) | Grant.needs_approval.is_(False)
    )
    rows = work.session.execute(
        select(Account.id, Account.closed_at, Grant.valid_to, Grant.revoked_at)
        .outerjoin(Grant, (Grant.account_id == Account.id) & began)
        .where(among(work, Account.id, account_ids))
    )
    ends: dict[UUID, datetime] = {}
    for account_id, closed_at, *ended in rows:
        end = min(one for one in (closed_at, *ended, work.now) if one is not None)
        ends[account_id] = max(end, ends.get(account_id, end))
    return {account_id: clock.local_day(end) for account_id, end in ends.items()}
