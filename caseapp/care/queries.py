"""Reading the lines of care of a child and the days on which it was seen."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from caseapp.care.models import CareContact, CareLine
from caseapp.kernel.work import Work


def lines(work: Work, child_id: UUID) -> Sequence[CareLine]:
    """Return the lines of care of a child; their days are sealed, so the order is that of their keys."""
    return work.session.scalars(
        select(CareLine).where(CareLine.child_id == child_id).order_by(CareLine.id)
    ).all()


def line(work: Work, child_id: UUID, line_id: UUID) -> CareLine | None:
    """Return one line of care of a child."""
    return work.session.scalars(
        select(CareLine).where(CareLine.id == line_id, CareLine.child_id == child_id)
    ).one_or_none()


def contacts(work: Work, child_id: UUID) -> Sequence[CareContact]:
    """Return the days on which providers saw a child, of all its lines."""
    return work.session.scalars(
        select(CareContact).where(CareContact.child_id == child_id).order_by(CareContact.id)
    ).all()


def is_noted(work: Work, line_id: UUID, day_index: bytes) -> bool:
    """Say whether a day on which the provider saw the child is on a line already."""
    return (
        work.session.scalar(
            select(CareContact.id).where(
                CareContact.care_line_id == line_id, CareContact.day_index == day_index
            )
        )
        is not None
    )
