"""The table of a list as it may be kept while it waits: every verdict stays, what has no place here goes.

Of columns that are not ours stands only that a cell is filled, and the word with which a total begins.
Where a V-number should be and a BSN stands, stands a number that was never given to anybody: it passes
the same test, so that it reads as the BSN did.
"""

import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

import msgspec

from caseapp.domain.lists.columns import COLUMNS, V_NUMBER, Column
from caseapp.domain.lists.kept import Packed
from caseapp.domain.lists.number_cells import holds_bsn, v_number
from caseapp.domain.lists.rows import TOTAL
from caseapp.domain.lists.table import Line, Origin, Table
from caseapp.domain.lists.texts import MAX_LENGTH, Cell, plain, show
from caseapp.domain.lists.words import ListKind, Reason

FILLED: Final = "x"
"""Stands for a cell that is none of ours."""

NOBODYS: Final = "000000012"
"""Nine digits that pass the eleven-test; a BSN with so many zeros was never given."""

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
    at = next((at for at, column in table.places.items() if column is V_NUMBER), None)
    lines = (Line(line.number, _kept(line.cells, table.places, at)) for line in table.lines)
    return Table(
        origin=table.origin,
        header_row=table.header_row,
        header=table.header,
        places=table.places,
        ignored=table.ignored,
        lines=tuple(lines),
    )


def _kept(cells: Sequence[Cell], places: Mapping[int, Column], at: int | None) -> list[Cell]:
    """Return the cells of a row as they may be kept; `at` is where its V-number stands."""
    kept = [cell if here in places else _blank(cell) for here, cell in enumerate(cells)]
    if at is not None and at < len(kept):
        kept[at] = without_bsn(kept[at])
    return kept


def _blank(cell: Cell) -> str:
    """Return what may stand for a cell that is none of ours."""
    text = plain(cell)
    return _beginning(text) if text else ""


def _beginning(text: str) -> str:
    total = TOTAL.match(text)
    return FILLED if total is None else total[0]


def without_bsn(cell: Cell) -> Cell:
    """Return a cell of a V-number that reads the same and holds no BSN of anybody."""
    shown = show(cell)
    if not holds_bsn(shown):
        return cell
    reading = v_number(plain(cell), cell)
    if reading.value is not None:
        return cell
    if reading.reason is Reason.PERHAPS_BSN:
        return NOBODYS
    if not holds_bsn(shown[:MAX_LENGTH]):
        return shown[:MAX_LENGTH] + FILLED
    return f"{_beginning(plain(cell))} {NOBODYS}"


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
