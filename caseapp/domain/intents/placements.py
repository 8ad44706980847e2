"""What can be asked about where a child lives and where it is."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp.domain.codes import MoveReason, Operator, PlacementKind, Region, WhereaboutsState


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is not one of our locations, such as a foster family: what is kept of it."""

    name: str
    kind: PlacementKind
    municipality: str
    region: Region
    operator: Operator | None = None
    group_size: int | None = None


@dataclass(frozen=True, slots=True)
class StayDetails:
    """Everything that a person can say of a stay: at one of our locations, or at another place."""

    from_on: date
    to_on: date | None = None
    location_id: UUID | None = None
    place: Place | None = None
    reason: MoveReason | None = None


@dataclass(frozen=True, slots=True)
class WhereaboutsDetails:
    """Where a child is when it is not simply where it lives."""

    state: WhereaboutsState
    from_on: date
    to_on: date | None = None
    police_report_on: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A child that was away is back on a day, or known to be elsewhere from that day on."""

    on: date
    state: WhereaboutsState | None = None
    """Where it is from then on; nothing: at its place again."""
    note: str | None = None
