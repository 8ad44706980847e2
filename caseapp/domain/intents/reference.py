"""What can be asked about locations and schools."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp.domain.codes import Operator, PlacementKind, Region


@dataclass(frozen=True, slots=True)
class LocationDetails:
    """Everything that is known of a place where children live."""

    code: str
    name: str
    kind: PlacementKind
    operator: Operator
    municipality: str
    """CBS code: GM and four digits."""
    region: Region
    capacity: int | None = None
    group_size: int | None = None
    open_from: date | None = None
    open_to: date | None = None
    confidential: bool = False
    contact_account_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class SchoolDetails:
    """A school that forms can offer."""

    name: str
    brin: str | None = None
    municipality: str | None = None


@dataclass(frozen=True, slots=True)
class LimitWish:
    """A number of a rule that should be another one, from which day on, and why."""

    rule: str
    name: str
    value: int
    valid_from: date
    reason: str
