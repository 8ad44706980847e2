"""Reading reach: where children live, and who reaches them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select

from caseapp.domain.calendar import plus_days
from caseapp.domain.reach import BY_PLACE, READS_ON, Why
from caseapp.kernel import clock
from caseapp.kernel.bulk import AT_ONCE, among
from caseapp.kernel.work import Work
from caseapp.people.models import Reach


def reach_of(work: Work, child_id: UUID) -> Sequence[Reach]:
    """Return who reaches a child, ended ones too."""
    return work.session.scalars(
        select(Reach).where(Reach.child_id == child_id).order_by(Reach.id)
    ).all()


@dataclass(frozen=True, slots=True)
class Here:
    """Where a child lives now, or lived last: a location, or a region alone for a family."""

    location_id: UUID | None
    region: str | None


def here(work: Work, child_ids: Collection[UUID]) -> dict[UUID, Here]:
    """Return where these children live now or lived last; without a stay ever, a child is left out."""
    found: dict[UUID, Here] = {}
    wanted = list(dict.fromkeys(child_ids))
    for start in range(0, len(wanted), AT_ONCE):
        rows = work.session.execute(
            select(Reach.child_id, Reach.location_id, Reach.region).where(
                among(work, Reach.child_id, wanted[start : start + AT_ONCE]),
                Reach.why == Why.HERE,
                Reach.from_at <= work.now,
                or_(Reach.until_at.is_(None), Reach.until_at > work.now),
            )
        )
        found.update({row[0]: Here(row[1], row[2]) for row in rows})
    return found


def homes(work: Work) -> Select[UUID, UUID | None, str | None]:
    """Return child, location and region of where every child lives now or lived last, for another select."""
    return select(Reach.child_id, Reach.location_id, Reach.region).where(
        Reach.why == Why.HERE,
        Reach.from_at <= work.now,
        or_(Reach.until_at.is_(None), Reach.until_at > work.now),
    )


def reach_by_place(work: Work, child_ids: Sequence[UUID]) -> Sequence[Any]:
    """Return the rows of reach by place and responsibility that hold now or later."""
    return work.session.execute(
        select(Reach.__table__).where(
            among(work, Reach.child_id, child_ids),
            Reach.why.in_(sorted(BY_PLACE)),
            or_(Reach.until_at.is_(None), Reach.until_at > work.now),
        )
    ).all()


def move_days(work: Work, child_id: UUID) -> tuple[date, ...]:
    """Return the days on which a child moved, as the rows of `left` keep them.

    Exact for moves of the last 30 days and those that were recorded here; a move that came in later
    than that with a document left no row.
    """
    left = [row for row in reach_of(work, child_id) if row.why == Why.LEFT]
    return tuple(sorted({row.until_on for row in left if row.until_on and _ran_out(row)}))


def _ran_out(left: Reach) -> bool:
    """Say whether a row of `left` ends when it has to; one that a correction took away ends sooner."""
    end, day = left.until_at, left.until_on
    return not end or not day or clock.local_day(end) >= plus_days(day, READS_ON)
