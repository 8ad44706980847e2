"""The move, or the promise on its handover, that an address is about: only when this actor may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.kernel.work import Work
from caseapp.moves import queries
from caseapp.people.queries import Sight
from caseapp.people.scope import the_child, the_child_to_receive, the_open_child

if TYPE_CHECKING:
    from caseapp.moves.models import Hold, MoveList, MoveListRow, Promise, Transfer


@dataclass(frozen=True, slots=True)
class MoveOf:
    """A move of a child, as far as this actor may see the child."""

    child: Sight
    row: "Transfer"


@dataclass(frozen=True, slots=True)
class PromiseOf:
    """A promise on the handover of a move of a child, as far as this actor may see the child."""

    child: Sight
    move: "Transfer"
    row: "Promise"


def the_move(work: Work, child_id: UUID, transfer_id: UUID) -> MoveOf | None:
    """Return a move of a child that is here, coming, or just left.

    Whose file is not wholly open is seen at its own end of a move only: the receiver of what is
    coming, the sender of what it sent; never a move to a next place.
    """
    child = the_child_to_receive(work, child_id)
    row = queries.transfer(work, child_id, transfer_id) if child is not None else None
    if child is None or row is None:
        return None
    own_end = child.open_file or queries.receives(work, row) or queries.sends(work, row)
    return MoveOf(child, row) if own_end else None


def the_move_at_the_door(work: Work, child_id: UUID, transfer_id: UUID) -> MoveOf | None:
    """Return a move whose arrival this actor may write down: also one of which nothing was handed over.

    From the day of the move the receiver sees who the child is, and no more, so that it can be let in.
    """
    found = the_move(work, child_id, transfer_id)
    if found is not None:
        return found
    child = the_child(work, child_id)
    row = queries.transfer(work, child_id, transfer_id) if child is not None else None
    if child is None or row is None or row.status not in queries.OPEN:
        return None
    return MoveOf(child, row) if queries.receives(work, row) else None


def the_own_move(work: Work, child_id: UUID, transfer_id: UUID) -> MoveOf | None:
    """Return a move of a child whose whole file is open to this actor now."""
    found = the_move(work, child_id, transfer_id)
    return found if found is not None and found.child.open_file else None


def the_promise(
    work: Work, child_id: UUID, transfer_id: UUID, promise_id: UUID
) -> PromiseOf | None:
    """Return a promise on the handover of a move of a child whose whole file is open."""
    found = the_own_move(work, child_id, transfer_id)
    row = queries.promise(work, transfer_id, promise_id) if found is not None else None
    if found is None or row is None:
        return None
    return PromiseOf(found.child, found.row, row)


@dataclass(frozen=True, slots=True)
class HoldOf:
    """A hold or an objection on a move of a child whose whole file is open."""

    child: Sight
    move: "Transfer"
    row: "Hold"


def the_hold(work: Work, child_id: UUID, transfer_id: UUID, hold_id: UUID) -> HoldOf | None:
    """Return a hold or an objection on a move of a child whose whole file is open."""
    found = the_own_move(work, child_id, transfer_id)
    row = queries.hold(work, transfer_id, hold_id) if found is not None else None
    if found is None or row is None:
        return None
    return HoldOf(found.child, found.row, row)


def the_hold_to_override(
    work: Work, child_id: UUID, transfer_id: UUID, hold_id: UUID
) -> HoldOf | None:
    """Return a hold on a move for the national desk alone."""
    return the_hold(work, child_id, transfer_id, hold_id) if work.actor.is_national else None


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of moves, with the rows of the children whose whole file is open; of others it tells nothing."""

    list: "MoveList"
    rows: "Sequence[MoveListRow]"


def the_list(work: Work, list_id: UUID) -> ListOf | None:
    """Return a list of moves when it holds a child of this actor; which ones were seen is recorded."""
    found = queries.move_list(work, list_id)
    seen = queries.list_rows(work, list_id) if found is not None else ()
    if found is None or not seen:
        return None
    about = {"object": "move_list", "object_id": list_id}
    work.saw("list-of-moves", [row.child_id for row in seen], **about)
    return ListOf(found, seen)


def the_promise_to_discuss(
    work: Work, child_id: UUID, transfer_id: UUID, promise_id: UUID
) -> PromiseOf | None:
    """Return a promise on the handover of a move that this actor may read: at either end of it."""
    found = the_move(work, child_id, transfer_id)
    row = queries.promise(work, transfer_id, promise_id) if found is not None else None
    if found is None or row is None or not queries.may_read_thread(work, found.row):
        return None
    return PromiseOf(found.child, found.row, row)


@dataclass(frozen=True, slots=True)
class ListRowOf:
    """One child of a list of moves, when its whole file is open."""

    child: Sight
    row: "MoveListRow"


def the_list_row(work: Work, list_id: UUID, row_id: UUID) -> ListRowOf | None:
    """Return one row of a list of moves, when the whole file of its child is open to this actor."""
    row = queries.list_row(work, list_id, row_id)
    child = the_open_child(work, row.child_id) if row is not None else None
    return ListRowOf(child, row) if child is not None and row is not None else None
