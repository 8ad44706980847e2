"""How large a sheet is once it is opened, told from its XML before any library opens it.

A library lays a sheet out as a full rectangle: two cells at opposite corners of a sheet would take
all memory there is. A document type is refused in any part: no workbook has one, and it is
where entities that grow or point elsewhere are declared.
"""

import re
from typing import Final
from xml.parsers import expat

from caseapp.domain.lists.problems import unreadable
from caseapp.domain.lists.words import FileFault

MOST_ROWS: Final = 50_000
"""Rows that a list may have below its header."""

HEADER_WITHIN: Final = 20
"""Rows among which the header must stand."""

_MOST_CELLS: Final = 4_000_000
_REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_LETTERS: Final = 26
_FILLING: Final = frozenset({"v", "is"})


class Meter:
    """Follows a part of a workbook while it is unpacked; raises FileError as soon as it can."""

    def __init__(self, *, sheet: bool) -> None:
        self.row = self.column = self.furthest_row = self.furthest_column = self.filled_rows = 0
        self._counted = 0
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = _refuse_doctype
        if sheet:
            self._parser.StartElementHandler = self._open

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        """Refuse a part that is no plain XML, and a sheet that is too large."""
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError:
            raise unreadable(FileFault.NOT_A_WORKBOOK) from None
        if self.filled_rows > MOST_ROWS + HEADER_WITHIN:
            raise unreadable(FileFault.TOO_MANY_ROWS)
        if self.furthest_row * self.furthest_column > _MOST_CELLS:
            raise unreadable(FileFault.NOT_A_WORKBOOK)

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        """Follow the place in the sheet; cells without a reference stand next to the last one."""
        name = tag.rpartition(":")[2]
        if name == "c":
            self._cell(attributes.get("r"))
        elif name in _FILLING:
            self._filled()
        elif name == "row":
            number = attributes.get("r", "")
            self.row = int(number) if _NUMBER.fullmatch(number) else self.row + 1
            self.column = 0

    def _cell(self, reference: str | None) -> None:
        found = _REFERENCE.fullmatch(reference or "")
        self.column = self.column + 1 if found is None else _column_number(found[1])
        if found is not None:
            self.row = int(found[2])

    def _filled(self) -> None:
        self.furthest_column = max(self.furthest_column, self.column)
        if self.row != self._counted:
            self._counted = self.row
            self.filled_rows += 1
            self.furthest_row = max(self.furthest_row, self.row)


def _refuse_doctype(*_: object) -> None:
    raise unreadable(FileFault.NOT_A_WORKBOOK)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number
