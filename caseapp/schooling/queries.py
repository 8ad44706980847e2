"""Reading the school records of a child."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from caseapp.kernel.work import Work
from caseapp.schooling.models import Absence, AbsenceReport, SchoolRecord


def records(work: Work, child_id: UUID) -> Sequence[SchoolRecord]:
    """Return the school records of a child; their days are sealed, so the order is that of their keys."""
    return work.session.scalars(
        select(SchoolRecord).where(SchoolRecord.child_id == child_id).order_by(SchoolRecord.id)
    ).all()


def record(work: Work, child_id: UUID, record_id: UUID) -> SchoolRecord | None:
    """Return one school record of a child."""
    return work.session.scalars(
        select(SchoolRecord).where(SchoolRecord.id == record_id, SchoolRecord.child_id == child_id)
    ).one_or_none()


def absences(work: Work, child_id: UUID) -> Sequence[Absence]:
    """Return the absences of a child, taken back or not; their days are sealed, so the caller sorts."""
    return work.session.scalars(
        select(Absence).where(Absence.child_id == child_id).order_by(Absence.id)
    ).all()


def absence(work: Work, child_id: UUID, row_id: UUID) -> Absence | None:
    """Return one absence of a child."""
    return work.session.scalars(
        select(Absence).where(Absence.id == row_id, Absence.child_id == child_id)
    ).one_or_none()


def reports(work: Work, child_id: UUID) -> Sequence[AbsenceReport]:
    """Return the reports of absence of a child, taken back or not; the caller sorts."""
    return work.session.scalars(
        select(AbsenceReport).where(AbsenceReport.child_id == child_id).order_by(AbsenceReport.id)
    ).all()


def report(work: Work, child_id: UUID, row_id: UUID) -> AbsenceReport | None:
    """Return one report of absence of a child."""
    return work.session.scalars(
        select(AbsenceReport).where(AbsenceReport.id == row_id, AbsenceReport.child_id == child_id)
    ).one_or_none()
