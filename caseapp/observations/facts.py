"""Observations, contacts and meetings as the rules read them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from caseapp.domain import facts as domain
from caseapp.domain.care_codes import ContactBy, ContactMode
from caseapp.kernel.bulk import opened
from caseapp.kernel.work import Work
from caseapp.observations import queries
from caseapp.observations.models import Meeting, Observation, ObservationFacts


def gather(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return for each child its observations, contacts and meetings, without the long texts.

    No rule reads a text, so none is opened here; `with_texts` adds them for a document. Raises Unreadable.
    """
    found: dict[UUID, dict[str, Any]] = {
        child_id: {"observations": (), "contacts": (), "meetings": ()} for child_id in child_ids
    }
    for child_id, key, facts, on in opened(
        work, Observation, "facts", child_ids, Observation.on_day
    ):
        found[child_id]["observations"] += (observation(key, on, facts),)
    for child_id, key, on, by, mode in queries.contact_days(work, child_ids):
        met = domain.Contact(str(key), on, ContactBy(by), ContactMode(mode))
        found[child_id]["contacts"] += (met,)
    for child_id, key, facts in opened(work, Meeting, "facts", child_ids):
        held = domain.Meeting(str(key), facts.on, facts.participants, facts.note)
        found[child_id]["meetings"] += (held,)
    return found


def observation(key: UUID, on: Any, facts: ObservationFacts) -> domain.Observation:
    """Return one observation as the rules read it."""
    action = None
    if facts.has_action:
        action = domain.Action(
            facts.action_text, facts.action_owner, facts.action_due_on, facts.action_done_on
        )
    return domain.Observation(
        id=str(key),
        on=on,
        source=facts.source,
        level=facts.level,
        conditions=facts.conditions,
        action=action,
    )


def with_texts(work: Work, child_id: UUID, found: dict[str, Any]) -> dict[str, Any]:
    """Return what `gather` found of one child with its texts, for a document; raises Unreadable."""
    said = queries.texts(work, child_id)
    notes = queries.notes(work, child_id)
    told = tuple(
        replace(one, text=said[one.id][0], child_view=said[one.id][1])
        for one in found["observations"]
    )
    met = tuple(replace(one, note=notes.get(one.id)) for one in found["contacts"])
    return found | {"observations": told, "contacts": met}
