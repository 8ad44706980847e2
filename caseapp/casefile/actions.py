"""Registering a child whom we did not know: who it is, where it lives, and who is responsible at once."""

from datetime import date
from uuid import UUID

from caseapp.domain.intents.people import ChildDetails
from caseapp.domain.intents.placements import StayDetails
from caseapp.kernel.work import Work
from caseapp.moves import actions as moves
from caseapp.people import actions as people
from caseapp.placements import actions as placements


def register(work: Work, details: ChildDetails, location_id: UUID, since: date) -> UUID:
    """Register a child with its first stay; the contact person of the location is responsible from then on.

    Raises KnownVNumberError when a file with this V-number is there, perhaps outside the scope of who asks.
    """
    child = people.register(work, details)
    work.flush()
    placements.record_stay(work, child.id, StayDetails(from_on=since, location_id=location_id))
    work.flush()
    moves.stand_in(work, child.id, location_id, since)
    return child.id
