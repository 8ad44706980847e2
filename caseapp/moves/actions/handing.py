"""The handover of a move: sent, accepted or refused, and its promises settled. Accepting moves the baton.

Every step takes the lock of the child and reads the move anew, so that of two at once one wins. Raises
RefusedError when a step cannot be taken, LostRaceError when somebody else was first.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.domain.calendar import plus_days
from caseapp.domain.codes import Outcome, Topic, TransferStatus
from caseapp.domain.events import (
    HandoverAccepted,
    HandoverRefused,
    HandoverSent,
    PromiseCorrected,
    PromiseRecorded,
)
from caseapp.domain.intents.moves import PromiseDetails, Settlement
from caseapp.domain.moving import Refusal, RefusedError
from caseapp.domain.policy import Role
from caseapp.domain.reach import READS_AHEAD
from caseapp.kernel import clock
from caseapp.kernel.db import new_id
from caseapp.kernel.work import LostRaceError, Work
from caseapp.moves import queries
from caseapp.moves.actions.baton import give, receiver_of
from caseapp.moves.models import Handover, HandoverFacts, Promise, PromiseFacts, Transfer
from caseapp.people import queries as people

ANSWER_IN: Final = timedelta(hours=72)
ANSWER_SOON: Final = timedelta(hours=24)
"""How long the receiver has; soon when anything in it cannot wait."""
MEDICINE_LASTS: Final = timedelta(days=14)
"""A medicine that ends sooner after the move cannot wait."""


def send(work: Work, move: Transfer) -> None:
    """Send the handover to the place where the child goes; from then on that place may read it.

    One that was refused is sent anew. The receiver has to answer within 72 hours, or 24.
    """
    lock_move(work, move)
    row = handover_of(work, move)
    if row.sent_on is not None and row.refused_at is None:
        raise RefusedError(Refusal.ALREADY_SENT)
    soon = _cannot_wait(queries.promises(work, move.id), move)
    work.revise(
        row,
        sent_on=work.today,
        sent_by=work.actor.account_id,
        due_at=readable_from(work, move) + (ANSWER_SOON if soon else ANSWER_IN),
        missed_at=None,
        refused_at=None,
        refused_by=None,
        facts=None,
    )
    work.flush()
    told = queries.contacts_of(work, move) if readable_from(work, move) == work.now else ()
    event = HandoverSent(object_id=move.id, child_id=move.child_id, told=told, spell=row.version)
    work.record(event)


def readable_from(work: Work, move: Transfer) -> datetime:
    """Return from when the receiver can read a handover that was sent: now, or 14 days before the move."""
    return max(work.now, clock.midnight(plus_days(move.planned_on, -READS_AHEAD)))


def _cannot_wait(promises: Sequence[Promise], move: Transfer) -> bool:
    """Say whether safety is in it, or a medicine that runs out."""
    last = move.planned_on + MEDICINE_LASTS
    return any(
        one.topic == Topic.SAFETY
        or (one.topic == Topic.MEDICATION and one.facts.day is not None and one.facts.day < last)
        for one in promises
        if one.outcome is None and one.withdrawn_on is None
    )


def hasten(work: Work, transfer_id: UUID) -> None:
    """Let a handover that was sent now be answered within a day: a critical alert comes with it."""
    row, move = queries.handover(work, transfer_id), work.session.get(Transfer, transfer_id)
    if row is None or move is None:
        return
    soon = readable_from(work, move) + ANSWER_SOON
    if row.due_at is not None and row.due_at > soon:
        work.revise(row, due_at=soon)


def accept(work: Work, move: Transfer) -> None:
    """Accept a handover: the receiver is responsible from today, or from arrival when that is still to come.

    One that was not sent can be accepted once the child arrived.
    """
    row = _answered(work, move)
    me = work.actor.account_id
    work.revise(
        row, acknowledged_on=work.today, acknowledged_by=me, refused_at=None, refused_by=None
    )
    work.flush()
    told = tuple(one for one in (row.sent_by, _bearer(work, move)) if one is not None)
    event = HandoverAccepted(
        object_id=move.id, child_id=move.child_id, told=told, spell=row.version
    )
    work.record(event)
    receiver = receiver_of(work, move.to_location_id, me)
    _contact_is_known(work, move, receiver)
    if move.arrived_on is not None and receiver is not None and queries.led_here(work, move):
        give(work, move.child_id, receiver, work.today)


def refuse(work: Work, move: Transfer, because: str) -> None:
    """Say why the receiver cannot accept a handover, and let the sender and the coordinators of both ends know.

    It can be sent anew, or accepted after all. Who was responsible stays so.
    """
    row = _answered(work, move)
    if row.refused_at is not None:
        raise RefusedError(Refusal.ALREADY_REFUSED)
    work.revise(
        row,
        refused_at=work.now,
        refused_by=work.actor.account_id,
        due_at=None,
        facts=HandoverFacts(refused_because=because),
    )
    work.flush()
    desks = queries.desks_of(work, move.from_location_id, move.to_location_id)
    told = tuple(one for one in (*desks, row.sent_by, _bearer(work, move)) if one is not None)
    event = HandoverRefused(object_id=move.id, child_id=move.child_id, told=told, spell=row.version)
    work.record(event)


def _bearer(work: Work, move: Transfer) -> UUID | None:
    now = queries.batons(work, [move.child_id]).get(move.child_id)
    return now.account_id if now is not None else None


def _answered(work: Work, move: Transfer) -> Handover:
    """Return the handover that the receiver is about to answer."""
    lock_move(work, move)
    if not queries.receives(work, move):
        raise RefusedError(Refusal.NOT_THE_RECEIVER)
    row = handover_of(work, move)
    if row.acknowledged_on is not None:
        raise RefusedError(Refusal.ALREADY_ACCEPTED)
    if row.sent_on is None and move.arrived_on is None:
        raise RefusedError(Refusal.NOT_SENT)
    return row


def _contact_is_known(work: Work, move: Transfer, receiver: UUID | None) -> None:
    """Settle the promise of a contact person: it is handed over by accepting."""
    who = accounts.people(work, [receiver]).get(receiver) if receiver else None
    for row in queries.promises(work, move.id):
        made = row.source is not None and row.topic == Topic.CONTACT and row.outcome is None
        if made and who is not None and who.role is Role.CPK:
            said = Settlement(Outcome.HANDED_OVER, outcome_to=who.name)
            _write(work, row, row.version, said)


def add_promise(work: Work, move: Transfer, said: PromiseDetails) -> Promise:
    """Put something that was promised to the child on the handover."""
    lock_move(work, move)
    row = Promise(id=new_id(), transfer_id=move.id, child_id=move.child_id, topic=said.topic.value)
    row.outcome = said.outcome.value if said.outcome else None
    work.add(
        row,
        facts=PromiseFacts(said.text, said.outcome_on, said.outcome_to, said.outcome_reason),
    )
    work.record(PromiseRecorded(object_id=row.id, child_id=move.child_id))
    return row


def settle_promise(work: Work, row: Promise, version: int, said: PromiseDetails) -> None:
    """Write down what becomes of a promise, or correct it; what the record says stays as the record says it."""
    people.lock(work, row.child_id)
    made = row.source is not None
    facts = replace(
        row.facts,
        text=row.facts.text if made else said.text,
        outcome_on=said.outcome_on,
        outcome_to=said.outcome_to,
        outcome_reason=said.outcome_reason,
    )
    changed = work.revise(
        row,
        version,
        topic=row.topic if made else said.topic.value,
        outcome=said.outcome.value if said.outcome else None,
        facts=facts,
    )
    if changed:
        work.record(PromiseCorrected(object_id=row.id, child_id=row.child_id, fields=changed))


def settle(work: Work, move: Transfer, every: Sequence[tuple[Promise, int, Settlement]]) -> int:
    """Write down what becomes of several promises, all or none; return how many changed.

    Raises LostRaceError when somebody wrote something else about one of them meanwhile.
    """
    lock_move(work, move)
    for row, _version, _said in every:
        work.session.refresh(row)
    return sum(_write(work, row, version, said) for row, version, said in every)


def _write(work: Work, row: Promise, version: int, said: Settlement) -> bool:
    facts = replace(
        row.facts,
        outcome_on=said.outcome_on,
        outcome_to=said.outcome_to,
        outcome_reason=said.outcome_reason,
    )
    if (row.outcome, row.facts) == (said.outcome, facts):
        return False
    if row.version != version:
        raise LostRaceError
    changed = work.revise(row, outcome=said.outcome.value, facts=facts)
    work.record(PromiseCorrected(object_id=row.id, child_id=row.child_id, fields=changed))
    return True


def handover_of(work: Work, move: Transfer) -> Handover:
    """Return the handover of a move; it begins when there was none."""
    found = queries.handover(work, move.id)
    if found is not None:
        return found
    return work.add(Handover(id=new_id(), transfer_id=move.id, child_id=move.child_id))


def lock_move(work: Work, move: Transfer) -> None:
    """Take the lock of the child and read the move anew: it may have arrived, or ended, meanwhile."""
    people.lock(work, move.child_id)
    work.flush()
    work.session.refresh(move)
    if move.status == TransferStatus.CANCELLED:
        raise RefusedError(Refusal.IS_OVER)
