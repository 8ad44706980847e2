"""Whether the rights that a unit of work began with still stand when it is about to be saved."""

from sqlalchemy import select

from caseapp.accounts.models import Grant, Leave
from caseapp.accounts.queries.visits import holds, lasts
from caseapp.kernel.work import OutOfReachError, Work


def still_stands(work: Work) -> None:
    """Look once more, in the transaction that writes, at the grants by which somebody acts.

    They are read with a lock that whoever takes one back waits for, or is waited for: a right that ended
    between the look and the write is no right (attack 52). Raises OutOfReachError.
    """
    held = {grant.id for grant in work.actor.grants}
    if not held:
        return
    wanted = select(Grant.id).where(Grant.id.in_(held), holds(work.now)).with_for_update(read=True)
    if held - set(work.session.scalars(wanted)) or _leave_ended(work):
        raise OutOfReachError


def _leave_ended(work: Work) -> bool:
    """Say whether a leave is over by which a colleague's grant was lent to who acts."""
    lenders = {grant.lent_by for grant in work.actor.grants if grant.lent_by is not None}
    if not lenders:
        return False
    mine = (Leave.stand_in_id == work.actor.account_id) & Leave.absent_id.in_(lenders)
    wanted = select(Leave.absent_id).where(mine, lasts(work.now)).with_for_update(read=True)
    return bool(lenders - set(work.session.scalars(wanted)))
