"""What the doctor asks about the trail: its latest moment, and reviews that nobody closed in time."""

from datetime import date, datetime

from sqlalchemy import func, select

from caseapp.audit.models import AuditHead, LogReview
from caseapp.kernel.work import Work


def last_moment(work: Work) -> datetime | None:
    """Return the latest moment of a record so far; nothing when there is none."""
    return work.session.scalar(select(AuditHead.at))


def reviews_overdue(work: Work, on: date) -> int:
    """Count the weekly reviews that had to be closed before a day and are not."""
    overdue = select(func.count()).where(LogReview.closed_at.is_(None), LogReview.due_on < on)
    return work.session.scalar(overdue.select_from(LogReview)) or 0
