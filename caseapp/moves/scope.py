"""The move, or the promise on its handover, that an address is about: only when this actor may see it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.kernel.work import Work
from caseapp.moves import queries
from caseapp.people.queries import Sight
from caseapp.people.scope import the_child_to_receive

if TYPE_CHECKING:
    from caseapp.moves.models import Promise, Transfer


@dataclass(frozen=True, slots=True)
class MoveOf:
    """A move of a child, as far as this actor may see the child."""

    child: Sight
    row: "Transfer"


@dataclass(frozen=True, slots=True)
class PromiseOf:
    """A promise on the handover of a move of a child whose whole file is open."""

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
