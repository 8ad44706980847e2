"""What both sides of a handover ask and answer about one promise."""

from uuid import UUID

from caseapp.domain.events import PromiseAsked
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.moves import queries
from caseapp.moves.actions.handing import lock_move, readable_from
from caseapp.moves.models import Message, Promise, Transfer


def ask(work: Work, move: Transfer, promise: Promise, text: str) -> Message:
    """Ask or answer something about a promise; the other side is told. Raises RefusedError."""
    lock_move(work, move)
    row = Message(
        id=new_id(),
        child_id=promise.child_id,
        transfer_id=promise.transfer_id,
        promise_id=promise.id,
        by=work.actor.account_id,
        at=work.now,
    )
    work.add(row, text=text)
    work.flush()
    told, spell = _other_side(work, move, promise), queries.count_messages(work, move.id)
    work.record(PromiseAsked(object_id=move.id, child_id=row.child_id, told=told, spell=spell))
    return row


def _other_side(work: Work, move: Transfer, promise: Promise) -> tuple[UUID, ...]:
    """Return who takes part: who is responsible, sent, accepted, receives, or wrote before; not who writes now.

    The place where the child goes is told only once it may read the handover: before it may not know.
    """
    handover = queries.handover(work, move.id)
    bearer = queries.batons(work, [move.child_id]).get(move.child_id)
    sent = handover is not None and handover.sent_on is not None
    reads = move.arrived_on is not None or (sent and readable_from(work, move) == work.now)
    wanted = [
        bearer.account_id if bearer else None,
        handover.sent_by if handover else None,
        handover.acknowledged_by if handover else None,
        *(queries.contacts_of(work, move) if reads else ()),
        *(one.by for one in queries.messages(work, move.id).get(promise.id, ())),
    ]
    others = dict.fromkeys(one for one in wanted if one is not None)
    return tuple(one for one in others if one != work.actor.account_id)
