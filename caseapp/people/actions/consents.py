"""Who may know what: consents, and the day on which special needs were assessed."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from caseapp.domain.events import ChildCorrected, ConsentCorrected, ConsentRecorded
from caseapp.domain.intents.people import ConsentDetails
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.people.models import Child, Consent, ConsentFacts


class NotYetError(ValueError):
    """Something is said to have happened on a day that has not come yet."""


def record_consent(work: Work, child_id: UUID, said: ConsentDetails) -> Consent:
    """Write down a talk on who may know what, and its outcome; raises NotYetError."""
    row = Consent(id=new_id(), child_id=child_id)
    work.add(row, facts=_facts_of(work, said))
    work.record(ConsentRecorded(object_id=row.id, child_id=child_id))
    return row


def correct_consent(
    work: Work, row: Consent, version: int, said: ConsentDetails, *, counts: bool = True
) -> None:
    """Correct a consent, or take it back; raises NotYetError, LostRaceError."""
    if work.revise(row, version, facts=_facts_of(work, said, counts=counts)):
        work.record(ConsentCorrected(object_id=row.id, child_id=row.child_id, fields=("facts",)))


def assess_needs(work: Work, child: Child, version: int, on: date | None) -> None:
    """Write down on which day the special needs were assessed, or that they were not after all.

    Raises NotYetError, LostRaceError.
    """
    if on is not None and on > work.today:
        raise NotYetError
    facts = child.facts
    if work.revise(child, version, facts=replace(facts, needs_assessed_on=on)):
        work.record(
            ChildCorrected(
                object_id=child.id,
                child_id=child.id,
                fields=("needs_assessed_on",),
                unaccompanied=facts.unaccompanied,
            )
        )


def _facts_of(work: Work, said: ConsentDetails, *, counts: bool = True) -> ConsentFacts:
    if said.on > work.today:
        raise NotYetError
    return ConsentFacts(said.on, said.given_by, said.scope, counts)
