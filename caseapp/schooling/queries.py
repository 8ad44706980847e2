"""Reading the school records of a child."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from caseapp.kernel.work import Work
from caseapp.schooling.models import SchoolRecord


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
