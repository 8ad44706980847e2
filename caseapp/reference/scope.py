"""Which location or school an address is about: everybody who may read the list sees all of them."""

from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.kernel.work import Work
from caseapp.reference import queries

if TYPE_CHECKING:
    from caseapp.reference.models import Location, School


def the_location(work: Work, location_id: UUID) -> "Location | None":
    """Return a location."""
    return queries.location(work, location_id)


def the_school(work: Work, school_id: UUID) -> "School | None":
    """Return a school on the list."""
    return queries.school(work, school_id)
