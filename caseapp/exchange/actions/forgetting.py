"""An old list is forgotten: its key is destroyed, so that only its counts stay."""

from typing import Final
from uuid import UUID

from sqlalchemy import delete

from caseapp.domain.events import ListKeyDestroyed
from caseapp.domain.lists.course import RunState
from caseapp.exchange.models import ListFile, ListRun
from caseapp.kernel.work import Work

OVER: Final = frozenset({RunState.APPLIED, RunState.FAILED, RunState.UNDONE, RunState.WITHDRAWN})
"""States in which nothing is left to do; a list in another one fails, because it cannot be read any more."""

TOO_OLD: Final = "too-old"


def forget(work: Work, run_id: UUID) -> None:
    """Destroy the key of a run for good, and write that down; broken off in between, the next night does it.

    The rows stay for their codes; what was sealed of them, of the file and of its name opens for nobody.
    """
    work.vault.destroy_keys([run_id])
    let_go(work, work.session.get_one(ListRun, run_id, with_for_update=True))


def let_go(work: Work, run: ListRun) -> None:
    """Write down that a list cannot be read any more, and let its file go."""
    run.key_gone_at = work.now
    if RunState(run.state) not in OVER:
        run.state, run.error = RunState.FAILED.value, {"code": TOO_OLD}
    work.session.execute(delete(ListFile).where(ListFile.id == run.id))
    work.record(ListKeyDestroyed(object_id=run.id))
