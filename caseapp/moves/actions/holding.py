"""Holds on moves: put on with a reason and a day, lifted by the same desk, overridden by the national one.

Raises RefusedError when it cannot be, LostRaceError when somebody else was first. While a hold lasts its
move is neither confirmed nor begun; on its day it is over by itself, and nobody has to do anything.
"""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.domain.events import HoldLifted, HoldOverridden, HoldSet, MoveObjected
from caseapp.domain.holding import HoldEnd, HoldKind
from caseapp.domain.moving import Refusal, RefusedError
from caseapp.domain.reach import Why
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.moves import queries
from caseapp.moves.models import Hold, HoldFacts
from caseapp.people import queries as people
from caseapp.reference import queries as reference

if TYPE_CHECKING:
    from caseapp.moves.models import Transfer

CLOSE: Final = frozenset({Why.RESPONSIBLE, Why.GUARDIAN, Why.SUPPORT})
"""Who stands by a child in person."""


def put_on_hold(work: Work, move: "Transfer", until: date, reason: str) -> Hold:
    """Hold a move until a day, the first on which it can go on again."""
    _open_move(work, move)
    if until <= work.today:
        raise RefusedError(Refusal.HOLD_IN_PAST)
    if queries.held(work, move.id) is not None:
        raise RefusedError(Refusal.HELD_ALREADY)
    row = _hold(work, move, HoldKind.HOLD, until, reason)
    work.record(
        HoldSet(object_id=row.id, child_id=move.child_id, until=until, told=_concerned(work, move))
    )
    return row


def object_to(work: Work, move: "Transfer", reason: str) -> Hold:
    """Ask the coordinators to look at a move again; it stops nothing, and stands until they answer."""
    _open_move(work, move)
    row = _hold(work, move, HoldKind.OBJECTION, max(move.planned_on, work.today), reason)
    work.record(MoveObjected(object_id=row.id, child_id=move.child_id, told=_deciders(work, move)))
    return row


def lift(work: Work, move: "Transfer", row: Hold, version: int | None, because: str) -> None:
    """End a hold before its day, or answer an objection; a hold only at the desk that put it there."""
    _open_move(work, move)
    if row.kind == HoldKind.HOLD and not queries.sits_at(work.actor, row.desk):
        raise RefusedError(Refusal.NOT_YOUR_HOLD)
    how = HoldEnd.LIFTED if row.kind == HoldKind.HOLD else HoldEnd.ANSWERED
    _end(work, move, row, version, how, because)


def override(work: Work, move: "Transfer", row: Hold, version: int | None, because: str) -> None:
    """Let the national desk end a hold of another desk."""
    _open_move(work, move)
    if not work.actor.is_national:
        raise RefusedError(Refusal.NOT_NATIONAL)
    _end(work, move, row, version, HoldEnd.OVERRIDDEN, because)


def refuse_held(work: Work, transfer_id: UUID) -> None:
    """Raise RefusedError while a hold lasts on a move."""
    if queries.held(work, transfer_id) is not None:
        raise RefusedError(Refusal.HELD)


def _open_move(work: Work, move: "Transfer") -> None:
    people.lock(work, move.child_id)
    work.flush()
    work.session.refresh(move)
    if move.status not in queries.OPEN:
        raise RefusedError(Refusal.IS_OVER)


def _hold(work: Work, move: "Transfer", kind: HoldKind, until: date, reason: str) -> Hold:
    row = Hold(
        id=new_id(),
        transfer_id=move.id,
        child_id=move.child_id,
        kind=kind.value,
        desk=queries.desk_of(work.actor),
        placed_by=work.actor.account_id,
        placed_at=work.now,
        until_on=until,
    )
    return work.add(row, facts=HoldFacts(reason))


def _end(
    work: Work,
    move: "Transfer",
    row: Hold,
    version: int | None,
    how: HoldEnd,
    because: str,
) -> None:
    if row.ended_at is not None:
        raise RefusedError(Refusal.NOT_HELD)
    work.revise(
        row,
        version,
        ended_at=work.now,
        ended_how=how.value,
        ended_by=work.actor.account_id,
        facts=replace(row.facts, ended_because=because),
    )
    told = dict.fromkeys((*_concerned(work, move), *filter(None, (row.placed_by,))))
    event = HoldOverridden if how is HoldEnd.OVERRIDDEN else HoldLifted
    work.record(event(object_id=row.id, child_id=move.child_id, told=tuple(told)))


def _concerned(work: Work, move: "Transfer") -> tuple[UUID, ...]:
    """Return who has to know: who stands by the child, the sending place, and who was told that it comes."""
    handover = queries.handover(work, move.id)
    knows = handover is not None and handover.sent_on is not None
    ends = [move.from_location_id, move.to_location_id if knows else None]
    there = accounts.cpks(work, [one for one in ends if one is not None])
    found = [*_close_by(work, move.child_id), *(one.id for cpks in there.values() for one in cpks)]
    return tuple(dict.fromkeys(found))


def _close_by(work: Work, child_id: UUID) -> list[UUID]:
    return [
        row.account_id
        for row in people.reach_of(work, child_id)
        if row.account_id is not None
        and row.why in CLOSE
        and row.from_at <= work.now
        and (row.until_at is None or row.until_at > work.now)
    ]


def _deciders(work: Work, move: "Transfer") -> tuple[UUID, ...]:
    """Return the coordinators of the region where the child lives; without any, the national desk."""
    regions = reference.regions_of(work, [move.from_location_id])
    found = [
        one.id
        for at in accounts.coordinators(work, [one.value for one in regions.values()]).values()
        for one in at
    ]
    return tuple(found or [one.id for one in accounts.national_desk(work)])
