"""The reader for each kind of cell, and what a cell of ours says."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseapp.domain.lists import code_cells, day_cells, number_cells
from caseapp.domain.lists.columns import Column, Holds
from caseapp.domain.lists.problems import Problem, of_cell
from caseapp.domain.lists.texts import MAX_LENGTH, Cell, plain
from caseapp.domain.lists.values import Reader, Reading, cannot
from caseapp.domain.lists.words import Reason, Severity


@dataclass(frozen=True, slots=True)
class Reach:
    """What reading a cell depends on: the day of the list, and the locations that we know."""

    on: date
    locations: Collection[str]


def _same(reader: Reader) -> Callable[[Reach], Reader]:
    return lambda _reach: reader


READERS: Final[Mapping[Holds, Callable[[Reach], Reader]]] = {
    Holds.V_NUMBER: _same(number_cells.v_number),
    Holds.DAY: lambda reach: day_cells.day_reader(reach.on),
    Holds.PAST_DAY: lambda reach: day_cells.day_reader(reach.on, past=True),
    Holds.FAR_DAY: lambda reach: day_cells.day_reader(reach.on, endless=True),
    Holds.BIRTH: lambda reach: day_cells.birth_reader(reach.on),
    Holds.YES_NO: lambda _reach: code_cells.word_reader(code_cells.YES_OR_NO),
    Holds.SEX: lambda _reach: code_cells.word_reader(code_cells.SEXES),
    Holds.NATIONALITY: lambda _reach: code_cells.word_reader(code_cells.COUNTRIES),
    Holds.LOCATION_KIND: lambda _reach: code_cells.code_reader(code_cells.PLACEMENT_KINDS),
    Holds.OPERATOR: lambda _reach: code_cells.code_reader(code_cells.OPERATORS),
    Holds.REGION: lambda _reach: code_cells.code_reader(code_cells.REGIONS),
    Holds.SCHOOL_KIND: lambda _reach: code_cells.code_reader(code_cells.SCHOOL_TYPES),
    Holds.CARE_KIND: lambda _reach: code_cells.code_reader(code_cells.CARE_KINDS),
    Holds.STATUS: lambda _reach: code_cells.code_reader(code_cells.STATUSES),
    Holds.MUNICIPALITY: _same(code_cells.municipality),
    Holds.BRIN: _same(code_cells.brin),
    Holds.NEW_CODE: _same(code_cells.new_code),
    Holds.LOCATION: lambda reach: code_cells.location_reader(reach.locations),
    Holds.COUNT: _same(number_cells.count),
    Holds.HOURS: _same(number_cells.hours),
    Holds.TEXT: _same(code_cells.free_text),
    Holds.NAME: _same(code_cells.free_text),
}
"""How to make the reader of each kind of cell for one list."""

# What these say does not depend on whether the column is required.
_ALWAYS: Final[Mapping[Reason, Severity]] = {
    Reason.PERHAPS_BSN: Severity.DOUBTFUL,
    Reason.NOT_FOLLOWED: Severity.REFUSED,
}


class ColumnReader:
    """Reads the cells of one column; `marks` when the column holds nothing but x."""

    __slots__ = ("_read", "column", "if_empty", "marks")

    def __init__(self, column: Column, reach: Reach, *, marks: bool) -> None:
        self.column = column
        self.marks = marks
        self._read = (
            code_cells.word_reader(code_cells.ONLY_MARKS) if marks else READERS[column.holds](reach)
        )

    def says(self, text: str, cell: Cell) -> Reading:
        """Return what a cell says; in a column of marks an empty one says no."""
        if not text:
            return self._empty()
        if len(text) > MAX_LENGTH and self.column.holds is not Holds.V_NUMBER:
            return cannot(Reason.TOO_LONG)
        return self._read(text, cell)

    def _empty(self) -> Reading:
        if self.marks:
            return Reading(False)
        return Reading(self.column.if_empty, Reason.MISSING_VALUE if self.column.required else None)

    def problem(self, reading: Reading, cell: Cell) -> Problem | None:
        """Return what to say about a cell, if anything."""
        if reading.reason is None:
            return None
        return of_cell(self.column.name, self._severity(reading), reading.reason, cell)

    def _severity(self, reading: Reading) -> Severity:
        if reading.value is not None:
            return Severity.REPAIRED
        assert reading.reason is not None  # noqa: S101 - told by the caller, for the type checker
        usual = Severity.REFUSED if self.column.required else Severity.DOUBTFUL
        return _ALWAYS.get(reading.reason, usual)


def holds_only_marks(column: Column, cells: Iterable[Cell]) -> bool:
    """Say whether a column of yes and no has at least one filled cell, and each of them is x."""
    if column.holds is not Holds.YES_NO:
        return False
    filled = {text.lower() for text in map(plain, cells) if text}
    return filled == {code_cells.MARK}
