"""The warm window: who talks about a move, and how long after it (security.md 3.2)."""

from caseapp.domain.policy import Sees
from caseapp.kernel.work import Work
from caseapp.moves.models import Transfer
from caseapp.moves.queries.records import receives, sends
from caseapp.people import queries as people
from caseapp.people.queries import Sight


def may_read_thread(work: Work, move: Transfer) -> bool:
    """Say whether this actor may read what both sides say about a move.

    Whoever has the whole file; the receiver as long as the handover may be read; who the child left for
    as long as it reads on. Never somebody who only knows who the child is.
    """
    sight = people.sight_of(work, move.child_id, Sees.HANDOVER)
    if sight is None:
        return False
    return sight.open_file or receives(work, move) or _left_by(work, sight, move)


def _left_by(work: Work, sight: Sight, move: Transfer) -> bool:
    """Say whether the child left this actor's place with this move, or with an earlier one."""
    if not sends(work, move):
        return False
    return move.arrived_on is None or sight.until_on is None or move.arrived_on <= sight.until_on
