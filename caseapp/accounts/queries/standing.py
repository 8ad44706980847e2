"""Whether the rights that a unit of work began with still stand when it is about to be saved."""

from sqlalchemy import select

from caseapp.accounts.models import Grant
from caseapp.accounts.queries.visits import holds
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
    if held - set(work.session.scalars(wanted)):
        raise OutOfReachError
