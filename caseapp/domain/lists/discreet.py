"""The table of a list as it may be kept while it waits: every verdict stays, what has no place here goes.

Of columns that are not ours stands only that a cell is filled, and the word with which a total begins.
Where a cell should hold something else and a BSN stands, stands a number that was never given to anybody:
it passes the same test, so that it reads as the BSN did.
"""

import re
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

import msgspec

from caseapp.domain.lists.cells import READERS, Reach
from caseapp.domain.lists.columns import COLUMNS, Column, Holds
from caseapp.domain.lists.kept import Packed
from caseapp.domain.lists.number_cells import holds_bsn
from caseapp.domain.lists.rows import TOTAL
from caseapp.domain.lists.table import Line, Origin, Table
from caseapp.domain.lists.texts import MAX_LENGTH, Cell, plain, show
from caseapp.domain.lists.words import ListKind, Reason

FILLED: Final = "x"
"""Stands for a cell that is none of ours."""

NOBODYS: Final = "000000012"
"""Nine digits that pass the eleven-test; a BSN with so many zeros was never given."""

_AS_WRITTEN: Final = frozenset({Holds.TEXT, Holds.NAME, Holds.LOCATION})
"""Columns of which any text says something, or a code that only the record knows."""

_SAYS_NOTHING: Final = frozenset(
    {Reason.BAD_V_NUMBER, Reason.BAD_DATE, Reason.BAD_NUMBER, Reason.UNKNOWN_CODE}
)
_NOWHERE: Final = Reach(date(2000, 1, 1), ())
"""Whether a cell is a day or a code does not depend on the day of the list, only its reach does."""

_NINE_DIGITS: Final = re.compile(r"(?:[0-9][^0-9]*){9}")
"""What every BSN has, signs among it or not: most cells have not."""

_ON_DISK: Final = 3
"""How hard the bytes are packed: little work, and a list of 50,000 rows still becomes small."""

_Stored = str | float | tuple[int, int, int]


class _Form(NamedTuple):
    """The bytes of a table before they are packed; a day is its three numbers."""

    origin: Origin
    header_row: int
    header: tuple[str, ...]
    places: dict[int, str]
    ignored: tuple[str, ...]
    lines: list[tuple[int, list[_Stored]]]


def discreet(table: Table) -> Table:
    """Return a table with the same verdicts that holds nothing of columns that are not ours, and no BSN."""
    hiding = {
        at: _Hiding(column)
        for at, column in table.places.items()
        if column.holds not in _AS_WRITTEN
    }
    lines = (Line(line.number, _kept(line.cells, table.places, hiding)) for line in table.lines)
    return Table(
        origin=table.origin,
        header_row=table.header_row,
        header=table.header,
        places=table.places,
        ignored=table.ignored,
        lines=tuple(lines),
    )


def _kept(
    cells: Sequence[Cell], places: Mapping[int, Column], hiding: "Mapping[int, _Hiding]"
) -> list[Cell]:
    """Return the cells of a row as they may be kept."""
    kept = [cell if at in places else _blank(cell) for at, cell in enumerate(cells)]
    for at in hiding.keys() & range(len(kept)):
        kept[at] = hiding[at].without_bsn(kept[at])
    return kept


def _blank(cell: Cell) -> str:
    """Return what may stand for a cell that is none of ours."""
    text = plain(cell)
    return _beginning(text) if text else ""


def _beginning(text: str) -> str:
    total = TOTAL.match(text)
    return FILLED if total is None else total[0]


class _Hiding:
    """Takes out of a column what may be a BSN, where it says nothing else that we understand."""

    def __init__(self, column: Column) -> None:
        self._read = READERS[column.holds](_NOWHERE)
        self._numbers: dict[str, int] = {}

    def without_bsn(self, cell: Cell) -> Cell:
        """Return a cell that reads the same; two that differ still do."""
        shown = show(cell)
        if _NINE_DIGITS.search(shown) is None or not holds_bsn(shown):
            return cell
        text = plain(cell)
        is_long, reason = len(text) > MAX_LENGTH, self._read(text, cell).reason
        if reason is Reason.PERHAPS_BSN:
            return NOBODYS
        if not is_long and reason not in _SAYS_NOTHING:
            return cell
        end = FILLED * (MAX_LENGTH + 1) if is_long else ""
        if not holds_bsn(shown[:MAX_LENGTH]):
            return shown[:MAX_LENGTH] + (end or FILLED)
        number = self._numbers.setdefault(text, len(self._numbers))
        return f"{_beginning(text)} {FILLED}{number} {NOBODYS}{end}"


def packed(table: Table) -> Packed:
    """Return a table as bytes."""
    form = _Form(
        origin=table.origin,
        header_row=table.header_row,
        header=table.header,
        places={at: column.field for at, column in table.places.items()},
        ignored=table.ignored,
        lines=[(line.number, [_stored(cell) for cell in line.cells]) for line in table.lines],
    )
    return Packed(zlib.compress(msgspec.msgpack.encode(form), _ON_DISK))


def unpacked(kind: ListKind, kept: Packed) -> Table:
    """Return the table of a list of this kind from its bytes."""
    form = msgspec.msgpack.decode(zlib.decompress(kept.content), type=_Form)
    columns = {column.field: column for column in COLUMNS[kind]}
    return Table(
        origin=form.origin,
        header_row=form.header_row,
        header=form.header,
        places={at: columns[field] for at, field in form.places.items()},
        ignored=form.ignored,
        lines=tuple(Line(number, [_cell(one) for one in cells]) for number, cells in form.lines),
    )


def _stored(cell: Cell) -> _Stored:
    return (cell.year, cell.month, cell.day) if isinstance(cell, date) else cell


def _cell(stored: _Stored) -> Cell:
    return date(*stored) if isinstance(stored, tuple) else stored
