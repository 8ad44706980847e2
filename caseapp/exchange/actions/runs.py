"""What people do with a list that comes in: bring it, decide about rows, let it be applied, withdraw it."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, update

from caseapp.domain.events import (
    ListDecided,
    ListReleased,
    ListSubmitted,
    ListUndoAsked,
    ListWithdrawn,
)
from caseapp.domain.lists.course import Decision, RunState
from caseapp.domain.lists.discreet import discreet, packed
from caseapp.domain.lists.number_cells import hide_bsn
from caseapp.domain.lists.table import Table
from caseapp.domain.lists.words import ListKind, Verdict
from caseapp.exchange import queries
from caseapp.exchange.actions.claiming import NOBODY
from caseapp.exchange.actions.lists import MayNotBringError
from caseapp.exchange.models import ListFile, ListRow, ListRun
from caseapp.kernel.bulk import AT_ONCE
from caseapp.kernel.db import new_id
from caseapp.kernel.keystore import SubjectKind
from caseapp.kernel.seals import Domain
from caseapp.kernel.work import Work

CAN_BE_WITHDRAWN: Final = (RunState.WAITING, RunState.READY, RunState.FAILED)


def submit(
    work: Work, kind: ListKind, table: Table, *, file_name: str, on: date, file_hash: bytes
) -> ListRun:
    """Keep a list until a worker has looked at it, without what has no place here.

    Raises MayNotBringError.
    """
    _refuse_strangers(work, kind)
    run = new_run(work, kind, file_name=file_name, on=on, file_hash=file_hash)
    run.state = RunState.WAITING
    work.add(ListFile(id=run.id), content=packed(discreet(table)))
    work.record(ListSubmitted(object_id=run.id, list_kind=kind.value))
    return run


def new_run(
    work: Work, kind: ListKind, *, file_name: str, on: date, file_hash: bytes, **more: Any
) -> ListRun:
    """Write down a list of the actor, with a key of its own; its counts are still to come."""
    regions = work.actor.regions
    run = ListRun(
        list_kind=kind.value,
        file_hash=file_hash,
        on_day=on,
        account_id=work.actor.account_id,
        at=work.now,
        counts={},
        region=regions[0] if len(regions) == 1 and not work.actor.is_national else None,
        **({"id": new_id()} | more),
    )
    work.vault.make_keys([run.id], SubjectKind.IMPORT, [Domain.IMPORT])
    work.add(run, file_name=hide_bsn(file_name))
    work.flush()
    return run


def decide(
    work: Work, run: ListRun, row_numbers: Collection[int], decision: Decision | None
) -> int:
    """Keep what somebody decided about rows of a list that is ready; None takes a decision back.

    Returns how many rows it is now decided of: those that wait for a person and can be taken. Raises
    MayNotBringError.
    """
    _refuse_strangers(work, ListKind(run.list_kind))
    if not _turn(work, run, (RunState.READY,)):
        return 0
    numbers = sorted(set(row_numbers))
    decided = sum(
        _decide(work, run, numbers[start : start + AT_ONCE], decision)
        for start in range(0, len(numbers), AT_ONCE)
    )
    if decided:
        what = decision.value if decision else "open"
        work.record(ListDecided(object_id=run.id, fields=(what, str(decided))))
    return decided


def _decide(work: Work, run: ListRun, numbers: list[int], decision: Decision | None) -> int:
    """Decide about some rows; the rows of the session learn of it."""
    return _changed(
        work,
        update(ListRow)
        .where(ListRow.run_id == run.id, ListRow.number.in_(numbers))
        .where(ListRow.verdict == Verdict.DOUBTFUL.value, ListRow.takeable)
        .values(
            decision=decision.value if decision else None,
            decided_by=work.actor.account_id if decision else None,
            decided_at=work.now if decision else None,
        ),
    )


def start_applying(work: Work, run: ListRun) -> bool:
    """Let a list that is ready be applied; False when it was let before. Raises MayNotBringError."""
    _refuse_strangers(work, ListKind(run.list_kind))
    if not _turn(work, run, (RunState.READY,), state=RunState.APPLYING.value, error=None):
        return False
    work.record(ListReleased(object_id=run.id, list_kind=run.list_kind))
    return True


def start_undoing(work: Work, run: ListRun) -> bool:
    """Let a worker undo an applied list: one about many children takes longer than a page may.

    False when it is not applied any more. Raises MayNotBringError.
    """
    _refuse_strangers(work, ListKind(run.list_kind))
    asked = {"state": RunState.UNDOING.value, "error": None, "undone_by": work.actor.account_id}
    if not _turn(work, run, (RunState.APPLIED,), **asked):
        return False
    work.record(ListUndoAsked(object_id=run.id, list_kind=run.list_kind))
    return True


def withdraw(work: Work, run: ListRun) -> bool:
    """Withdraw a list that is not applied, and forget its table and rows; False when that is too late.

    Raises MayNotBringError.
    """
    _refuse_strangers(work, ListKind(run.list_kind))
    if not _turn(work, run, CAN_BE_WITHDRAWN, state=RunState.WITHDRAWN.value):
        return False
    work.session.execute(delete(ListRow).where(ListRow.run_id == run.id))
    work.session.execute(delete(ListFile).where(ListFile.id == run.id))
    work.record(ListWithdrawn(object_id=run.id))
    return True


def _refuse_strangers(work: Work, kind: ListKind) -> None:
    if not queries.may_bring(work.actor, kind):
        raise MayNotBringError


def _turn(work: Work, run: ListRun, states: Collection[RunState], **values: Any) -> bool:
    """Change a run if it is in one of these states: one statement, that locks it until the end."""
    return bool(
        _changed(
            work,
            update(ListRun)
            .where(ListRun.id == run.id, ListRun.state.in_([state.value for state in states]))
            .values({**NOBODY, **values}),
        )
    )


def _changed(work: Work, statement: Any) -> int:
    """Carry out an update, let the rows in memory follow, and return how many rows it changed."""
    found = work.session.execute(statement, execution_options={"synchronize_session": "fetch"})
    return int(found.rowcount)  # type: ignore[attr-defined]
