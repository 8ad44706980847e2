"""Finding children who belong together: by their V-numbers, as a family, at one location."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from caseapp.kernel.work import Work
from caseapp.people.models import Child, Relative
from caseapp.people.queries.children import known_indexes
from caseapp.people.queries.sight import ids_at, visible_among, visible_ids


def by_v_numbers(work: Work, numbers: Sequence[str]) -> dict[str, UUID]:
    """Return the children with these V-numbers whose whole file is open to this actor, in the order given.

    A number of a child outside the scope is left out, just as one that nobody has.
    """
    indexes = {number: work.vault.index("v_number", number) for number in numbers}
    known = known_indexes(work, list(indexes.values()))
    open_now = visible_among(work, list(known.values()))
    found = {number: known.get(index) for number, index in indexes.items()}
    return {number: key for number, key in found.items() if key is not None and key in open_now}


def family_of(work: Work, child_id: UUID) -> list[UUID]:
    """Return a child and its family, as far as their files are open: named on either file, or by number."""
    named = select(Relative.relative_child_id).where(Relative.child_id == child_id)
    naming = select(Relative.child_id).where(Relative.relative_child_id == child_id)
    number = select(Child.family_index).where(Child.id == child_id).scalar_subquery()
    found = work.session.scalars(
        select(Child.id)
        .where(
            or_(
                Child.id == child_id,
                Child.id.in_(named),
                Child.id.in_(naming),
                Child.family_index == number,
            ),
            Child.id.in_(visible_ids(work.actor, work.now)),
            _followed(work),
        )
        .order_by(Child.no)
    ).all()
    return list(found)


def living_at(work: Work, location_id: UUID, most: int) -> list[UUID]:
    """Return the children who live at a location and whose whole file is open, at most `most` and one more."""
    return list(
        work.session.scalars(
            select(Child.id)
            .where(
                Child.id.in_(ids_at(work, location_id)),
                Child.id.in_(visible_ids(work.actor, work.now)),
                _followed(work),
            )
            .order_by(Child.no)
            .limit(most + 1)
        )
    )


def _followed(work: Work) -> ColumnElement[bool]:
    return or_(Child.closed_on.is_(None), Child.closed_on > work.today)
