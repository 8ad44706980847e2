"""Reading stays and whereabouts of children."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select

from caseapp.domain import reach
from caseapp.domain.codes import WhereaboutsState
from caseapp.kernel.bulk import AT_ONCE, among, in_parts
from caseapp.kernel.work import Work
from caseapp.placements.models import Placement, Whereabouts


@dataclass(frozen=True, slots=True)
class Missing:
    """A child that is not where it lives, and since when."""

    child_id: UUID
    state: WhereaboutsState
    since: date


def stays(work: Work, child_id: UUID) -> Sequence[Placement]:
    """Return the stays of a child, the first one first."""
    return work.session.scalars(
        select(Placement)
        .where(Placement.child_id == child_id)
        .order_by(Placement.from_on, Placement.to_on.is_(None), Placement.to_on, Placement.id)
    ).all()


def stay(work: Work, child_id: UUID, stay_id: UUID) -> Placement | None:
    """Return one stay of a child."""
    return work.session.scalars(
        select(Placement).where(Placement.id == stay_id, Placement.child_id == child_id)
    ).one_or_none()


def stay_on(work: Work, child_id: UUID, day: date) -> Placement | None:
    """Return the stay that covers a day."""
    return work.session.scalars(
        select(Placement).where(
            Placement.child_id == child_id,
            Placement.from_on <= day,
            or_(Placement.to_on.is_(None), Placement.to_on > day),
        )
    ).one_or_none()


def living_at(work: Work, location_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """Return the children who live at each of these locations today."""
    found: dict[UUID, list[UUID]] = {}
    for start in range(0, len(location_ids), AT_ONCE):
        part = location_ids[start : start + AT_ONCE]
        rows = work.session.execute(
            select(Placement.location_id, Placement.child_id).where(
                among(work, Placement.location_id, part),
                Placement.from_on <= work.today,
                or_(Placement.to_on.is_(None), Placement.to_on > work.today),
            )
        )
        for location_id, child_id in rows:
            if location_id is not None:
                found.setdefault(location_id, []).append(child_id)
    return found


def latest_stay(work: Work, child_id: UUID) -> Placement | None:
    """Return the last stay of a child, whether it ended or not."""
    every = stays(work, child_id)
    return every[-1] if every else None


def whereabouts(work: Work, child_id: UUID) -> Sequence[Whereabouts]:
    """Return the records of where a child was when not at its place, the first one first."""
    return work.session.scalars(
        select(Whereabouts)
        .where(Whereabouts.child_id == child_id)
        .order_by(Whereabouts.from_on, Whereabouts.id)
    ).all()


def one_whereabouts(work: Work, child_id: UUID, row_id: UUID) -> Whereabouts | None:
    """Return one record of where a child was."""
    return work.session.scalars(
        select(Whereabouts).where(Whereabouts.id == row_id, Whereabouts.child_id == child_id)
    ).one_or_none()


def away(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, Missing]:
    """Return which of these children are not at their place today, and since when."""
    found: dict[UUID, Missing] = {}
    for part in _parts(child_ids):
        rows = work.session.execute(
            select(Whereabouts.child_id, Whereabouts.state, Whereabouts.from_on).where(
                among(work, Whereabouts.child_id, part),
                Whereabouts.from_on <= work.today,
                or_(Whereabouts.to_on.is_(None), Whereabouts.to_on > work.today),
            )
        )
        found.update({row[0]: Missing(row[0], WhereaboutsState(row[1]), row[2]) for row in rows})
    return found


def stayed_at(work: Work, location_ids: Sequence[UUID], since: date) -> Sequence[UUID]:
    """Return the children with a stay at one of these locations that goes on after a day."""
    found: dict[UUID, None] = {}
    for part in _parts(location_ids):
        rows = work.session.scalars(
            select(Placement.child_id).where(
                Placement.location_id.in_(part),
                or_(Placement.to_on.is_(None), Placement.to_on > since),
            )
        )
        found.update(dict.fromkeys(rows))
    return list(found)


def settled_since(work: Work, location_ids: Collection[UUID], moment: datetime) -> set[UUID]:
    """Return the locations of which a stay was written down after a moment: it copied what they were."""
    found: set[UUID] = set()
    for part in in_parts(location_ids):
        rows = select(Placement.location_id).where(
            among(work, Placement.location_id, part),
            Placement.recorded_at > moment,
            or_(Placement.version == 1, Placement.to_on.is_(None)),
        )
        found.update(one for one in work.session.scalars(rows.distinct()) if one is not None)
    return found


def for_reach(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, list[reach.Stay]]:
    """Return all stays of these children, as far as reach needs them."""
    found: dict[UUID, list[reach.Stay]] = {}
    for part in _parts(child_ids):
        rows = work.session.execute(
            select(
                Placement.child_id,
                Placement.id,
                Placement.location_id,
                Placement.region,
                Placement.from_on,
                Placement.to_on,
                Placement.transfer_id,
            ).where(among(work, Placement.child_id, part))
        )
        for row in rows:
            found.setdefault(row[0], []).append(reach.Stay(*row[1:]))
    return found


def _parts(child_ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(child_ids), AT_ONCE):
        yield child_ids[start : start + AT_ONCE]
