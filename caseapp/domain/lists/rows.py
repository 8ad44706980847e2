"""Each row by itself: whether it is one, what its cells say, and what is wrong with them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Self

from caseapp.domain.lists.cells import ColumnReader, Reach, holds_only_marks
from caseapp.domain.lists.columns import COLUMNS, KEYS, Column
from caseapp.domain.lists.number_cells import holds_bsn, v_number
from caseapp.domain.lists.problems import Problem, of_cell, of_row
from caseapp.domain.lists.table import Line, Table
from caseapp.domain.lists.texts import Cell, header_name, plain, show
from caseapp.domain.lists.values import BirthDay, Value
from caseapp.domain.lists.words import ListKind, Reason, Severity

TOTAL: Final = re.compile(r"(?:(?:sub|eind)?totaal|(?:sub)?total)\b", re.IGNORECASE)
"""The word with which the first filled cell of a total begins."""
_NOTE_CELLS: Final = 2
"""A row with so few filled cells is a note when it is about nobody."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each field of a list stands in its table; None for a column that is not there."""

    columns: Mapping[str, Column]
    places: Mapping[str, int | None]

    @classmethod
    def of(cls, kind: ListKind, table: Table) -> Self:
        """Return the layout of a table."""
        there = {column.field: at for at, column in table.places.items()}
        columns = {column.field: column for column in COLUMNS[kind]}
        return cls(columns, {name: there.get(name) for name in columns})


@dataclass(slots=True)
class Row:
    """A row as it was read: `unread` has the text of cells that say nothing we understand.

    A `faulty` one is no row, or has shifted: nothing else is said of it.
    """

    number: int
    cells: Sequence[Cell]
    layout: Layout
    values: dict[str, Value] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    mentions: str | None = None
    faulty: bool = False

    def cell(self, name: str) -> Cell:
        """Return the cell of a field as it stands; what is not there is empty."""
        return cell_at(self.cells, self.layout.places[name])

    def problem(self, name: str, severity: Severity, reason: Reason) -> Problem:
        """Return something to say about the cell of a field."""
        return of_cell(self.layout.columns[name].name, severity, reason, self.cell(name))

    def has(self, severity: Severity) -> bool:
        """Say whether a problem of the row is of that class."""
        return any(problem.severity is severity for problem in self.problems)

    def day(self, name: str) -> date | None:
        """Return a field that holds a day, None when the cell is empty or unread."""
        value = self.values.get(name)
        return value if isinstance(value, date) else None

    def text(self, name: str) -> str | None:
        """Return a field that holds a text or a code, None when the cell is empty or unread."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def birth(self) -> BirthDay | None:
        """Return the birth date, None when it is unread."""
        value = self.values.get("birth")
        return value if isinstance(value, BirthDay) else None

    def has_key(self, kind: ListKind) -> bool:
        """Say whether we can read which thing the row speaks of."""
        return all(name in self.values for name in KEYS[kind])


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, kind: ListKind, table: Table, reach: Reach) -> None:
        self._table = table
        self._layout = Layout.of(kind, table)
        self._about_people = "v_number" in self._layout.columns
        self._key_place = self._layout.places[KEYS[kind][0]]
        self._faults = {line.number: self._no_row(line) for line in table.lines}
        self._readers = [
            (self._layout.places[column.field], self._reader(column, reach))
            for column in COLUMNS[kind]
        ]

    def rows(self) -> Iterator[Row]:
        """Yield the rows in the order of the file."""
        for line in self._table.lines:
            fault = self._faults[line.number]
            yield self._read(line) if fault is None else self._faulty(line, fault)

    def _reader(self, column: Column, reach: Reach) -> ColumnReader:
        at = self._layout.places[column.field]
        cells = (
            cell_at(line.cells, at)
            for line in self._table.lines
            if self._faults[line.number] is None
        )
        return ColumnReader(column, reach, marks=holds_only_marks(column, cells))

    def _no_row(self, line: Line) -> Reason | None:
        """Tell a total, a note, the header once more, and a row that a delimiter has shifted."""
        if self._is_note(line) or self._is_header(line):
            return Reason.NOT_A_ROW
        beyond = line.cells[len(self._table.header) :]
        return Reason.SHIFTED_ROW if any(map(plain, beyond)) else None

    def _is_note(self, line: Line) -> bool:
        if self._about_people and self._mentioned(line) is not None:
            return False
        filled = [text for text in map(plain, line.cells) if text]
        return len(filled) <= _NOTE_CELLS or TOTAL.match(filled[0]) is not None

    def _is_header(self, line: Line) -> bool:
        names = self._table.header
        ours = (self._key_place, *self._table.places)
        return all(
            header_name(cell_at(line.cells, at)) == header_name(cell_at(names, at)) for at in ours
        )

    def _mentioned(self, line: Line) -> str | None:
        """Return the V-number of a line, when it can be read."""
        cell = cell_at(line.cells, self._key_place)
        value = v_number(plain(cell), cell).value
        return value if isinstance(value, str) else None

    def _faulty(self, line: Line, fault: Reason) -> Row:
        mentions = self._mentioned(line) if self._about_people else None
        problem = of_row(Severity.REFUSED, fault)
        row = Row(line.number, line.cells, self._layout, mentions=mentions, faulty=True)
        row.problems.append(problem)
        return row

    def _read(self, line: Line) -> Row:
        row = Row(line.number, line.cells, self._layout)
        for at, reader in self._readers:
            cell = cell_at(line.cells, at)
            text = plain(cell)
            reading = reader.says(text, cell)
            name = reader.column.field
            if reading.value is not None:
                row.values[name] = reading.value
            elif text:
                row.unread[name] = text
            problem = reader.problem(reading, cell)
            if problem is not None:
                row.problems.append(problem)
        row.mentions = row.text("v_number")
        return row


def cell_at(cells: Sequence[Cell], at: int | None) -> Cell:
    """Return the cell at a place; what is not there is empty."""
    return "" if at is None or at >= len(cells) else cells[at]


def shown_cells(row: Row) -> tuple[str, ...]:
    """Return the cells of a row as texts, without those that may hold a BSN."""
    at = row.layout.places.get("v_number") if row.mentions is not None else None
    texts = map(show, row.cells)
    return tuple("" if here != at and holds_bsn(text) else text for here, text in enumerate(texts))
