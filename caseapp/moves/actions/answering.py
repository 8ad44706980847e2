"""Handovers that nobody answers in time become known to the desk of the receiving region, once."""

from typing import Final

from caseapp.domain.events import HandoverDeadlineMissed
from caseapp.kernel.work import Work
from caseapp.moves import queries

AT_ONCE: Final = 200


def note_missed(work: Work) -> int:
    """Tell the desk of every handover whose deadline has passed, at most 200; return how many there were.

    A handover that another worker is telling of is left to it.
    """
    late = queries.unanswered(work, AT_ONCE)
    for row, move in late:
        work.revise(row, missed_at=work.now)
        told = queries.desks_of(work, move.to_location_id)
        work.record(HandoverDeadlineMissed(object_id=row.id, child_id=row.child_id, told=told))
    return len(late)
