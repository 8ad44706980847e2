"""How large a workbook is once it is opened, told from its XML before any library opens it.

A library lays a sheet out as a full rectangle, and a text that cells share once for each of them: a
few bytes could take all memory there is, and then the process ends. So all that decides where a
library puts a cell is followed here exactly as a library does it, and what nobody writes is refused.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, NoReturn
from xml.parsers import expat

from caseapp.domain.lists.problems import unreadable
from caseapp.domain.lists.words import FileFault

MOST_ROWS: Final = 50_000
"""Rows that a list may have below its header."""

HEADER_WITHIN: Final = 20
"""Rows among which the header must stand."""

MOST_CELLS: Final = 4_000_000
"""Cells that all sheets may have once they are laid out: 80 to a row of a full list."""

MOST_COLUMNS: Final = 16_384
"""So wide is a spreadsheet."""

MOST_LINES: Final = 1_048_576
"""So deep is a spreadsheet, empty rows included."""

# A full list of 13 columns has 1.4 million; each takes a microsecond to follow.
_MOST_ELEMENTS: Final = 3_000_000
_MOST_ELSEWHERE: Final = 300_000
"""Elements of what is neither a sheet nor a shared text: a spreadsheet has 64,000 formats at most."""
_MOST_LETTERS: Final = 100_000_000
_COLUMN: Final = re.compile(r"[A-Za-z]{1,3}")
_DIGITS: Final = "0123456789"
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,6}")
_LONGEST_INDEX: Final = 40
_INDEX: Final = re.compile(r"\s*([0-9]{1,9})\s*")
_LETTERS: Final = 26

Attributes = dict[str, str]


@dataclass(slots=True)
class Spent:
    """What the parts of a workbook have taken so far, and the length of each text that cells share."""

    elements: int = 0
    cells: int = 0
    letters: int = 0
    shared: list[int] = field(default_factory=list)


class Part:
    """Follows a part of a workbook while it is unpacked: it must be plain XML without entities.

    A document type is where entities are declared that grow or point elsewhere; no workbook has one.
    """

    most = _MOST_ELSEWHERE

    def __init__(self, spent: Spent) -> None:
        self.spent = spent
        # Libraries take every part as UTF-8, whatever it says of itself.
        self.parser = expat.ParserCreate("UTF-8")
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.StartElementHandler = self._open

    def _open(self, tag: str, _attributes: Attributes) -> None:
        """Refuse what stands in another part: a relation may point a library anywhere."""
        if bare(tag) in {"sheetData", "si"}:
            _refuse()

    def through(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Yield what may be read of a part; raises FileError as soon as it does harm."""
        for piece in pieces:
            self.parse(piece)
            yield piece
        self.parse(b"", last=True)

    def parse(self, piece: bytes, *, last: bool = False) -> None:
        """Follow a piece; raises FileError when it is no XML, or takes more than a list does."""
        self.spent.elements += piece.count(b"<") - piece.count(b"</")
        # What is told as UTF-16 has these signs, and each library would read it in its own way.
        if self.spent.elements > self.most or b"\0" in piece:
            _refuse()
        try:
            self.parser.Parse(piece, last)
        except expat.ExpatError:
            _refuse()


class SharedTexts(Part):
    """Follows the texts that cells share; the length of one is told in bytes of its XML."""

    most = _MOST_ELEMENTS

    def __init__(self, spent: Spent) -> None:
        super().__init__(spent)
        self._start: int | None = None
        self.parser.EndElementHandler = self._close

    def _open(self, tag: str, _attributes: Attributes) -> None:
        name = bare(tag)
        if name == "sheetData" or (name == "si" and self._start is not None):
            _refuse()
        if name == "si":
            self._start = self.parser.CurrentByteIndex

    def _close(self, tag: str) -> None:
        if bare(tag) == "si" and self._start is not None:
            self.spent.shared.append(self.parser.CurrentByteIndex - self._start)
            self._start = None


class _EnoughError(Exception):
    """A sheet has more rows than a list: what comes after is not read."""


