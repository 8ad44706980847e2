"""Worksheets for people to take along: text that stays text, whatever program opens it."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final, TypeAlias

from flask import Response

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ACTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins with one of these is run as a formula by some programs."""
LONGEST_CELL: Final = 32000
WIDEST: Final = 48
NARROWEST: Final = 8

Cell: TypeAlias = str | int | date | None


def harmless(text: str) -> str:
    """Return text that no program takes for a formula: one that looks like it gets a quote before it."""
    cut = text[:LONGEST_CELL]
    return f"'{cut}" if cut.startswith(ACTS) else cut


def workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a workbook of one sheet with these heads; days as days, numbers as numbers, all else as text."""
    import xlsxwriter  # noqa: PLC0415 (slow to read, and seldom needed)

    kept = [list(row) for row in rows]
    content = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet(harmless(title)[:31])
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        as_day = book.add_format({"num_format": "dd-mm-yyyy", "valign": "top"})
        for column, head in enumerate(heads):
            sheet.write_string(0, column, harmless(head), bold)
            sheet.set_column(column, column, _width(head, [row[column] for row in kept]))
        for line, row in enumerate(kept, start=1):
            for column, value in enumerate(row):
                _write(sheet, (line, column), value, wrapped, as_day)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return content.getvalue()


def download(name: str, content: bytes) -> Response:
    """Return a workbook as an answer that the browser saves under a name without personal data."""
    answer = Response(content, mimetype=MEDIA_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.xlsx")
    return answer


def _write(sheet: Any, at: tuple[int, int], value: Cell, wrapped: Any, as_day: Any) -> None:
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(*at, value, as_day)
    elif isinstance(value, int):
        sheet.write_number(*at, value, wrapped)
    else:
        sheet.write_string(*at, harmless(value), wrapped)


def _width(head: str, cells: Iterable[Cell]) -> int:
    longest = max((len(str(cell)) for cell in (head, *cells) if cell is not None), default=0)
    return min(max(longest + 2, NARROWEST), WIDEST)
