"""Observations, contacts and meetings as the rules read them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from caseapp.domain import facts as domain
from caseapp.domain.care_codes import ContactBy, ContactMode
from caseapp.kernel.bulk import opened
from caseapp.kernel.seals import Unreadable, readable
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
        if facts.counts:
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


class What(StrEnum):
    """What one line of the chapter is."""

    OBSERVATION = "observation"
    CONTACT = "contact"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the chapter; a sealed value that does not open is the Unreadable in its place."""

    what: What
    id: UUID
    on: date
    row: Any
    facts: Any = None
    text: Any = None
    child_view: Any = None
    interpretation: Any = None
    author: UUID | None = None

    @property
    def by(self) -> ContactBy:
        """Return who had a contact."""
        return ContactBy(self.row.by)

    @property
    def mode(self) -> ContactMode:
        """Return how a contact went."""
        return ContactMode(self.row.mode)

    @property
    def is_corrected(self) -> bool:
        """Say whether something else stood here before."""
        return bool(self.row.version > 1)

    @property
    def unreadable(self) -> str:
        """Return the reference of the part without which the line says nothing, or nothing."""
        return self.facts.reference if isinstance(self.facts, Unreadable) else ""


def history(work: Work, child_id: UUID, until_on: date | None = None) -> list[Entry]:
    """Return observations, contacts and meetings of a child, the newest first; only up to a day when given.

    A meeting whose day cannot be read stands on top, and is left out when only a part is open.
    """
    found = [entry_of(row) for row in queries.observations(work, child_id, until_on)]
    found += [contact_entry(row) for row in queries.contacts(work, child_id, until_on)]
    for row in queries.meetings(work, child_id):
        facts = readable(row, "facts")
        on = date.max if isinstance(facts, Unreadable) else facts.on
        if until_on is None or on <= until_on:
            found.append(Entry(What.MEETING, row.id, on, row, facts, author=row.recorded_by))
    return sorted(found, key=lambda entry: (entry.on, entry.row.recorded_at), reverse=True)


def entry_of(row: Any) -> Entry:
    """Return an observation as the chapter shows it."""
    return Entry(
        What.OBSERVATION,
        row.id,
        row.on_day,
        row,
        readable(row, "facts"),
        readable(row, "text"),
        readable(row, "child_view"),
        readable(row, "interpretation"),
        row.recorded_by,
    )


def contact_entry(row: Any) -> Entry:
    """Return a contact as the chapter shows it."""
    return Entry(
        What.CONTACT, row.id, row.on_day, row, text=readable(row, "note"), author=row.recorded_by
    )
