"""Observations, contacts and meetings of many documents at once."""

from collections.abc import Sequence
from typing import Any

from caseapp.domain import facts
from caseapp.domain.incoming import Incoming
from caseapp.kernel.bulk import insert_all, sealed_row
from caseapp.kernel.seals import Domain
from caseapp.kernel.work import Work
from caseapp.observations.models import (
    Contact,
    Meeting,
    MeetingFacts,
    Observation,
    ObservationFacts,
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
