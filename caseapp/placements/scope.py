"""The stay, or the time away, that an address is about: only when this actor may change it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.domain.policy import Sees
from caseapp.kernel.work import Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_child, the_open_child
from caseapp.placements import queries

if TYPE_CHECKING:
    from caseapp.placements.models import Placement, Whereabouts


@dataclass(frozen=True, slots=True)
class StayOf:
    """A stay of a child whose whole file is open."""

    child: Sight
    row: "Placement"


@dataclass(frozen=True, slots=True)
class AwayOf:
    """A time that a child whose whole file is open was not at its place."""

    child: Sight
    row: "Whereabouts"


def the_child_of_stays(work: Work, child_id: UUID) -> Sight | None:
    """Return a child whose stays this actor may read: now, or those until it left this actor's place."""
    child = the_child(work, child_id)
    if child is None or child.sees.rank < Sees.UNTIL_DEPARTURE.rank:
        return None
    return child


def the_stay(work: Work, child_id: UUID, stay_id: UUID) -> StayOf | None:
    """Return a stay, when the file of the child is open and the stay is this child's."""
    child = the_open_child(work, child_id)
    row = queries.stay(work, child_id, stay_id) if child is not None else None
    return StayOf(child, row) if child is not None and row is not None else None


def the_time_away(work: Work, child_id: UUID, whereabouts_id: UUID) -> AwayOf | None:
    """Return a time away, when the file of the child is open and the record is this child's."""
    child = the_open_child(work, child_id)
    row = queries.one_whereabouts(work, child_id, whereabouts_id) if child is not None else None
    return AwayOf(child, row) if child is not None and row is not None else None
