"""Reading lists of moves."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, select

from caseapp.kernel.bulk import among, in_parts
from caseapp.kernel.work import Work
from caseapp.moves.models import MoveList, MoveListRow, Transfer
from caseapp.people import queries as people

SHOWN: Final = 10


def move_list(work: Work, list_id: UUID) -> MoveList | None:
    """Return a list of moves."""
    return work.session.get(MoveList, list_id)


def list_rows(work: Work, list_id: UUID) -> Sequence[MoveListRow]:
    """Return the rows of a list whose children are open to this actor, in the order of the list."""
    return work.session.scalars(
        select(MoveListRow)
        .where(MoveListRow.list_id == list_id, _open_to(work))
        .order_by(MoveListRow.id)
    ).all()


def own_lists(work: Work) -> Sequence[MoveList]:
    """Return the lists that this actor made, the latest first."""
    return work.session.scalars(
        select(MoveList)
        .where(MoveList.made_by == work.actor.account_id)
        .order_by(MoveList.made_at.desc(), MoveList.id)
        .limit(SHOWN)
    ).all()


def list_row(work: Work, list_id: UUID, row_id: UUID) -> MoveListRow | None:
    """Return one row of a list."""
    return work.session.scalars(
        select(MoveListRow).where(
            MoveListRow.id == row_id, MoveListRow.list_id == list_id, _open_to(work)
        )
    ).one_or_none()


def _open_to(work: Work) -> ColumnElement[bool]:
    """Return the predicate: the whole file of the child of a row is open to this actor."""
    return people.in_sight(work.actor, work.now, MoveListRow.child_id)


def move_of(row: MoveListRow, planned: Iterable[Transfer]) -> Transfer | None:
    """Return the move that a row of a list speaks of: to that place, on that day or moved to another."""
    there = [move for move in planned if move.to_location_id == row.to_location_id]
    return min(there, key=lambda move: move.planned_on != row.planned_on, default=None)


def listed(work: Work, child_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Return on which lists of moves these children stand."""
    found: dict[UUID, set[UUID]] = {}
    for part in in_parts(child_ids):
        rows = select(MoveListRow.child_id, MoveListRow.list_id)
        for child_id, list_id in work.session.execute(
            rows.where(among(work, MoveListRow.child_id, part))
        ):
            found.setdefault(child_id, set()).add(list_id)
    return found
