"""The visible sheets of a workbook as rows of cells."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from caseapp.domain.lists.archive import harmless
from caseapp.domain.lists.problems import unreadable
from caseapp.domain.lists.texts import Cell
from caseapp.domain.lists.words import FileFault

Rows = Iterator[tuple[Cell, ...]]
"""The rows of a sheet from its first one on, each as wide as the sheet."""


def visible_sheets(data: bytes) -> Iterator[tuple[str, Rows]]:
    """Yield name and rows of each sheet that people see, in their order; raises FileError."""
    safe = harmless(data)
    book = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(safe)))
    for sheet in book.sheets_metadata:
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet:
            yield sheet.name, _rows(book, sheet.name)


def _rows(book: CalamineWorkbook, name: str) -> Rows:
    """Yield the rows of a sheet, from the first column of all on; raises FileError."""
    sheet = _guarded(lambda: book.get_sheet_by_name(name))
    left: tuple[Cell, ...] = ("",) * (sheet.start[1] if sheet.start else 0)
    rows = _guarded(lambda: iter(sheet.iter_rows()))
    while (row := _guarded(lambda: next(rows, None))) is not None:
        yield (*left, *map(_cell, row))


def _cell(value: Any) -> Cell:
    kind = type(value)
    if kind is str or kind is date:
        return value  # type: ignore[no-any-return]
    if kind is float or kind is int:
        return float(value)
    if kind is bool:
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date()
    return str(value)


def _guarded(step: Any) -> Any:
    """Run a step of the library; whatever stops it means that this is no workbook."""
    try:
        return step()
    except BaseException as stopped:
        # A panic in the library's own language is no Exception; a real stop must still stop us.
        if isinstance(stopped, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise unreadable(FileFault.NOT_A_WORKBOOK) from None
