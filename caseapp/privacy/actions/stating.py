"""What a child, or somebody for it, says beside the record: written down as it is said, never corrected."""

from uuid import UUID

from caseapp.domain.events import StatementRecorded, StatementWithdrawn
from caseapp.domain.intents.privacy import StatementDetails
from caseapp.domain.privacy_rights import Refusal, RightRefusedError
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work, reading_past
from caseapp.privacy.models import Statement, StatementFacts
from caseapp.privacy.queries import DESK


def record_statement(
    work: Work, child_id: UUID, said: StatementDetails, request_id: UUID | None = None
) -> Statement:
    """Put a statement beside a chapter of the file; the record itself stays as it is."""
    row = Statement(
        id=new_id(), child_id=child_id, chapter=said.chapter.value, request_id=request_id
    )
    work.add(row, facts=StatementFacts(said.on, said.by.value, said.text))
    work.flush()
    work.record(StatementRecorded(object_id=row.id, child_id=child_id))
    return row


@reading_past(DESK)
def record_for_request(
    work: Work, child_id: UUID, said: StatementDetails, request_id: UUID
) -> Statement:
    """Put the words of who asked beside the file, from the privacy desk, which sees no file."""
    return record_statement(work, child_id, said, request_id)


def withdraw_statement(work: Work, row: Statement, version: int | None) -> None:
    """Take a statement back on the word of who said it; raises RightRefusedError, LostRaceError."""
    if row.withdrawn_on is not None:
        raise RightRefusedError(Refusal.WITHDRAWN)
    work.revise(row, version, withdrawn_on=work.today)
    work.record(
        StatementWithdrawn(object_id=row.id, child_id=row.child_id, fields=("withdrawn_on",))
    )
