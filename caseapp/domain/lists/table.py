"""A list as a table: where its header is, what its columns are, and its rows."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, Self

from caseapp.domain.lists.columns import COLUMNS, Column, names_of
from caseapp.domain.lists.number_cells import hide_bsn
from caseapp.domain.lists.problems import unreadable
from caseapp.domain.lists.sheet_size import MOST_CELLS, MOST_LINES, MOST_ROWS
from caseapp.domain.lists.texts import Cell, clean, header_name, plain, show
from caseapp.domain.lists.words import FileFault, ListKind

_ALMOST = 2
"""So many names that we know make a row a header that lacks something."""

_MOST_KNOWN: Final = 20_000
"""So many different cells are remembered while a list is read."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row below the header, with the number that people see in a spreadsheet."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Origin:
    """How a file was read; what does not apply to its kind is None."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A list that could be read: `places` tells where each column of ours stands."""

    origin: Origin
    header_row: int
    header: tuple[str, ...]
    places: Mapping[int, Column]
    ignored: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """A row of names: its place among the rows from 0, and the columns of ours in it."""

    index: int
    names: tuple[str, ...]
    places: tuple[tuple[int, Column], ...]

    @classmethod
    def of(cls, index: int, cells: Sequence[Cell], known: Mapping[str, Column]) -> Self:
        """Read a row as if it were the header."""
        named = [header_name(cell) for cell in cells]
        places = tuple((at, known[name]) for at, name in enumerate(named) if name in known)
        return cls(index, tuple(hide_bsn(clean(show(cell))) for cell in cells), places)

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the row has a name for."""
        return frozenset(column.field for _, column in self.places)


def headers(kind: ListKind, rows: Sequence[Sequence[Cell]]) -> Iterator[Header]:
    """Yield rows, each read as if it were the header."""
    known = names_of(kind)
    for index, cells in enumerate(rows):
        yield Header.of(index, cells, known)


def header_of(kind: ListKind, rows: Sequence[Sequence[Cell]]) -> Header | None:
    """Return the first row that names all required columns; raises FileError for a double one."""
    needed = {column.field for column in COLUMNS[kind] if column.required}
    found = next((header for header in headers(kind, rows) if needed <= header.fields), None)
    if found is not None and len(found.fields) < len(found.places):
        fields = [column.name for _, column in found.places]
        twice = next(name for name in fields if fields.count(name) > 1)
        raise unreadable(FileFault.DUPLICATE_COLUMN, column=twice)
    return found


def best_match(kind: ListKind, rows: Sequence[Sequence[Cell]]) -> frozenset[str]:
    """Return the fields that the best of the first rows has names for."""
    return max((header.fields for header in headers(kind, rows)), key=len, default=frozenset())


def no_header(kind: ListKind, matched: frozenset[str]) -> Exception:
    """Return the error of a file in which no row names all required columns."""
    if len(matched) < _ALMOST:
        return unreadable(FileFault.NO_HEADER)
    missing = [c.name for c in COLUMNS[kind] if c.required and c.field not in matched]
    return unreadable(FileFault.MISSING_COLUMN, column=", ".join(missing))


def table_of(
    header: Header, first: Sequence[Sequence[Cell]], more: Iterable[Sequence[Cell]], origin: Origin
) -> Table:
    """Return the table below a header among the first rows; raises FileError when it is too long."""
    lines: list[Line] = []
    known: dict[Cell, Cell] = {}
    taken = 0
    below = chain(first[header.index + 1 :], more)
    for number, cells in enumerate(below, header.index + 2):
        if any(map(plain, cells)):
            line = Line(number, _shared(_trimmed(cells), known))
            taken += len(line.cells)
            lines.append(line)
        if len(lines) > MOST_ROWS or taken > MOST_CELLS or number > MOST_LINES:
            raise unreadable(FileFault.TOO_MANY_ROWS)
    return Table(
        origin=origin,
        header_row=header.index + 1,
        header=header.names,
        places=dict(header.places),
        ignored=_ignored(header, lines),
        lines=tuple(lines),
    )


def _trimmed(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Return the cells of a row without the empty ones at its end."""
    end = len(cells)
    while end and cells[end - 1] == "":
        end -= 1
    return cells if end == len(cells) else cells[:end]


def _shared(cells: Sequence[Cell], known: dict[Cell, Cell]) -> tuple[Cell, ...]:
    """Return cells of which those that came before are the same objects: most of a list says it again."""
    if len(known) < _MOST_KNOWN:
        return tuple([known.setdefault(cell, cell) for cell in cells])
    return tuple([known.get(cell, cell) for cell in cells])


def _ignored(header: Header, lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the headers that are not ours, and the place of each filled column without one."""
    ours = {at for at, _ in header.places}
    others = {at: name for at, name in enumerate(header.names) if at not in ours}
    bare = {at for at, name in others.items() if not header_name(name)}
    filled = _filled(bare, lines)
    return tuple(
        name if at not in bare else f"#{at + 1}"
        for at, name in others.items()
        if at not in bare or at in filled
    )


def _filled(places: Collection[int], lines: Sequence[Line]) -> set[int]:
    """Return which of some columns have a cell that is filled."""
    found: set[int] = set()
    sought = set(places)
    for line in lines:
        if not sought:
            break
        cells = line.cells
        hits = [at for at in sought.intersection(range(len(cells))) if plain(cells[at])]
        found.update(hits)
        sought.difference_update(hits)
    return found
