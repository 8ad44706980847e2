"""Whose turn it is: two never let the alerts of a child follow the facts at the same time.

Whoever does so locks the row of the child in `alert_turn` first, reads the facts after that, and holds it until
the end of the transaction. So the second reads what the first wrote, and finds nothing left to do.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from caseapp.continuity.models import AlertTurn
from caseapp.kernel.bulk import AT_ONCE, among, in_parts, insert_new
from caseapp.kernel.work import Work


def hold(work: Work, child_ids: Collection[UUID], *, wait: bool = True) -> list[UUID]:
    """Take the turn of these children, in the order of their keys, and return those that are ours now.

    Without `wait` the children whose turn somebody else has are left out. All rows are there before the first
    is locked: who waits for somebody's new row must not hold what that one wants.
    """
    ours: set[UUID] = work.once(hold, set)
    wanted = sorted(set(child_ids) - ours)
    if len(wanted) == 1:  # nothing is held yet: most often one statement will do
        ours.update(_locked(work, wanted, wait=wait))
    if not ours.issuperset(wanted):
        _add(work, wanted)
        for part in in_parts(wanted):
            ours.update(_locked(work, part, wait=wait))
    return [child_id for child_id in child_ids if child_id in ours]


def _add(work: Work, child_ids: Sequence[UUID]) -> None:
    """Add the rows that are not there yet, in the order of their keys."""
    known = {key for part in in_parts(child_ids) for key in _rows(work, part)}
    new = [{"child_id": child_id} for child_id in child_ids if child_id not in known]
    for start in range(0, len(new), AT_ONCE):
        insert_new(work, AlertTurn, new[start : start + AT_ONCE])


def _rows(work: Work, child_ids: Sequence[UUID]) -> Sequence[UUID]:
    rows = select(AlertTurn.child_id).where(among(work, AlertTurn.child_id, child_ids))
    return work.session.scalars(rows).all()


def _locked(work: Work, child_ids: Sequence[UUID], *, wait: bool) -> Sequence[UUID]:
    rows = (
        select(AlertTurn.child_id)
        .where(among(work, AlertTurn.child_id, child_ids))
        .order_by(AlertTurn.child_id)
        .with_for_update(skip_locked=not wait)
    )
    return work.session.scalars(rows).all()
