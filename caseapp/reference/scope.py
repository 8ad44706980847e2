"""Which location or school an address is about: who may read the list sees those that are not secret."""

from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.kernel.work import Work
from caseapp.reference import queries

if TYPE_CHECKING:
    from caseapp.reference.models import Location, School


def the_location(work: Work, location_id: UUID) -> "Location | None":
    """Return a location; a confidential one only to who may know where it is."""
    row = queries.location(work, location_id)
    return row if row is not None and queries.knows(work, row) else None


def the_school(work: Work, school_id: UUID) -> "School | None":
    """Return a school on the list."""
    return queries.school(work, school_id)
