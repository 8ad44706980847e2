"""The same step of many moves at once: who can take it takes it, and of the others it is told why not.

All children are locked first, in one order; what is done is one unit of work, so the rules run once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select

from caseapp.domain.moving import Refusal, RefusedError
from caseapp.kernel.bulk import among
from caseapp.kernel.work import Work
from caseapp.moves.actions.handing import accept
from caseapp.moves.actions.steps import arrive, depart
from caseapp.moves.models import Transfer
from caseapp.moves.queries.records import parts
from caseapp.people import queries as people


@dataclass(slots=True)
class Taken:
    """Whose step was taken, and why not that of others, by move."""

    done: list[UUID] = field(default_factory=list)
    refused: dict[UUID, Refusal] = field(default_factory=dict)


def depart_all(work: Work, moves: Sequence[Transfer], on: date) -> Taken:
    """Write down that many children left on a day."""
    return _each(work, moves, lambda row: depart(work, row, None, on))


def arrive_all(
    work: Work, moves: Sequence[Transfer], on: date, since: Mapping[UUID, date]
) -> Taken:
    """Write down that many children arrived on a day; `since`: the first day of the present stay of each.

    Nobody arrives before that day: told beforehand, for afterwards it would undo the others too.
    """

    def step(row: Transfer) -> None:
        if row.child_id in since and on < since[row.child_id]:
            raise RefusedError(Refusal.BEFORE_STAY)
        arrive(work, row, None, on)

    return _each(work, moves, step)


def accept_all(work: Work, moves: Sequence[Transfer]) -> Taken:
    """Accept many handovers."""
    return _each(work, moves, lambda row: accept(work, row))


def _each(work: Work, moves: Sequence[Transfer], step: Callable[[Transfer], None]) -> Taken:
    people.lock_all(work, [row.child_id for row in moves])
    _read_anew(work, [row.id for row in moves])
    taken = Taken()
    for row in moves:
        try:
            step(row)
        except RefusedError as refused:
            taken.refused[row.id] = refused.why
        else:
            taken.done.append(row.id)
    return taken


def _read_anew(work: Work, ids: Sequence[UUID]) -> None:
    """Read the moves once more, now that nobody else can change them."""
    for part in parts(ids):
        anew = select(Transfer).where(among(work, Transfer.id, part))
        work.session.scalars(anew.execution_options(populate_existing=True)).all()
