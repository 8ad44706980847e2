"""Planning moves and taking their steps: confirm, depart, arrive, cancel.

Every action first takes the lock of the child. Raises RefusedError (caseapp/domain/moving.py) when a
step cannot be taken, and LostRaceError when somebody else was first.
"""

from dataclasses import replace
from datetime import date
from uuid import UUID

from caseapp.domain.codes import MoveReason, TransferStatus
from caseapp.domain.events import (
    TransferArrived,
    TransferCancelled,
    TransferChanged,
    TransferDeparted,
    TransferPlanned,
)
from caseapp.domain.intents.moves import Plan
from caseapp.domain.moving import Refusal, RefusedError
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.moves import queries
from caseapp.moves.actions.holding import refuse_held
from caseapp.moves.models import Transfer, TransferFacts
from caseapp.people import queries as people


def plan(work: Work, child_id: UUID, said: Plan) -> Transfer:
    """Plan a move from where the child lives, or from where `said` tells."""
    people.lock(work, child_id)
    row = _new_transfer(work, child_id, said)
    if any(_same(one, row) for one in _open_moves(work, child_id)):
        raise RefusedError(Refusal.SAME_MOVE)
    work.add(row, facts=_facts_of(said))
    work.record(TransferPlanned(object_id=row.id, child_id=child_id))
    return row


def change(work: Work, row: Transfer, version: int | None, said: Plan) -> None:
    """Change days, reasons or the place where it begins; a move to another place is another move."""
    people.lock(work, row.child_id)
    _refuse_over(row)
    facts = replace(
        row.facts,
        reason=said.reason.value if said.reason else None,
        reason_text=said.reason_text or row.facts.reason_text,
        term_time_reason=said.term_time_reason,
    )
    changed = work.revise(
        row,
        version,
        from_location_id=said.from_location_id or row.from_location_id,
        announced_on=said.announced_on,
        announced_known=said.announced_known,
        planned_on=said.planned_on,
        facts=facts,
    )
    if changed:
        work.record(TransferChanged(object_id=row.id, child_id=row.child_id, fields=changed))


def confirm(work: Work, row: Transfer, version: int | None) -> None:
    """Confirm a planned move."""
    people.lock(work, row.child_id)
    _refuse_over(row)
    if row.status != TransferStatus.PLANNED:
        raise RefusedError(Refusal.ALREADY_CONFIRMED)
    refuse_held(work, row.id)
    work.revise(row, version, status=TransferStatus.CONFIRMED.value)
    work.record(TransferChanged(object_id=row.id, child_id=row.child_id, fields=("status",)))


def depart(work: Work, row: Transfer, version: int | None, on: date) -> None:
    """Write down that a child left and is under way; its stay goes on until it arrives."""
    people.lock(work, row.child_id)
    _refuse_over(row)
    if row.status == TransferStatus.DEPARTED:
        raise RefusedError(Refusal.ALREADY_LEFT)
    if on > work.today:
        raise RefusedError(Refusal.IN_FUTURE)
    if any(one.status == TransferStatus.DEPARTED for one in _open_moves(work, row.child_id)):
        raise RefusedError(Refusal.OTHER_UNDER_WAY)
    refuse_held(work, row.id)
    facts = replace(row.facts, departed_on=on)
    work.revise(row, version, status=TransferStatus.DEPARTED.value, facts=facts)
    work.record(TransferDeparted(object_id=row.id, child_id=row.child_id))


def cancel(work: Work, row: Transfer, version: int | None, because: str) -> None:
    """Cancel a move that is not over; who was to receive the child sees it no longer, at once."""
    people.lock(work, row.child_id)
    _refuse_over(row)
    facts = replace(row.facts, cancelled_because=because)
    work.revise(row, version, status=TransferStatus.CANCELLED.value, facts=facts)
    work.record(TransferCancelled(object_id=row.id, child_id=row.child_id))


