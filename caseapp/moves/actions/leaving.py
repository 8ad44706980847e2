"""Whoever stops working here lays the baton down: it is never held by somebody who is not there.

Nobody takes it over by itself: rule TRF-3 says at once that a child has nobody, and to whom. Working at
another place ends nothing: who hands a child over stays responsible while it lives elsewhere (ADR 0020).
"""

from collections.abc import Collection
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.domain.events import AccountClosed, GrantRevoked, ResponsibilityEnded
from caseapp.kernel.work import Work
from caseapp.moves import queries


def end_with_account(work: Work, event: AccountClosed | GrantRevoked) -> None:
    """End the responsibility of whoever was left without a right, at once. A reaction."""
    who = event.account_id if isinstance(event, GrantRevoked) else event.object_id
    if who is not None:
        lay_down(work, [who])


def lay_down(work: Work, account_ids: Collection[UUID]) -> int:
    """End what these accounts are responsible for when they work here no longer; return for how many children.

    It ends on the day on which the last right ended, also when that is noticed later: at night.
    """
    gone = accounts.gone(work, account_ids)
    rows = queries.held_by(work, gone) if gone else ()
    for row in rows:
        day = gone[row.account_id] if row.account_id else work.today
        work.revise(row, to_on=max(row.from_on, day))
        work.record(ResponsibilityEnded(object_id=row.id, child_id=row.child_id, fields=("to_on",)))
    work.flush()
    return len(rows)
