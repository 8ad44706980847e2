"""Sections 2.3 to 2.8 of the page: sheet, header, rows that are none, and then every cell."""

import re
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from tests.list_oracle.cells_kinds import read_v_number
from tests.list_oracle.cells_rows import read_cells
from tests.list_oracle.cells_text import as_text, is_empty
from tests.list_oracle.reading_columns import fields_in, names_known, plain, required_of
from tests.list_oracle.reading_files import File, FileError, Table, read_file
from tests.list_oracle.shape import Problem, Read, Row

TOTAL = re.compile(r"(totaal|subtotaal|eindtotaal|total|subtotal)\b", re.IGNORECASE)
MOST_ROWS = 50_000


def read_list(kind: str, data: bytes, on: date, locations: AbstractSet[str]) -> Read:
    """Read a list by sections 2 to 4; `locations` are the codes that we know, in capitals."""
    read = Read(kind, on)
    try:
        file = read_file(kind, data)
        read.encoding, read.delimiter = file.encoding, file.delimiter
        read.sheet, table, place = _header(kind, file)
        read.header_row = place + 1
        _fill(read, table, locations)
    except FileError as error:
        read.error, read.rows, read.ignored_columns = str(error), [], []
    return read


def _header(kind: str, file: File) -> tuple[str | None, Table, int]:
    for sheet, table in file.tables:
        for place, row in enumerate(table[:20]):
            fields = [field for field in fields_in(kind, row) if field]
            if set(required_of(kind)) <= set(fields):
                if len(fields) != len(set(fields)):
                    raise FileError("duplicate-column")
                return sheet, table, place
    if any(names_known(kind, row) >= 2 for _, table in file.tables for row in table[:20]):
        raise FileError("missing-column")
    raise FileError("no-header")


def _fill(read: Read, table: Table, locations: AbstractSet[str]) -> None:
    assert read.header_row is not None
    header, below = table[read.header_row - 1], table[read.header_row :]
    fields = fields_in(read.kind, header)
    numbered = [
        (number, row)
        for number, row in enumerate(below, read.header_row + 1)
        if not all(is_empty(cell) for cell in row)
    ]
    if len(numbered) > MOST_ROWS:
        raise FileError("too-many-rows")
    read.ignored_columns = _ignored(header, fields, [row for _, row in numbered])
    for number, cells in numbered:
        read.rows.append(_row(read.kind, number, header, fields, cells))
    read_cells(read, locations)


def _ignored(header: list[Any], fields: list[str | None], rows: Table) -> list[str]:
    found = []
    for place, title in enumerate(header):
        if fields[place]:
            continue
        if plain(title):
            found.append(as_text(title))
        elif any(place < len(row) and not is_empty(row[place]) for row in rows):
            found.append(f"#{place + 1}")
    return found


def _row(
    kind: str, number: int, header: list[Any], fields: list[str | None], cells: list[Any]
) -> Row:
    """Return a row with its cells; a cell beyond the last header was shifted there."""
    row = Row(number)
    for field, cell in zip(fields, cells + [""] * len(fields), strict=False):
        if field:
            row.cells[field] = cell
    if _is_no_row(kind, row, header, cells):
        row.problems.append(Problem(None, "refused", "not-a-row", None))
    elif not all(is_empty(cell) for cell in cells[len(header) :]):
        row.problems.append(Problem(None, "refused", "shifted-row", None))
    return row


def _is_no_row(kind: str, row: Row, header: list[Any], cells: list[Any]) -> bool:
    filled = [cell for cell in cells if not is_empty(cell)]
    titles = dict(zip(fields_in(kind, header), header, strict=True))
    if all(plain(row.cells[field]) == plain(titles[field]) for field in row.cells):
        return True
    if kind != "locations" and read_v_number(row.cells["v_nummer"])[0] is not None:
        return False
    return len(filled) <= 2 or TOTAL.match(as_text(filled[0])) is not None
