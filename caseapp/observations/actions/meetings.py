"""Meetings about a child: written down, corrected, and taken back when one was a mistake."""

from uuid import UUID

from caseapp.domain.events import MeetingCorrected, MeetingRecorded
from caseapp.domain.intents.observations import MeetingDetails
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.observations.actions.refusing import NotYetError
from caseapp.observations.models import Meeting, MeetingFacts


def record_meeting(work: Work, child_id: UUID, said: MeetingDetails) -> Meeting:
    """Write down a meeting that was held; raises NotYetError."""
    row = Meeting(id=new_id(), child_id=child_id)
    work.add(row, facts=_facts_of(work, said))
    work.record(MeetingRecorded(object_id=row.id, child_id=child_id))
    return row


def correct_meeting(
    work: Work, row: Meeting, version: int, said: MeetingDetails, *, counts: bool = True
) -> None:
    """Correct a meeting, or take it back; raises NotYetError, LostRaceError."""
    if work.revise(row, version, facts=_facts_of(work, said, counts=counts)):
        work.record(MeetingCorrected(object_id=row.id, child_id=row.child_id, fields=("facts",)))


def _facts_of(work: Work, said: MeetingDetails, *, counts: bool = True) -> MeetingFacts:
    if said.on > work.today:
        raise NotYetError
    return MeetingFacts(said.on, said.participants, said.note, counts)
