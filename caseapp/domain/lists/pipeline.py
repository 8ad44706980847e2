"""The steps of a list in their order: read, each row, rows among each other, what we know."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from caseapp.domain.lists.among_rows import Among, compare_rows, key_of
from caseapp.domain.lists.cells import Reach
from caseapp.domain.lists.compare_children import compare_children
from caseapp.domain.lists.compare_records import compare_care, compare_locations, compare_schools
from caseapp.domain.lists.compare_transfers import compare_transfers
from caseapp.domain.lists.intents import Intent
from caseapp.domain.lists.known import Known
from caseapp.domain.lists.number_cells import hide_bsn
from caseapp.domain.lists.outcomes import NEVER_TAKEN, Outcome, Setting, Taken
from caseapp.domain.lists.problems import FileError, Problem, of_row
from caseapp.domain.lists.reader import read_table
from caseapp.domain.lists.report import Report, RowReport
from caseapp.domain.lists.row_dates import check_dates
from caseapp.domain.lists.rows import Row, RowReader, shown_cells
from caseapp.domain.lists.table import Table
from caseapp.domain.lists.words import ListKind, Reason, Severity, Verdict

Compare = Callable[[Sequence[Row], Setting], Iterator[tuple[Row, Outcome]]]

COMPARE: Final[Mapping[ListKind, Compare]] = {
    ListKind.LOCATIONS: compare_locations,
    ListKind.OCCUPANCY: compare_children,
    ListKind.TRANSFERS: compare_transfers,
    ListKind.CARE: compare_care,
    ListKind.SCHOOL: compare_schools,
}
"""How the rows of each list are held against what we know."""

AMONG_ROWS: Final = frozenset({Reason.CONTRADICTING_ROWS, Reason.DUPLICATE_ROW})
"""What is said of a row because of another."""


@dataclass(slots=True)
class Compared:
    """What comparing gives by row number: of rows that come in, and of those that their cells keep out."""

    outcomes: dict[int, Outcome] = field(default_factory=dict)
    waiting: dict[int, Outcome] = field(default_factory=dict)


_NOT_COMPARED: Final = Outcome(Verdict.SAME)


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list of which each row was read by itself; its report says why when it could not be."""

    report: Report
    rows: tuple[Row, ...] = ()

    @property
    def v_numbers(self) -> frozenset[str]:
        """The children whom rows mention, refused rows too."""
        return frozenset(row.mentions for row in self.rows if row.mentions is not None)

    @property
    def places(self) -> frozenset[str]:
        """The locations that rows give as the place of a child."""
        named = (row.text("location") for row in self.rows)
        return frozenset(place for place in named if place is not None)


def examine(
    kind: ListKind,
    data: bytes,
    *,
    on: date,
    known: Known,
    file: str = "",
    taken: Taken | None = None,
) -> Report:
    """Return the report on a list, with what applying it does; a dry run is all that this is.

    `on` is the day of which the list speaks. `taken` has, by row number, the doubts that a person
    decided to take; a row with another doubt stays doubtful.
    """
    return compare(read(kind, data, on=on, locations=known.locations, file=file), known, taken)


def read(
    kind: ListKind, data: bytes, *, on: date, locations: Collection[str], file: str = ""
) -> ListRead:
    """Return what a list says by itself: that tells what has to be known to compare it."""
    try:
        table = read_table(kind, data)
    except FileError as error:
        return ListRead(replace(Report(kind, hide_bsn(file), on), error=error))
    return read_again(kind, table, on=on, locations=locations, file=file)


def read_again(
    kind: ListKind, table: Table, *, on: date, locations: Collection[str], file: str = ""
) -> ListRead:
    """Return what a list says by itself, of which the table was read before."""
    rows = tuple(read_rows(kind, table, Reach(on, locations)))
    for row in rows:
        check_dates(kind, row, on)
    report = Report(
        kind,
        hide_bsn(file),
        on,
        origin=table.origin,
        header_row=table.header_row,
        header=table.header,
        ignored_columns=table.ignored,
    )
    return ListRead(report, rows)


def compare(said: ListRead, known: Known, taken: Taken | None = None) -> Report:
    """Return the full report on a list that was read; once for each reading."""
    if said.report.error is not None:
        return said.report
    kind, rows = said.report.kind, said.rows
    among = compare_rows(kind, rows)
    _say(rows, among)
    keys = frozenset(key_of(kind, row) for row in rows if row.has_key(kind))
    setting = Setting(said.report.on, known, keys, taken or {})
    compared = compare_with_ours(kind, rows, among, setting)
    return replace(
        said.report,
        rows=tuple(_reported(row, compared, among, setting) for row in rows),
        not_on_list=not_on_list(rows, known) if kind is ListKind.OCCUPANCY else (),
        intents=tuple(_accepted(compared.outcomes, setting)),
    )


