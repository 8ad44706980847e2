"""The rows of a list that came in, as far as there is something to say about them."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, func, select

from caseapp.domain.lists.course import Decision
from caseapp.domain.lists.kept import RowSaid, RunFacts, v_numbers_of
from caseapp.domain.lists.outcomes import Taken
from caseapp.domain.lists.words import ListKind, Reason, Severity, Verdict
from caseapp.exchange.models import ListRow, ListRun
from caseapp.kernel.bulk import AT_ONCE
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.people import queries as people

PAGE: Final = 50

KEEPS_NOTHING_OUT: Final = frozenset({
    Reason.V_NUMBER_REPAIRED, Reason.DATE_FROM_NUMBER, Reason.CODE_REPAIRED, Reason.DUPLICATE_ROW,
    Reason.UNANNOUNCED_MOVE, Reason.TRANSFER_ARRIVED,
})  # fmt: skip
"""Reasons that are repaired or noted, and never a doubt (samples, section 7)."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as a page shows it; `said` is an Unreadable when it does not open, as without its key."""

    number: int
    verdict: Verdict
    reasons: tuple[Reason, ...]
    said: RowSaid | Unreadable
    takeable: bool
    decision: Decision | None
    decided_by: UUID | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class RowCounts:
    """How many kept rows came to each verdict, have each reason, and how doubtful ones are decided."""

    verdicts: Mapping[Verdict, int]
    reasons: Mapping[Reason, int]
    decisions: Mapping[Decision | None, int]
    """Of the rows that can be taken only; None for those that nobody decided yet."""


def rows(
    work: Work,
    run: ListRun,
    verdict: Verdict | None = None,
    reason: Reason | None = None,
    *,
    page: int = 1,
    size: int = PAGE,
) -> list[ShownRow]:
    """Return a page of the rows of a run, opened, in the order of the file; that they were seen is noted."""
    statement = _rows_of(run, verdict, reason).offset((page - 1) * size).limit(size)
    found = [_shown(row) for row in work.session.scalars(statement)]
    _note_seen(work, run, found)
    return found


def count_rows(
    work: Work, run: ListRun, verdict: Verdict | None = None, reason: Reason | None = None
) -> int:
    """Return how many rows there are on all pages together."""
    statement = _rows_of(run, verdict, reason).order_by(None).with_only_columns(func.count())
    return work.session.scalar(statement) or 0


def row_counts(work: Work, run: ListRun) -> RowCounts:
    """Return how many rows of a run there are of each kind, from what is clear of them."""
    groups = (ListRow.verdict, _codes(), ListRow.takeable, ListRow.decision)
    verdicts: Counter[Verdict] = Counter()
    reasons: Counter[Reason] = Counter()
    decisions: Counter[Decision | None] = Counter()
    for verdict, codes, takeable, decision, number in work.session.execute(
        select(*groups, func.count()).where(ListRow.run_id == run.id).group_by(*groups)
    ):
        verdicts[Verdict(verdict)] += number
        reasons.update({Reason(code): number for code in json.loads(codes)})
        if takeable:
            decisions[Decision(decision) if decision else None] += number
    return RowCounts(verdicts, reasons, decisions)


def numbers_to_decide(work: Work, run: ListRun, doubt: Reason) -> list[int]:
    """Return the numbers of the rows that a person can decide about, and that wait for this doubt only.

    Who takes all rows of one doubt has not looked at another one that some of them have as well.
    """
    statement = _rows_of(run, Verdict.DOUBTFUL, doubt).where(ListRow.takeable)
    columns = statement.with_only_columns(ListRow.number, ListRow.reasons)
    return [
        number
        for number, reasons in work.session.execute(columns)
        if set(map(Reason, reasons)) - KEEPS_NOTHING_OUT == {doubt}
    ]


def last_decision(work: Work, run: ListRun) -> datetime | None:
    """Return when somebody last decided about a row that is still decided."""
    return work.session.scalar(select(func.max(ListRow.decided_at)).where(ListRow.run_id == run.id))


def refused_rows(work: Work, run: ListRun) -> Iterator[ShownRow]:
    """Yield all refused rows of a run, opened, in the order of the file; that they were seen is noted."""
    page = 1
    while found := rows(work, run, Verdict.REFUSED, page=page, size=AT_ONCE):
        yield from found
        page += 1


def taken(work: Work, run: ListRun) -> Taken:
    """Return the doubts that people decided to take, by row number. Raises Unreadable."""
    decided = work.session.scalars(
        select(ListRow).where(
            ListRow.run_id == run.id, ListRow.decision == Decision.TAKE.value, ListRow.takeable
        )
    )
    return {
        row.number: frozenset(
            problem.reason for problem in row.said.problems if problem.severity is Severity.DOUBTFUL
        )
        for row in decided
    }


def _rows_of(run: ListRun, verdict: Verdict | None, reason: Reason | None) -> Select[ListRow]:
    statement = select(ListRow).where(ListRow.run_id == run.id)
    if verdict is not None:
        statement = statement.where(ListRow.verdict == verdict.value)
    if reason is not None:
        statement = statement.where(_codes().contains(f'"{reason.value}"', autoescape=True))
    return statement.order_by(ListRow.number)


def _codes() -> ColumnElement[str]:
    """Return the reasons of a row as the text of their JSON: alike on both databases."""
    return cast(ListRow.reasons, String)


def _shown(row: ListRow) -> ShownRow:
    return ShownRow(
        number=row.number,
        verdict=Verdict(row.verdict),
        reasons=tuple(map(Reason, row.reasons)),
        said=readable(row, "said"),
        takeable=row.takeable,
        decision=Decision(row.decision) if row.decision else None,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


def _note_seen(work: Work, run: ListRun, found: Sequence[ShownRow]) -> None:
    """Note of which children that we know rows were shown."""
    facts = readable(run, "facts")
    said = [row.said.cells for row in found if isinstance(row.said, RowSaid)]
    if not said or not isinstance(facts, RunFacts):
        return
    named = v_numbers_of(ListKind(run.list_kind), facts.header, said)
    keys = people.known_indexes(work, [work.vault.index("v_number", one) for one in named])
    if keys:
        work.saw("list-rows", keys.values(), object="list_run", object_id=run.id)
