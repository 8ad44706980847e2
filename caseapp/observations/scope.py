"""Says which observation or contact an address is about, and whether you may see or correct it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.domain.policy import Sees
from caseapp.kernel.work import Work
from caseapp.observations import queries
from caseapp.people import queries as people
from caseapp.people.queries import Sight
from caseapp.people.scope import the_child, the_open_child

if TYPE_CHECKING:
    from caseapp.observations.models import Contact, Meeting, Observation


@dataclass(frozen=True, slots=True)
class ObservationOf:
    """An observation of a child."""

    child: Sight
    row: "Observation"


@dataclass(frozen=True, slots=True)
class ContactOf:
    """A contact with a child."""

    child: Sight
    row: "Contact"


@dataclass(frozen=True, slots=True)
class MeetingOf:
    """A meeting about a child."""

    child: Sight
    row: "Meeting"


def the_history(work: Work, child_id: UUID) -> Sight | None:
    """Return a child of whom entries are open, perhaps only those up to departure."""
    sight = the_child(work, child_id)
    return sight if sight and sight.sees.rank >= Sees.UNTIL_DEPARTURE.rank else None


def the_observation(work: Work, child_id: UUID, row_id: UUID) -> ObservationOf | None:
    """Return an observation, when the child's file is open now."""
    child = the_open_child(work, child_id)
    row = queries.observation(work, child_id, row_id) if child else None
    return ObservationOf(child, row) if child and row else None


def the_observation_to_correct(work: Work, child_id: UUID, row_id: UUID) -> ObservationOf | None:
    """Return an observation that this actor wrote, or that is of a child at an own location."""
    found = the_observation(work, child_id, row_id)
    return found if found and _mine(work, found.child, found.row) else None


def the_contact(work: Work, child_id: UUID, row_id: UUID) -> ContactOf | None:
    """Return a contact, when the child's file is open now."""
    child = the_open_child(work, child_id)
    row = queries.contact(work, child_id, row_id) if child else None
    return ContactOf(child, row) if child and row else None


def the_contact_to_correct(work: Work, child_id: UUID, row_id: UUID) -> ContactOf | None:
    """Return a contact that this actor wrote, or that is with a child at an own location."""
    found = the_contact(work, child_id, row_id)
    return found if found and _mine(work, found.child, found.row) else None


def the_meeting(work: Work, child_id: UUID, row_id: UUID) -> MeetingOf | None:
    """Return a meeting, when the child's file is open now."""
    child = the_open_child(work, child_id)
    row = queries.meeting(work, child_id, row_id) if child else None
    return MeetingOf(child, row) if child and row else None


def the_meeting_to_correct(work: Work, child_id: UUID, row_id: UUID) -> MeetingOf | None:
    """Return a meeting that this actor wrote, or about a child at an own location."""
    found = the_meeting(work, child_id, row_id)
    return found if found and _mine(work, found.child, found.row) else None


def _mine(work: Work, child: Sight, row: "Observation | Contact | Meeting") -> bool:
    return row.id in correctable(work, child, [row])


def correctable(
    work: Work, child: Sight, rows: "Iterable[Observation | Contact | Meeting]"
) -> frozenset[UUID]:
    """Return which entries this actor may correct: the own, or all when the child lives at an own location."""
    here = people.here(work, [child.id]).get(child.id)
    at_home = here is not None and here.location_id in work.actor.location_ids
    me = work.actor.account_id
    return frozenset(
        row.id for row in rows if at_home or (me is not None and row.recorded_by == me)
    )