def arrive(
    work: Work, row: Transfer, version: int | None, on: date, *, turns_over: bool = True
) -> None:
    """Write down that a child arrived: the stay turns over, and so does reach, at the commit.

    The commit raises OverlapError when a later stay is in the way. `turns_over` false, or a child
    that lives there already, leaves the stays as they are; the move keeps a note of that.
    """
    people.lock(work, row.child_id)
    _refuse_over(row)
    if on > work.today:
        raise RefusedError(Refusal.IN_FUTURE)
    facts = row.facts
    if facts.departed_on is not None and on < facts.departed_on:
        raise RefusedError(Refusal.BEFORE_DEPARTURE)
    turns = turns_over and _can_turn_over(work, row)
    work.revise(
        row,
        version,
        status=TransferStatus.ARRIVED.value,
        arrived_on=on,
        facts=replace(facts, turned_nothing_over=not turns),
    )
    _arrived(work, row, on, turns_over=turns)


def record_unannounced(work: Work, child_id: UUID, to_location_id: UUID, on: date) -> Transfer:
    """Write down that a child was moved without notice; responsibility stays until someone accepts."""
    people.lock(work, child_id)
    if on > work.today:
        raise RefusedError(Refusal.IN_FUTURE)
    said = Plan(
        planned_on=on,
        announced_on=on,
        announced_known=False,
        to_location_id=to_location_id,
        reason=MoveReason.UNANNOUNCED,
    )
    row = _new_transfer(work, child_id, said)
    if any(one.to_location_id == to_location_id for one in _open_moves(work, child_id)):
        raise RefusedError(Refusal.SAME_MOVE)
    row.status, row.arrived_on = TransferStatus.ARRIVED.value, on
    work.add(row, facts=_facts_of(said))
    _arrived(work, row, on, turns_over=True)
    return row


def _new_transfer(work: Work, child_id: UUID, said: Plan) -> Transfer:
    left = said.from_location_id
    if left is None and said.from_name is None:
        at = people.here(work, [child_id]).get(child_id)
        left = at.location_id if at else None
    if said.to_location_id is None and said.to_name is None:
        raise RefusedError(Refusal.NO_DESTINATION)
    if said.to_location_id is not None and said.to_location_id == left:
        raise RefusedError(Refusal.SAME_PLACE)
    return Transfer(
        id=new_id(),
        child_id=child_id,
        from_location_id=left,
        to_location_id=said.to_location_id,
        announced_on=said.announced_on,
        announced_known=said.announced_known,
        planned_on=said.planned_on,
        status=TransferStatus.PLANNED.value,
    )


def _facts_of(said: Plan) -> TransferFacts:
    return TransferFacts(
        reason=said.reason.value if said.reason else None,
        reason_text=said.reason_text,
        term_time_reason=said.term_time_reason,
        from_name=said.from_name,
        to_name=said.to_name if said.to_location_id is None else None,
    )


def _open_moves(work: Work, child_id: UUID) -> list[Transfer]:
    return queries.planned(work, [child_id]).get(child_id, [])


def _same(one: Transfer, other: Transfer) -> bool:
    return one.to_location_id is not None and (one.to_location_id, one.planned_on) == (
        other.to_location_id,
        other.planned_on,
    )


def _refuse_over(row: Transfer) -> None:
    if row.status not in queries.OPEN:
        raise RefusedError(Refusal.IS_OVER)


def _can_turn_over(work: Work, row: Transfer) -> bool:
    if row.to_location_id is None:
        return False
    at = people.here(work, [row.child_id]).get(row.child_id)
    return at is None or at.location_id != row.to_location_id


def _arrived(work: Work, row: Transfer, on: date, *, turns_over: bool) -> None:
    work.record(
        TransferArrived(
            object_id=row.id,
            child_id=row.child_id,
            on=on,
            to_location_id=row.to_location_id,
            reason=row.facts.reason,
            turns_over=turns_over,
        )
    )
