"""Lists of moves: children put on one, and the moves of many planned, confirmed or begun in one act.

All of the act happens, or nothing: when one row cannot be, NotAllError names it and the work is undone.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from caseapp.domain.codes import MoveReason
from caseapp.domain.events import MoveListChanged, MoveListMade
from caseapp.domain.intents.moves import ListDecision, ListStep, ListWish, Plan
from caseapp.domain.moving import Refusal, RefusedError
from caseapp.kernel.db import new_id
from caseapp.kernel.work import LostRaceError, Work
from caseapp.moves import queries
from caseapp.moves.actions.steps import confirm, depart, plan
from caseapp.moves.models import MoveList, MoveListFacts, MoveListRow, Transfer
from caseapp.people import queries as people


class NotAllError(Exception):
    """Some rows cannot be, so none is; `refused` says why, by the key of the row."""

    def __init__(self, refused: Mapping[UUID, Refusal]) -> None:
        """Keep which rows cannot be."""
        super().__init__(len(refused))
        self.refused = refused


def make_list(work: Work, wish: ListWish) -> MoveList:
    """Put children on a list, each with the same place, day and reason; the caller checked the scope."""
    made = MoveList(
        id=new_id(), made_at=work.now, made_by=work.actor.account_id, closes_id=wish.closes_id
    )
    work.add(made)
    work.flush()
    reason = wish.reason.value if wish.reason else None
    for child_id in wish.child_ids:
        row = MoveListRow(
            id=new_id(),
            list_id=made.id,
            child_id=child_id,
            to_location_id=wish.to_location_id,
            planned_on=wish.planned_on,
            announced_on=wish.announced_on,
        )
        work.add(row, facts=MoveListFacts(reason, wish.term_time_reason))
    work.record(MoveListMade(object_id=made.id))
    return made


def change_row(work: Work, row: MoveListRow, to_location_id: UUID, planned_on: date) -> None:
    """Let one child of a list go to another place, or on another day, than the others.

    Raises RefusedError once its move is on record: that one is changed on its own page.
    """
    people.lock(work, row.child_id)
    planned = queries.planned(work, [row.child_id]).get(row.child_id, ())
    if queries.move_of(row, planned) is not None:
        raise RefusedError(Refusal.CHANGED)
    if planned_on < row.announced_on:
        raise RefusedError(Refusal.BEFORE_ANNOUNCED)
    row.to_location_id, row.planned_on = to_location_id, planned_on
    work.record(MoveListChanged(object_id=row.list_id, child_id=row.child_id))


def take_steps(
    work: Work, rows: Mapping[UUID, MoveListRow], decisions: Sequence[ListDecision]
) -> None:
    """Take the steps decided for these rows, all of them or none; raises NotAllError."""
    refused: dict[UUID, Refusal] = {}
    ordered = sorted(decisions, key=lambda one: rows[one.row_id].child_id)
    for one in ordered:  # always in the same order: two lists never wait for each other
        people.lock(work, rows[one.row_id].child_id)
    moves = queries.planned(work, [row.child_id for row in rows.values()])
    for one in ordered:
        row = rows[one.row_id]
        known = queries.move_of(row, moves.get(row.child_id, ()))
        try:
            _take(work, row, known, one)
        except RefusedError as met:
            refused[row.id] = met.why
        except LostRaceError:
            refused[row.id] = Refusal.CHANGED
    if refused:
        raise NotAllError(refused)


def _take(work: Work, row: MoveListRow, move: Transfer | None, said: ListDecision) -> None:
    """Take one step; what was seen must still be so: no move yet (version 0), or this version of it."""
    if (move.version if move is not None else 0) != said.version:
        raise RefusedError(Refusal.CHANGED)
    if said.step is ListStep.DEPART:
        if move is None:
            raise RefusedError(Refusal.CHANGED)
        depart(work, move, said.version, work.today)
        return
    if move is None:
        move = plan(work, row.child_id, _plan(row))
        work.flush()
    elif said.step is ListStep.PLAN:
        raise RefusedError(Refusal.SAME_MOVE)
    if said.step is ListStep.CONFIRM:
        confirm(work, move, None)


def _plan(row: MoveListRow) -> Plan:
    reason = row.facts.reason
    return Plan(
        planned_on=row.planned_on,
        announced_on=row.announced_on,
        to_location_id=row.to_location_id,
        reason=MoveReason(reason) if reason else None,
        term_time_reason=row.facts.term_time_reason,
    )
