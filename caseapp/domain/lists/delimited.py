"""Text with delimiters: its encoding, and its rows as a spreadsheet would number them."""

import re
from collections.abc import Iterator
from typing import Final

from caseapp.domain.lists.problems import unreadable
from caseapp.domain.lists.sheet_size import MOST_COLUMNS
from caseapp.domain.lists.words import FileFault

DELIMITERS: Final = (";", ",", "\t")

_BOM: Final = b"\xef\xbb\xbf"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_QUOTE: Final = '"'
_UP_TO_QUOTE: Final = re.compile(r'(?:[^"]++|"")*+')
# A quoted cell that goes on for longer than this was never meant to be one.
_MOST_LINES_A_CELL: Final = 100


def decoded(data: bytes) -> tuple[str, str]:
    """Return the text of a file and its encoding; raises FileError when it is no text."""
    if data.startswith(_UTF_16):
        raise unreadable(FileFault.UNKNOWN_ENCODING)
    if b"\0" in data:
        raise unreadable(FileFault.NOT_TEXT)
    text, encoding = _decoded(data)
    if not text or text.isspace():
        raise unreadable(FileFault.EMPTY_FILE)
    return text, encoding


def _decoded(data: bytes) -> tuple[str, str]:
    bare = data.removeprefix(_BOM)
    try:
        return bare.decode("utf-8"), "utf-8-sig" if data.startswith(_BOM) else "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return bare.decode("windows-1252"), "windows-1252"
    except UnicodeDecodeError:
        raise unreadable(FileFault.NOT_TEXT) from None


def with_plain_ends(text: str) -> str:
    """Return a text in which each line ends alike, whatever ended it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the cells of each row; a quoted cell may hold delimiters and line breaks."""
    at = 0
    while at <= len(text):
        end = _end(text, "\n", at, len(text))
        line = text[at:end]
        if _QUOTE in line:
            cells, end = _quoted_record(text, at, end, delimiter)
            yield cells
        else:
            cells = line.split(delimiter, MOST_COLUMNS)
            yield cells if len(cells) <= MOST_COLUMNS else _cut(cells, delimiter)
        at = end + 1


def _cut(cells: list[str], delimiter: str) -> list[str]:
    """Return the cells of a row that goes on beyond any spreadsheet: of the rest, whether it is filled."""
    return [*cells[:-1], cells[-1].replace(delimiter, "").strip()[:1]]


def _end(text: str, sign: str, at: int, limit: int) -> int:
    """Return where a sign comes first, the limit when it does not."""
    found = text.find(sign, at, limit)
    return limit if found < 0 else found


def _quoted_record(text: str, at: int, line_end: int, delimiter: str) -> tuple[list[str], int]:
    """Return the cells of a row with quotes, and where its last line ends."""
    cells: list[str] = []
    while len(cells) < MOST_COLUMNS:
        opens = text.startswith(_QUOTE, at)
        cell, at = _quoted_cell(text, at, line_end) if opens else ("", at)
        if at > line_end:
            line_end = _end(text, "\n", at, len(text))
        end = _end(text, delimiter, at, line_end)
        cells.append(cell + text[at:end])
        if end == line_end:
            return cells, line_end
        at = end + 1
    return _cut([*cells, text[at:line_end]], delimiter), line_end


def _quoted_cell(text: str, at: int, line_end: int) -> tuple[str, int]:
    """Return a quoted cell and the place behind it.

    When it never closes the quote is a sign like any other, so that one quote too many does not
    swallow the rows below it: then the cell is empty, and the place stays.
    """
    limit = line_end
    found = _UP_TO_QUOTE.match(text, at + 1, limit)
    if found is not None and found.end() == limit < len(text):
        limit = _furthest(text, line_end)
        found = _UP_TO_QUOTE.match(text, at + 1, limit)
    if found is None or found.end() == limit:
        return "", at
    return found[0].replace(_QUOTE * 2, _QUOTE), found.end() + 1


def _furthest(text: str, line_end: int) -> int:
    """Return where the last line ends that a cell may reach into."""
    for _ in range(_MOST_LINES_A_CELL - 1):
        if line_end == len(text):
            break
        line_end = _end(text, "\n", line_end + 1, len(text))
    return line_end
