"""Reading lists of moves."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import select

from caseapp.kernel.work import Work
from caseapp.moves.models import MoveList, MoveListRow, Transfer

SHOWN: Final = 10


def move_list(work: Work, list_id: UUID) -> MoveList | None:
    """Return a list of moves."""
    return work.session.get(MoveList, list_id)


def list_rows(work: Work, list_id: UUID) -> Sequence[MoveListRow]:
    """Return the rows of a list in the order in which the children were put on it."""
    return work.session.scalars(
        select(MoveListRow).where(MoveListRow.list_id == list_id).order_by(MoveListRow.id)
    ).all()


def own_lists(work: Work) -> Sequence[MoveList]:
    """Return the lists that this actor made, the latest first."""
    return work.session.scalars(
        select(MoveList)
        .where(MoveList.made_by == work.actor.account_id)
        .order_by(MoveList.made_at.desc(), MoveList.id)
        .limit(SHOWN)
    ).all()


def is_of(move: Transfer, row: MoveListRow) -> bool:
    """Say whether a move is the one that a row of a list speaks of."""
    return (move.to_location_id, move.planned_on) == (row.to_location_id, row.planned_on)
