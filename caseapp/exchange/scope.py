"""Which list an address names, for who may see it and for who may do something with it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.domain.lists.words import ListKind
from caseapp.exchange import queries
from caseapp.kernel.work import Work

if TYPE_CHECKING:
    from caseapp.exchange.models import ListRun


def the_run(work: Work, run_id: UUID) -> "ListRun | None":
    """Return a list that this person may see."""
    return queries.run(work, run_id)


@dataclass(frozen=True, slots=True)
class Brought:
    """The list of which a message tells; none when its reader may not see it."""

    run: "ListRun | None"


def what_brought_it(work: Work, run_id: UUID) -> Brought:
    """Return the list of which a message tells, as far as this person may see it: a message leads on anyhow."""
    return Brought(queries.run(work, run_id))


def the_run_to_change(work: Work, run_id: UUID) -> "ListRun | None":
    """Return a list that this person may see and may bring in: to decide, apply, withdraw or undo it."""
    run = queries.run(work, run_id)
    if run is None or not queries.may_bring(work.actor, ListKind(run.list_kind)):
        return None
    return run
