"""The best decision for the child about a move, written down in four steps (domain.md 9.1)."""

from dataclasses import replace

from caseapp.domain.events import BestDecisionWritten, TransferChanged
from caseapp.domain.intents.moves import BestDecisionDetails
from caseapp.kernel.db import new_id
from caseapp.kernel.work import LostRaceError, Work
from caseapp.moves import queries
from caseapp.moves.actions.handing import lock_move
from caseapp.moves.models import BestDecision, BestDecisionFacts, Transfer


def decide(work: Work, move: Transfer, version: int, said: BestDecisionDetails) -> None:
    """Write down what was weighed, as a draft or as done; and why the child moves on a school day, when said.

    `version` 0: nothing was written yet. Raises RefusedError for a move that does not go on.
    """
    lock_move(work, move)
    row = queries.best_decision(work, move.id)
    done_on = work.today if said.done else None
    facts = _facts(said)
    if row is None:
        row = BestDecision(
            id=new_id(), transfer_id=move.id, child_id=move.child_id, done_on=done_on
        )
        work.add(row, facts=facts)
        changed: tuple[str, ...] = ("facts",)
    elif (row.facts, row.done_on is not None) == (facts, said.done):
        changed = ()
    elif row.version != version:
        raise LostRaceError
    else:
        changed = work.revise(row, facts=facts, done_on=done_on)
    if changed:
        event = BestDecisionWritten(object_id=row.id, child_id=move.child_id, fields=changed)
        work.record(event)
    _say_why_on_a_school_day(work, move, said.term_time_reason)


def _say_why_on_a_school_day(work: Work, move: Transfer, reason: str | None) -> None:
    """Put the reason on the move too, where the rule about moves in term time reads it."""
    if reason is None:
        return
    changed = work.revise(move, facts=replace(move.facts, term_time_reason=reason))
    if changed:
        work.record(TransferChanged(object_id=move.id, child_id=move.child_id, fields=changed))


def _facts(said: BestDecisionDetails) -> BestDecisionFacts:
    return BestDecisionFacts(
        child_view=said.child_view,
        not_asked_because=said.not_asked_because,
        development=said.development,
        other_interests=said.other_interests,
        weighing=said.weighing,
        prevails_because=said.prevails_because,
        explained_on=said.explained_on,
        explained_by=said.explained_by,
    )