class Sheet(Part):
    """Follows where the cells of a sheet stand; cuts it off below what a list may have."""

    most = _MOST_ELEMENTS

    def __init__(self, spent: Spent) -> None:
        super().__init__(spent)
        self._row = self._column = -1
        self._furthest = self._widest = self._filled_rows = 0
        self._counted = -1
        self._around: list[str] = []
        self._is_shared = self._is_exact = False
        self._index: str | None = None
        self._columns: dict[str, int] = {}
        self._digits: str | None = None
        self._opening: dict[str, Callable[[str, Attributes], None]] = {
            "c": self._cell,
            "v": self._value,
            "is": self._filled,
            "row": self._next_row,
            "worksheet": self._outside,
            "sheetData": self._outside,
            "si": _refuse,
        }
        self.parser.StartCdataSectionHandler = self._quoted

    def through(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the sheet, without the rows that are too many; raises FileError."""
        begin = 0
        for piece in pieces:
            try:
                self.parse(piece)
            except _EnoughError:
                yield piece[: max(0, self.parser.CurrentByteIndex - begin)]
                yield "".join(f"</{tag}>" for tag in reversed(self._around)).encode()
                break
            begin += len(piece)
            yield piece
        else:
            self.parse(b"", last=True)
        self.spent.cells += self._furthest * self._widest

    def parse(self, piece: bytes, *, last: bool = False) -> None:
        """Follow a piece; raises FileError when the sheet is too large once it is laid out."""
        super().parse(piece, last=last)
        cells = self.spent.cells + self._furthest * self._widest
        if cells > MOST_CELLS or self.spent.letters > _MOST_LETTERS:
            _refuse()

    def _open(self, tag: str, attributes: Attributes) -> None:
        follow = self._opening.get(tag)
        if follow is None:
            follow = self._opening[tag] = self._opening.get(bare(tag), _pass)
        follow(tag, attributes)

    def _outside(self, tag: str, _attributes: Attributes) -> None:
        self._around.append(tag)

    def _next_row(self, _tag: str, attributes: Attributes) -> None:
        if self._filled_rows > MOST_ROWS + HEADER_WITHIN:
            raise _EnoughError
        number = attributes.get("r")
        if number is not None:
            self._row = _number(number) - 1
        elif not self._is_exact:
            self._row += 1
        if not self._is_exact:
            self._column = -1

    def _cell(self, _tag: str, attributes: Attributes) -> None:
        """Go to a cell: to its reference, else next to the last one."""
        reference = attributes.get("r")
        if reference is None:
            self._beside()
        else:
            letters = reference.rstrip(_DIGITS)
            digits = reference[len(letters) :]
            if digits != self._digits:
                _number(digits)
                self._digits = digits
            self._row = int(digits) - 1
            column = self._columns.get(letters)
            if column is None:
                column = self._columns[letters] = _column_number(letters)
            self._column = column
        self._is_shared = attributes.get("t") == "s"

    def _beside(self) -> None:
        """Go one to the right; from the first such cell on it matters where a row ends."""
        self._column += 1
        if not self._is_exact:
            self._is_exact = True
            self.parser.EndElementHandler = self._close

    def _value(self, tag: str, attributes: Attributes) -> None:
        if self._index is not None:
            _refuse()
        self._filled(tag, attributes)
        if self._is_shared:
            self._index = ""
            self.parser.CharacterDataHandler = self._read
            self.parser.EndElementHandler = self._close

    def _read(self, text: str) -> None:
        self._index = (self._index or "") + text
        if len(self._index) > _LONGEST_INDEX:
            _refuse()

    def _quoted(self) -> None:
        """Refuse signs that some libraries see and others do not, where they decide how much there is."""
        if self._index is not None:
            _refuse()

    def _close(self, tag: str) -> None:
        name = bare(tag)
        if name == "v" and self._index is not None:
            self._share(self._index)
        elif name == "row" and self._is_exact:
            self._row, self._column = self._row + 1, -1

    def _share(self, index: str) -> None:
        """Count the letters of the text that a cell shares with others."""
        found = _INDEX.fullmatch(index)
        if found is None or int(found[1]) >= len(self.spent.shared):
            _refuse()
        self.spent.letters += self.spent.shared[int(found[1])]
        self._index = None
        self.parser.CharacterDataHandler = None
        if not self._is_exact:
            self.parser.EndElementHandler = None

    def _filled(self, _tag: str, _attributes: Attributes) -> None:
        if self._column >= self._widest:
            self._widest = self._column + 1
        if self._row != self._counted:
            self._counted = self._row
            self._filled_rows += 1
            self._furthest = max(self._furthest, self._row + 1)


def _pass(_tag: str, _attributes: Attributes) -> None:
    """Follow nothing of an element that does not decide where cells stand."""


def bare(tag: str) -> str:
    """Return the name of a tag without its prefix."""
    return tag.rpartition(":")[2] if ":" in tag else tag


def _number(digits: str) -> int:
    if _NUMBER.fullmatch(digits) is None or int(digits) > MOST_LINES:
        _refuse()
    return int(digits)


def _column_number(letters: str) -> int:
    """Return the place of a column, from 0."""
    if _COLUMN.fullmatch(letters) is None:
        _refuse()
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    if number > MOST_COLUMNS:
        _refuse()
    return number - 1


def _refuse(*_: object) -> NoReturn:
    raise unreadable(FileFault.NOT_A_WORKBOOK)
