"""Writing down and correcting observations and contacts; what was there before stays readable."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from caseapp.domain import facts
from caseapp.domain.events import (
    ContactCorrected,
    ContactRecorded,
    ObservationCorrected,
    ObservationRecorded,
)
from caseapp.domain.incoming import Incoming
from caseapp.domain.intents.observations import ContactDetails, ObservationDetails
from caseapp.kernel.bulk import insert_all, sealed_row
from caseapp.kernel.db import new_id
from caseapp.kernel.seals import Domain
from caseapp.kernel.work import Work
from caseapp.observations.models import (
    Contact,
    Meeting,
    MeetingFacts,
    Observation,
    ObservationFacts,
)


class NotYetError(ValueError):
    """Something is said to have been seen, heard or done on a day that has not come yet."""


class NothingAgreedError(ValueError):
    """An observation has no agreed action that could be done."""


class NoWordsError(ValueError):
    """There are neither words of the child nor a reason why it was not asked."""


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


def take_in(work: Work, incoming: Sequence[Incoming]) -> None:
    """Write the observations, contacts and meetings of many documents; no events."""
    work.vault.prefetch(Domain.DOSSIER, [document.child_id for document in incoming])
    seen = [_observation_row(work, d, one) for d in incoming for one in d.dossier.observations]
    insert_all(work, Observation, seen)
    met = [_contact_row(work, d, one) for d in incoming for one in d.dossier.contacts]
    insert_all(work, Contact, met)
    held = [_meeting_row(work, d, one) for d in incoming for one in d.dossier.meetings]
    insert_all(work, Meeting, held)


def _observation_row(work: Work, document: Incoming, one: facts.Observation) -> dict[str, Any]:
    action = one.action
    said = ObservationFacts(
        source=one.source,
        level=one.level,
        conditions=dict(one.conditions),
        has_action=action is not None,
        action_text=action.text if action else None,
        action_owner=action.owner if action else None,
        action_due_on=action.due_on if action else None,
        action_done_on=action.done_on if action else None,
    )
    return sealed_row(
        work,
        Observation,
        document.child_id,
        document.key("observations", one.id),
        on_day=one.on,
        facts=said,
        text=one.text,
        child_view=one.child_view,
        interpretation=None,
    )


def _contact_row(work: Work, document: Incoming, one: facts.Contact) -> dict[str, Any]:
    return sealed_row(
        work,
        Contact,
        document.child_id,
        document.key("contacts", one.id),
        on_day=one.on,
        by=one.by.value,
        mode=one.mode.value,
        note=one.note,
    )


def _meeting_row(work: Work, document: Incoming, one: facts.Meeting) -> dict[str, Any]:
    said = MeetingFacts(one.on, tuple(one.participants), one.note)
    return sealed_row(
        work, Meeting, document.child_id, document.key("meetings", one.id), facts=said
    )
