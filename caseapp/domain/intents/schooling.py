"""What can be asked about the schools of a child."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp.domain.care_codes import SchoolType


@dataclass(frozen=True, slots=True)
class SchoolingDetails:
    """Everything that a person can say of a school place, a waiting list or an exemption.

    `school_id` is a school on our list: then its name, BRIN and municipality are taken from there.
    """

    type: SchoolType
    school_id: UUID | None = None
    name: str | None = None
    brin: str | None = None
    municipality: str | None = None
    waiting_list_since: date | None = None
    enrolled_on: date | None = None
    attending_from: date | None = None
    to: date | None = None
    hours_per_week: float | None = None
    kept_after_move_on: date | None = None
    outflow_plan_on: date | None = None


@dataclass(frozen=True, slots=True)
class AbsencePeriod:
    """Hours away on each school day from the first to the last day, both included."""

    on: date
    until: date
    hours: float
    authorised: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AbsenceDetails:
    """Hours away on one day."""

    on: date
    hours: float
    authorised: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ReportDetails:
    """The day on which the school reported the absence, and to whom."""

    on: date
    note: str | None = None