def compare_again(
    said: ListRead, v_numbers: Collection[str], known: Known, taken: Taken | None = None
) -> Report:
    """Return the report on the rows of some children of a list, with what we know of them by now.

    All rows of a child stand together here, so that they say of each other what they said in the whole list.
    """
    rows = tuple(
        replace(row, problems=[one for one in row.problems if one.reason not in AMONG_ROWS])
        for row in said.rows
        if row.mentions in v_numbers
    )
    return compare(ListRead(said.report, rows), known, taken)


def read_rows(kind: ListKind, table: Table, reach: Reach) -> list[Row]:
    """Return the rows of a table, each by itself."""
    return list(RowReader(kind, table, reach).rows())


def _say(rows: Sequence[Row], among: Among) -> None:
    """Say of each row what the others do to it."""
    for row in rows:
        if row.number in among.contradicting:
            row.problems.append(of_row(Severity.REFUSED, Reason.CONTRADICTING_ROWS))
        elif row.number in among.duplicates:
            row.problems.append(of_row(Severity.REPAIRED, Reason.DUPLICATE_ROW))


def compare_with_ours(
    kind: ListKind, rows: Sequence[Row], among: Among, setting: Setting
) -> Compared:
    """Hold each row that nobody refused against what we know; a copy is as its first."""
    may_come = [
        row
        for row in rows
        if row.number not in among.duplicates
        and row.has_key(kind)
        and not row.has(Severity.REFUSED)
    ]
    compared = Compared()
    for row, outcome in COMPARE[kind](may_come, setting):
        found = compared.waiting if setting.waits(row) else compared.outcomes
        found[row.number] = outcome
    return compared


def _reported(row: Row, compared: Compared, among: Among, setting: Setting) -> RowReport:
    """Return what became of a row; a copy shares what keeps its first out, and does nothing."""
    number = among.duplicates.get(row.number, row.number)
    outcome = compared.outcomes.get(number, _NOT_COMPARED)
    if number != row.number:
        shared = tuple(_as_its_own(row, one) for one in outcome.problems if one.keeps_out)
        outcome = Outcome(Verdict.SAME, shared, takeable=False)
    once_taken = compared.waiting.get(row.number, _NOT_COMPARED)
    problems = (*row.problems, *outcome.problems)
    verdict = _verdict(outcome, kept_out=setting.keeps_out(number, problems), problems=problems)
    found = RowReport(
        number=row.number,
        verdict=verdict,
        problems=problems,
        changes=outcome.changes if verdict is Verdict.CHANGED else (),
        cells=shown_cells(row),
        takeable=False,
        further=tuple(one for one in once_taken.problems if one.keeps_out),
    )
    can_be = number == row.number and outcome.takeable and once_taken.takeable
    return replace(found, takeable=can_be and _waits_for_a_person(found))


def _waits_for_a_person(row: RowReport) -> bool:
    """Say whether a person may decide about a row: not when taking it would only have it refused."""
    refused = any(problem.severity is Severity.REFUSED for problem in row.told)
    return row.verdict is Verdict.DOUBTFUL and not refused and not row.doubts & NEVER_TAKEN


def _as_its_own(copy: Row, problem: Problem) -> Problem:
    """Return what is said of the first of two copies with the cell as it stands in the other."""
    columns = copy.layout.columns.items()
    field = next((name for name, column in columns if column.name == problem.column), None)
    return problem if field is None else copy.problem(field, problem.severity, problem.reason)


def _verdict(outcome: Outcome, *, kept_out: bool, problems: Sequence[Problem]) -> Verdict:
    if any(problem.severity is Severity.REFUSED for problem in problems):
        return Verdict.REFUSED
    return Verdict.DOUBTFUL if kept_out or not outcome.possible else outcome.verdict


def _accepted(outcomes: Mapping[int, Outcome], setting: Setting) -> Iterator[Intent]:
    """Yield what the taken rows do, in the order in which the rows were compared."""
    for number, outcome in outcomes.items():
        if outcome.possible and not setting.keeps_out(number, outcome.problems):
            yield from outcome.intents


def not_on_list(rows: Sequence[Row], known: Known) -> tuple[str, ...]:
    """Return the children of the places on an occupancy list that no row of it mentions."""
    places = {row.text("location") for row in rows} - {None}
    mentioned = {row.mentions for row in rows}
    return tuple(
        sorted(
            v_number
            for v_number, child in known.children.items()
            if child.place in places and v_number not in mentioned
        )
    )
