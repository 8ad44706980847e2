"""Alerts that go with a caseload: whoever takes the children over takes what was theirs to mend too."""

from collections.abc import Mapping
from uuid import UUID

from caseapp.continuity import queries
from caseapp.continuity.actions.owning import note
from caseapp.continuity.models import Step
from caseapp.domain.events import AlertFollowed
from caseapp.kernel.work import Work


def follow(work: Work, leaver: UUID, to: Mapping[UUID, UUID]) -> int:
    """Give the open alerts that one owns about these children to who takes each child over; return how many.

    Nobody is told of each: one message says that a caseload came. An alert that nobody took stays not
    taken, so that it still climbs.
    """
    rows = queries.owned_by(work, leaver, to)
    for row in rows:
        row.owner_account_id = to[row.child_id]
        note(work, row, Step.ASSIGNED, to_account_id=to[row.child_id])
        work.record(
            AlertFollowed(object_id=row.id, child_id=row.child_id, account_id=to[row.child_id])
        )
    return len(rows)
