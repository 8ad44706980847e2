"""Plans of the guardian and reviews of them: written down, corrected, and taken back."""

from uuid import UUID

from caseapp.domain.events import PlanCorrected, PlanRecorded
from caseapp.domain.intents.guardianship import PlanDetails
from caseapp.guardianship.actions.refusing import NotYetError
from caseapp.guardianship.models import Plan, PlanFacts
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work


def record_plan(work: Work, child_id: UUID, said: PlanDetails) -> Plan:
    """Write down a plan or a review; raises NotYetError."""
    row = Plan(id=new_id(), child_id=child_id)
    work.add(row, facts=_facts_of(work, said))
    work.record(PlanRecorded(object_id=row.id, child_id=child_id))
    return row


def correct_plan(
    work: Work, row: Plan, version: int, said: PlanDetails, *, counts: bool = True
) -> None:
    """Correct a plan or a review, or take it back; raises NotYetError, LostRaceError."""
    if work.revise(row, version, facts=_facts_of(work, said, counts=counts)):
        work.record(PlanCorrected(object_id=row.id, child_id=row.child_id, fields=("facts",)))


def _facts_of(work: Work, said: PlanDetails, *, counts: bool = True) -> PlanFacts:
    if said.on > work.today:
        raise NotYetError
    return PlanFacts(said.on, said.kind, counts)
