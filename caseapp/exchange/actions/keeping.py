"""What stays of a list: its counts, its rows while its key lasts, and what it did to whom."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final, TypeAlias, TypeVar
from uuid import UUID

from sqlalchemy import delete, select

from caseapp.audit.actions import envelopes_as_text, plain_value
from caseapp.domain.events import ListApplied, ListTried
from caseapp.domain.lists.course import How, RunState
from caseapp.domain.lists.kept import facts_of, is_kept, places_of_ours, said_in
from caseapp.domain.lists.report import Report, RowReport
from caseapp.domain.lists.words import Verdict
from caseapp.exchange.actions.claiming import NOBODY, Claim, OustedError, leave_ready
from caseapp.exchange.actions.lists import Source
from caseapp.exchange.actions.runs import new_run
from caseapp.exchange.actions.written import Applied, Changed
from caseapp.exchange.models import ListChange, ListChild, ListFile, ListRow, ListRun
from caseapp.kernel.bulk import insert_all, sealed_row
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work

T = TypeVar("T")

AT_ONCE: Final = 1000
"""Rows in one statement."""

Rows: TypeAlias = list[dict[str, Any]]
"""Rows of a list as they are inserted, sealed before anybody waits for a lock."""


def finish_new(source: Source, work: Work, applied: Applied) -> ListRun:
    """Keep a list that was applied at once, as by the command, in the transaction that applies it.

    The occasion of the work is the key of the run.
    """
    run = new_run(
        work,
        source.kind,
        file_name=source.file,
        on=source.on,
        file_hash=source.file_hash,
        id=work.occasion or new_id(),
    )
    return _finished(work, run, applied)


def finish_claimed(claim: Claim, work: Work, applied: Applied) -> ListRun:
    """Keep that a list of this worker was applied, in the transaction that applies it.

    Raises OustedError when another worker has it by now: then nothing of all that is saved.
    """
    run = work.session.scalars(
        select(ListRun)
        .where(ListRun.id == claim.run_id, ListRun.claim == claim.id)
        .with_for_update()
    ).one_or_none()
    if run is None or run.state != RunState.APPLYING.value:
        raise OustedError
    return _finished(work, run, applied)


def _finished(work: Work, run: ListRun, applied: Applied) -> ListRun:
    run.state = RunState.APPLIED.value
    run.applied_at = work.now
    for name in ("error", *NOBODY):
        setattr(run, name, None)
    keep_report(work, run, applied.report, sealed_rows(work, run.id, applied.report))
    work.session.execute(delete(ListFile).where(ListFile.id == run.id))
    _keep_children(work, run.id, applied)
    for some in _parts(_changes(run.id, applied.changes)):
        insert_all(work, ListChange, some)
    work.record(ListApplied(object_id=run.id, list_kind=run.list_kind))
    return run


def keep_looked(work: Work, claim: Claim, report: Report, rows: Rows) -> None:
    """Keep the report on a list that this worker looked at, and leave the list to people.

    Raises OustedError.
    """
    leave_ready(work, claim)
    run = work.session.get_one(ListRun, claim.run_id)
    keep_report(work, run, report, rows)
    work.record(ListTried(object_id=run.id, list_kind=run.list_kind))


def keep_report(work: Work, run: ListRun, report: Report, rows: Rows) -> None:
    """Keep what became of the rows of a list; decisions about rows stay, other rows go first."""
    run.counts = {verdict.value: number for verdict, number in report.counts.items()}
    run.facts = facts_of(report)
    work.flush()
    decided = _decisions(work, run.id)
    work.session.execute(delete(ListRow).where(ListRow.run_id == run.id))
    for some in _parts(row | decided.get(row["number"], _UNDECIDED) for row in rows):
        insert_all(work, ListRow, some)


_UNDECIDED: Final = {"decision": None, "decided_by": None, "decided_at": None}


def _decisions(work: Work, run_id: UUID) -> dict[int, dict[str, Any]]:
    columns = (ListRow.number, ListRow.decision, ListRow.decided_by, ListRow.decided_at)
    found = work.session.execute(
        select(*columns).where(ListRow.run_id == run_id, ListRow.decision.is_not(None))
    )
    return {number: dict(zip(_UNDECIDED, told, strict=True)) for number, *told in found}


def sealed_rows(work: Work, run_id: UUID, report: Report) -> Rows:
    """Return the rows of a report that are kept, sealed; of its cells those of columns that are ours."""
    ours = places_of_ours(report.kind, report.header)
    return [_row(work, run_id, row, ours) for row in report.rows if is_kept(row)]


def _row(work: Work, run_id: UUID, row: RowReport, ours: dict[int, str]) -> dict[str, Any]:
    return sealed_row(
        work,
        ListRow,
        run_id,
        new_id(),
        number=row.number,
        verdict=row.verdict.value,
        reasons=list(dict.fromkeys(problem.reason.value for problem in row.told)),
        said=said_in(row, ours),
        takeable=row.takeable and row.verdict is Verdict.DOUBTFUL,
    )


def _keep_children(work: Work, run_id: UUID, applied: Applied) -> None:
    told = ((applied.added, How.ADDED), (applied.changed, How.CHANGED))
    rows = [
        {"run_id": run_id, "child_id": child_id, "how": how.value}
        for children, how in told
        for child_id in sorted(children)
    ]
    for some in _parts(rows):
        insert_all(work, ListChild, some)


def _changes(run_id: UUID, changes: Iterable[Changed]) -> Iterator[dict[str, Any]]:
    for change in changes:
        yield {
            "id": new_id(),
            "run_id": run_id,
            "child_id": change.child_id,
            "table_name": change.table,
            "row_id": change.row_id,
            "how": change.how.value,
            "clear_values": {name: plain_value(value) for name, value in change.clear.items()},
            "sealed_values": envelopes_as_text(change.sealed),
            "version": change.version,
        }


def _parts(rows: Iterable[T]) -> Iterator[list[T]]:
    going = iter(rows)
    while part := list(islice(going, AT_ONCE)):
        yield part
