"""The handover of a move: promises by hand, send, accept. Accepting moves the baton.

Raises RefusedError when a step cannot be taken, LostRaceError when somebody else was first.
"""

from caseapp.domain.codes import TransferStatus
from caseapp.domain.events import HandoverAccepted, HandoverSent, PromiseCorrected, PromiseRecorded
from caseapp.domain.intents.moves import PromiseDetails
from caseapp.domain.moving import Refusal, RefusedError
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.moves import queries
from caseapp.moves.actions.baton import give, receiver_of
from caseapp.moves.models import Handover, Promise, PromiseFacts, Transfer
from caseapp.people import queries as people


def send(work: Work, move: Transfer) -> None:
    """Send the handover to the place where the child goes; from then on that place may read it."""
    _lock(work, move)
    row = _handover_of(work, move)
    if row.sent_on is not None:
        raise RefusedError(Refusal.ALREADY_SENT)
    work.revise(row, sent_on=work.today, sent_by=work.actor.account_id)
    work.record(HandoverSent(object_id=row.id, child_id=move.child_id))


def accept(work: Work, move: Transfer) -> None:
    """Accept a handover: the receiver is responsible from today, or from arrival when that is still to come.

    One that was not sent can be accepted once the child arrived.
    """
    _lock(work, move)
    if not queries.receives(work, move):
        raise RefusedError(Refusal.NOT_THE_RECEIVER)
    row = _handover_of(work, move)
    if row.acknowledged_on is not None:
        raise RefusedError(Refusal.ALREADY_ACCEPTED)
    if row.sent_on is None and move.arrived_on is None:
        raise RefusedError(Refusal.NOT_SENT)
    me = work.actor.account_id
    work.revise(row, acknowledged_on=work.today, acknowledged_by=me)
    work.record(HandoverAccepted(object_id=row.id, child_id=move.child_id))
    receiver = receiver_of(work, move.to_location_id, me)
    if move.arrived_on is not None and receiver is not None and queries.led_here(work, move):
        give(work, move.child_id, receiver, work.today)


def add_promise(work: Work, move: Transfer, said: PromiseDetails) -> Promise:
    """Put something that was promised to the child on the handover."""
    _lock(work, move)
    row = Promise(id=new_id(), transfer_id=move.id, child_id=move.child_id, topic=said.topic.value)
    row.outcome = said.outcome.value if said.outcome else None
    work.add(row, facts=_facts_of(said))
    work.record(PromiseRecorded(object_id=row.id, child_id=move.child_id))
    return row


def settle_promise(work: Work, row: Promise, version: int, said: PromiseDetails) -> None:
    """Write down what becomes of a promise, or correct it."""
    changed = work.revise(
        row,
        version,
        topic=said.topic.value,
        outcome=said.outcome.value if said.outcome else None,
        facts=_facts_of(said),
    )
    if changed:
        work.record(PromiseCorrected(object_id=row.id, child_id=row.child_id, fields=changed))


def _handover_of(work: Work, move: Transfer) -> Handover:
    found = queries.handover(work, move.id)
    if found is not None:
        return found
    return work.add(Handover(id=new_id(), transfer_id=move.id, child_id=move.child_id))


def _lock(work: Work, move: Transfer) -> None:
    """Take the lock of the child and read the move anew: it may have arrived, or ended, meanwhile."""
    people.lock(work, move.child_id)
    work.flush()
    work.session.refresh(move)
    if move.status == TransferStatus.CANCELLED:
        raise RefusedError(Refusal.IS_OVER)


def _facts_of(said: PromiseDetails) -> PromiseFacts:
    return PromiseFacts(said.text, said.outcome_on, said.outcome_to, said.outcome_reason)
