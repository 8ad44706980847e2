"""What applying a row does, exactly: the database only carries these out, in their order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from caseapp.domain.care_codes import CareKind, SchoolType
from caseapp.domain.codes import Operator, PlacementKind, Region, Sex, TransferStatus
from caseapp.domain.lists.values import BirthDay, Value

Changes = Mapping[str, Value]
"""New values by field; a field that is not there stays as it is."""


@dataclass(frozen=True, slots=True)
class AddLocation:
    """A location that we did not know."""

    row: int
    code: str
    name: str
    kind: PlacementKind
    operator: Operator
    municipality: str
    region: Region
    capacity: int | None
    group_size: int | None
    open_from: date | None
    open_to: date | None


@dataclass(frozen=True, slots=True)
class ChangeLocation:
    """Other facts about a location; the fields are those of KnownLocation."""

    row: int
    code: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class AddChild:
    """A child that we did not know, and its stay; no earlier stay and no move is known."""

    row: int
    v_number: str
    family_name: str
    given_names: str | None
    birth: BirthDay
    sex: Sex | None
    nationality: str | None
    language: str | None
    unaccompanied: bool
    family_number: str | None
    application_lodged_on: date
    first_arrival_on: date | None
    location: str
    since: date


@dataclass(frozen=True, slots=True)
class ChangeChild:
    """Other facts on a child's card; the fields are those of KnownChild."""

    row: int
    v_number: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class CorrectStay:
    """The first day of the stay that a child has now; only when a person decided so."""

    row: int
    v_number: str
    since: date


@dataclass(frozen=True, slots=True)
class ArriveTransfer:
    """An open transfer arrived on a day, and the placement turns over."""

    row: int
    v_number: str
    ref: str
    to_location: str
    on: date


@dataclass(frozen=True, slots=True)
class RecordUnannouncedMove:
    """A move that nobody told: an arrived transfer with reason `unannounced`, and a new stay.

    Announced and planned on the same day, `announced_known` false (data-model.md 6).
    """

    row: int
    v_number: str
    from_location: str | None
    to_location: str
    on: date


@dataclass(frozen=True, slots=True)
class AddTransfer:
    """A transfer that we did not know; `turns_over` when the child arrived with it.

    `from_location` is None only when nothing tells it. When `announced_known` is false the day is
    that of the list, not after the planned one (data-model.md 3).
    """

    row: int
    v_number: str
    from_location: str | None
    to_location: str
    planned_on: date
    announced_on: date
    announced_known: bool
    reason: str | None
    status: TransferStatus
    turns_over: bool


@dataclass(frozen=True, slots=True)
class ChangeTransfer:
    """Other facts about a transfer, or its next status; the fields are those of KnownTransfer."""

    row: int
    v_number: str
    ref: str
    to_location: str
    planned_on: date
    changes: Changes
    turns_over: bool


@dataclass(frozen=True, slots=True)
class AddCare:
    """A line of care that we did not know; `contact_on` is a day on which the child was seen."""

    row: int
    v_number: str
    kind: CareKind
    referred_on: date
    place_bound: bool
    provider: str | None
    intake_on: date | None
    started_on: date | None
    next_contact_on: date | None
    contact_on: date | None
    medication_until: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class ChangeCare:
    """Other facts about a line of care (fields of KnownCare), and a day of contact to add."""

    row: int
    v_number: str
    ref: str
    changes: Changes
    contact_on: date | None


@dataclass(frozen=True, slots=True)
class AddSchool:
    """A school record that we did not know."""

    row: int
    v_number: str
    name: str
    type: SchoolType
    brin: str | None
    municipality: str | None
    waiting_list_since: date | None
    enrolled_on: date | None
    attending_from: date | None
    end: date | None
    hours_per_week: float | None


@dataclass(frozen=True, slots=True)
class ChangeSchool:
    """Other facts about a school record; the fields are those of KnownSchool."""

    row: int
    v_number: str
    ref: str
    changes: Changes


Intent = (
    AddLocation
    | ChangeLocation
    | AddChild
    | ChangeChild
    | CorrectStay
    | ArriveTransfer
    | RecordUnannouncedMove
    | AddTransfer
    | ChangeTransfer
    | AddCare
    | ChangeCare
    | AddSchool
    | ChangeSchool
)
"""One thing to do; a row has none, one or a few of them."""
