"""What is kept of a list besides the record: the table that waits, what the file was, what a row said."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from caseapp.domain.lists.columns import V_NUMBER, names_of
from caseapp.domain.lists.number_cells import v_number
from caseapp.domain.lists.problems import Problem
from caseapp.domain.lists.report import Report, RowReport
from caseapp.domain.lists.table import Origin
from caseapp.domain.lists.texts import header_name, plain
from caseapp.domain.lists.words import ListKind, Verdict


@dataclass(frozen=True, slots=True)
class Packed:
    """A table as bytes that take little room; `discreet` packs and unpacks it."""

    content: bytes


@dataclass(frozen=True, slots=True)
class RunFacts:
    """How the file of a run was read, and who was not on it, by V-number."""

    origin: Origin
    header_row: int | None = None
    header: tuple[str, ...] = ()
    ignored_columns: tuple[str, ...] = ()
    not_on_list: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowSaid:
    """What a row said, what there is to say about it, and which columns of ours it changes."""

    cells: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    changes: tuple[str, ...] = ()


def facts_of(report: Report) -> RunFacts:
    """Return how the file of a report was read, and who was not on it."""
    return RunFacts(
        origin=report.origin,
        header_row=report.header_row,
        header=report.header,
        ignored_columns=report.ignored_columns,
        not_on_list=report.not_on_list,
    )


def is_kept(row: RowReport) -> bool:
    """Say whether there is something to say of a row: one that is the same in every way is only counted."""
    return row.verdict is not Verdict.SAME or bool(row.problems)


def said_in(row: RowReport, ours: Collection[int]) -> RowSaid:
    """Return what is kept of a row for who decides about it; of its cells those in columns of ours."""
    cells = tuple(cell if at in ours else "" for at, cell in enumerate(row.cells))
    return RowSaid(cells, row.told, row.changes)


def places_of_ours(kind: ListKind, header: Sequence[str]) -> dict[int, str]:
    """Return the fields that columns of ours fill, by their place in a header."""
    known = names_of(kind)
    names = enumerate(map(header_name, header))
    return {at: known[name].field for at, name in names if name in known}


def v_numbers_of(
    kind: ListKind, header: Sequence[str], rows: Iterable[Sequence[str]]
) -> frozenset[str]:
    """Return the V-numbers that can be read in rows of a list."""
    places = places_of_ours(kind, header)
    at = next((at for at, field in places.items() if field == V_NUMBER.field), None)
    if at is None:
        return frozenset()
    cells = [cells[at] for cells in rows if at < len(cells)]
    read = (v_number(plain(cell), cell).value for cell in cells)
    return frozenset(value for value in read if isinstance(value, str))
