"""Handovers that nobody answers in time become known to the desk of the receiving region, once."""

from typing import Final

from caseapp.domain.events import HandoverDeadlineMissed
from caseapp.kernel.work import Work
from caseapp.moves import queries
from caseapp.moves.actions.handing import ANSWER_IN, readable_from
from caseapp.moves.models import Handover, Transfer

AT_ONCE: Final = 200


def note_missed(work: Work) -> int:
    """Tell the desk of every handover whose deadline has passed, at most 200; return how many there were.

    A handover that another worker is telling of is left to it.
    """
    late = queries.unanswered(work, AT_ONCE)
    for row, move in late:
        opens = readable_from(work, move)
        if opens > work.now and move.arrived_on is None:
            work.revise(
                row, due_at=opens + ANSWER_IN
            )  # the move was put off: nobody there can read it
        else:
            _tell(work, row, move)
    return len(late)


def _tell(work: Work, row: Handover, move: Transfer) -> None:
    work.revise(row, missed_at=work.now)
    work.flush()
    told = queries.desks_of(work, move.to_location_id)
    work.record(
        HandoverDeadlineMissed(
            object_id=move.id, child_id=row.child_id, told=told, spell=row.version
        )
    )
