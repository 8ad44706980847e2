"""What we know before a list comes in: a snapshot of plain data.

A `ref` is the identity of a record in the database; this package only hands it back in intents.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from caseapp.domain.care_codes import CareKind, SchoolType
from caseapp.domain.codes import Operator, PlacementKind, Region, Sex, TransferStatus
from caseapp.domain.lists.values import BirthDay


@dataclass(frozen=True, slots=True)
class KnownLocation:
    """A location; it is open from `open_from` until `open_to`, that day not included."""

    code: str
    name: str
    kind: PlacementKind
    operator: Operator
    municipality: str
    region: Region
    capacity: int | None = None
    group_size: int | None = None
    open_from: date | None = None
    open_to: date | None = None

    def is_open(self, day: date) -> bool:
        """Say whether the location is open on a day."""
        begun = self.open_from is None or self.open_from <= day
        return begun and (self.open_to is None or day < self.open_to)


@dataclass(frozen=True, slots=True)
class Stay:
    """Where a child is; `location` is None at a private address, or when the last stay ended.

    `since` is its first day, or the day on which the last stay ended when there is none now.
    `came_from` is the location of the stay before it, `not_before` the first day of that: this one
    cannot have begun earlier.
    """

    location: str | None
    since: date
    ended: bool = False
    came_from: str | None = None
    not_before: date | None = None

    def may_begin(self, day: date) -> bool:
        """Say whether the stay can have begun on a day as far as the one before it goes."""
        return self.not_before is None or self.not_before <= day

    def lies_behind(self, day: date) -> bool:
        """Say whether a new stay can begin on a day."""
        return self.since <= day if self.ended else self.since < day


@dataclass(frozen=True, slots=True)
class KnownTransfer:
    """A transfer; a child has one for each place and planned day.

    `announced_on` is what somebody told of it: not the day that stands in for it.
    """

    ref: str
    to_location: str
    planned_on: date
    status: TransferStatus
    from_location: str | None = None
    announced_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class KnownCare:
    """A line of care; a child has one for each kind and day of referral."""

    ref: str
    kind: CareKind
    referred_on: date
    place_bound: bool
    provider: str | None = None
    intake_on: date | None = None
    started_on: date | None = None
    next_contact_on: date | None = None
    contacts_on: frozenset[date] = frozenset()
    medication_until: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class KnownSchool:
    """A school record; a child may have several at one school, one for each period."""

    ref: str
    name: str
    type: SchoolType
    brin: str | None = None
    municipality: str | None = None
    waiting_list_since: date | None = None
    enrolled_on: date | None = None
    attending_from: date | None = None
    end: date | None = None
    hours_per_week: float | None = None

    @property
    def first_day(self) -> date:
        """The first date that is known of it, the first of all when none is."""
        days = (self.waiting_list_since, self.enrolled_on, self.attending_from)
        return min(filter(None, days), default=date.min)


@dataclass(frozen=True, slots=True)
class KnownChild:
    """A child's card, where it is, and its records; all transfers, also those that are over."""

    v_number: str
    family_name: str | None
    birth: BirthDay
    unaccompanied: bool
    given_names: str | None = None
    sex: Sex | None = None
    nationality: str | None = None
    language: str | None = None
    family_number: str | None = None
    application_lodged_on: date | None = None
    first_arrival_on: date | None = None
    stay: Stay | None = None
    transfers: tuple[KnownTransfer, ...] = ()
    care: tuple[KnownCare, ...] = ()
    school: tuple[KnownSchool, ...] = ()

    @property
    def place(self) -> str | None:
        """The location where the child is, None when it is at none of ours."""
        return None if self.stay is None else self.stay.location


@dataclass(frozen=True, slots=True)
class Known:
    """Locations by code, and children by V-number; those that a list does not name may lack.

    For an occupancy list all children that have a stay must be there, for `not_on_list`.
    """

    locations: Mapping[str, KnownLocation] = field(default_factory=dict)
    children: Mapping[str, KnownChild] = field(default_factory=dict)
