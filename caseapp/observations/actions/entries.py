"""Writing down and correcting observations and contacts; what was there before stays readable."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from caseapp.domain.events import (
    ContactCorrected,
    ContactRecorded,
    ObservationCorrected,
    ObservationRecorded,
)
from caseapp.domain.intents.observations import Agreed, ContactDetails, ObservationDetails
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.observations.actions.refusing import NothingAgreedError, NotYetError, NoWordsError
from caseapp.observations.models import Contact, Observation, ObservationFacts


def record(work: Work, child_id: UUID, said: ObservationDetails) -> Observation:
    """Write down what was seen or heard; raises NotYetError, NoWordsError."""
    _refuse(work, said)
    row = Observation(id=new_id(), child_id=child_id, on_day=said.on)
    work.add(row, facts=_facts_of(said), **_texts_of(said))
    work.record(ObservationRecorded(object_id=row.id, child_id=child_id))
    return row


def correct(work: Work, row: Observation, version: int, said: ObservationDetails) -> None:
    """Correct an observation, and what was agreed after it.

    Raises NotYetError, NoWordsError, and LostRaceError when somebody else was first.
    """
    _refuse(work, said)
    changed = work.revise(row, version, on_day=said.on, facts=_facts_of(said), **_texts_of(said))
    if changed:
        work.record(ObservationCorrected(object_id=row.id, child_id=row.child_id, fields=changed))


def agree(work: Work, row: Observation, version: int, agreed: Agreed) -> None:
    """Write down what is agreed after an observation; raises NotYetError, LostRaceError."""
    if agreed.done_on is not None and agreed.done_on > work.today:
        raise NotYetError
    facts = replace(
        row.facts,
        has_action=True,
        action_text=agreed.text,
        action_owner=agreed.owner,
        action_due_on=agreed.due_on,
        action_done_on=agreed.done_on,
    )
    if work.revise(row, version, facts=facts):
        work.record(
            ObservationCorrected(object_id=row.id, child_id=row.child_id, fields=("facts",))
        )


def finish_action(work: Work, row: Observation, version: int, on: date) -> None:
    """Write down that what was agreed is done; raises NotYetError, NothingAgreedError, LostRaceError."""
    if on > work.today:
        raise NotYetError
    if not row.facts.has_action:
        raise NothingAgreedError
    if work.revise(row, version, facts=replace(row.facts, action_done_on=on)):
        work.record(
            ObservationCorrected(object_id=row.id, child_id=row.child_id, fields=("facts",))
        )


def log_contact(work: Work, child_id: UUID, said: ContactDetails) -> Contact:
    """Write down a contact with the child; raises NotYetError."""
    if said.on > work.today:
        raise NotYetError
    row = Contact(
        id=new_id(), child_id=child_id, on_day=said.on, by=said.by.value, mode=said.mode.value
    )
    work.add(row, note=said.note)
    work.record(ContactRecorded(object_id=row.id, child_id=child_id))
    return row


def correct_contact(work: Work, row: Contact, version: int, said: ContactDetails) -> None:
    """Correct a contact; raises NotYetError, and LostRaceError when somebody else was first."""
    if said.on > work.today:
        raise NotYetError
    changed = work.revise(
        row, version, on_day=said.on, by=said.by.value, mode=said.mode.value, note=said.note
    )
    if changed:
        work.record(ContactCorrected(object_id=row.id, child_id=row.child_id, fields=changed))


def _refuse(work: Work, said: ObservationDetails) -> None:
    done = said.agreed.done_on if said.agreed else None
    if max(said.on, done or said.on) > work.today:
        raise NotYetError
    if said.child_view is None and said.not_asked is None:
        raise NoWordsError


def _texts_of(said: ObservationDetails) -> dict[str, str | None]:
    return {
        "text": said.text,
        "child_view": said.child_view,
        "interpretation": said.interpretation,
    }


def _facts_of(said: ObservationDetails) -> ObservationFacts:
    agreed = said.agreed
    return ObservationFacts(
        source=said.source,
        level=said.level,
        conditions=dict(said.conditions),
        has_action=agreed is not None,
        action_text=agreed.text if agreed else None,
        action_owner=agreed.owner if agreed else None,
        action_due_on=agreed.due_on if agreed else None,
        action_done_on=agreed.done_on if agreed else None,
        not_asked_because=said.not_asked.value if said.not_asked else None,
    )
