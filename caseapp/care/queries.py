"""Reading the lines of care of a child and the days on which it was seen."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from caseapp.care.models import Answer, CareContact, CareLine
from caseapp.kernel.work import Work
from caseapp.people import queries as people

NEAR_A_MOVE: Final = timedelta(days=14)
"""Care that ends so close to a move, before or after, may have been broken off by it (product.md 2)."""


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
    """Return the days on which providers saw a child, of all its lines; none that was taken back."""
    return work.session.scalars(
        select(CareContact)
        .where(CareContact.child_id == child_id, CareContact.counts.is_(True))
        .order_by(CareContact.id)
    ).all()


def answers(work: Work, line_id: UUID) -> Sequence[Answer]:
    """Return the answers of the provider about a line, taken back or not; the caller sorts."""
    return work.session.scalars(
        select(Answer).where(Answer.care_line_id == line_id).order_by(Answer.id)
    ).all()


def answers_about(work: Work, child_id: UUID) -> Sequence[Answer]:
    """Return the answers of providers about all lines of a child."""
    return work.session.scalars(
        select(Answer).where(Answer.child_id == child_id).order_by(Answer.id)
    ).all()


def answer(work: Work, line_id: UUID, answer_id: UUID) -> Answer | None:
    """Return one answer about a line."""
    return work.session.scalars(
        select(Answer).where(Answer.id == answer_id, Answer.care_line_id == line_id)
    ).one_or_none()


def contact_on(work: Work, line_id: UUID, day: date) -> CareContact | None:
    """Return what stands on a line for a day on which the child was seen, also when it was taken back."""
    index = day_index(work, line_id, day)
    return work.session.scalars(
        select(CareContact).where(
            CareContact.care_line_id == line_id, CareContact.day_index == index
        )
    ).one_or_none()


def move_near(work: Work, child_id: UUID, day: date) -> date | None:
    """Return the day of the latest move close to a day, before or after it."""
    near = (moved for moved in people.move_days(work, child_id) if abs(day - moved) <= NEAR_A_MOVE)
    return max(near, default=None)


def day_index(work: Work, line_id: UUID, day: date) -> bytes:
    """Return the keyed hash that lets a line hold each day once, without showing the day."""
    return work.vault.index("care_contact", line_id.bytes, day.isoformat())
