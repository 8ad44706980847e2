"""Says which school record an address is about, and whether you may see it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.kernel.work import Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.schooling import queries

if TYPE_CHECKING:
    from caseapp.schooling.models import Absence, AbsenceReport, SchoolRecord


@dataclass(frozen=True, slots=True)
class RecordOfChild:
    """A school record of a child whose whole file is open."""

    child: Sight
    row: "SchoolRecord"


def the_record(work: Work, child_id: UUID, record_id: UUID) -> RecordOfChild | None:
    """Return a school record, when the child's file is open and the record stands in it."""
    child = the_open_child(work, child_id)
    row = queries.record(work, child_id, record_id) if child is not None else None
    return RecordOfChild(child, row) if child is not None and row is not None else None


@dataclass(frozen=True, slots=True)
class AbsenceOf:
    """An absence of a child whose whole file is open."""

    child: Sight
    row: "Absence"


@dataclass(frozen=True, slots=True)
class ReportOf:
    """A report of absence about a child whose whole file is open."""

    child: Sight
    row: "AbsenceReport"


def the_absence(work: Work, child_id: UUID, absence_id: UUID) -> AbsenceOf | None:
    """Return an absence, when the child's file is open and it stands in it."""
    child = the_open_child(work, child_id)
    row = queries.absence(work, child_id, absence_id) if child is not None else None
    return AbsenceOf(child, row) if child is not None and row is not None else None


def the_report(work: Work, child_id: UUID, report_id: UUID) -> ReportOf | None:
    """Return a report of absence, when the child's file is open and it stands in it."""
    child = the_open_child(work, child_id)
    row = queries.report(work, child_id, report_id) if child is not None else None
    return ReportOf(child, row) if child is not None and row is not None else None
