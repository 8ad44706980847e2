"""Text with delimiters: its encoding, and its rows as a spreadsheet would number them."""

from collections.abc import Iterator, Sequence
from typing import Final

from caseapp.domain.lists.problems import unreadable
from caseapp.domain.lists.words import FileFault

DELIMITERS: Final = (";", ",", "\t")

_BOM: Final = b"\xef\xbb\xbf"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_QUOTE: Final = '"'
# A quoted cell that goes on for longer than this was never meant to be one.
_MOST_LINES_A_CELL: Final = 100


def decoded(data: bytes) -> tuple[str, str]:
    """Return the text of a file and its encoding; raises FileError when it is no text."""
    if data.startswith(_UTF_16):
        raise unreadable(FileFault.UNKNOWN_ENCODING)
    if b"\0" in data:
        raise unreadable(FileFault.NOT_TEXT)
    text, encoding = _decoded(data)
    if not text.strip():
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


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, whatever ends them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def records(lines: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    """Yield the cells of each row; a quoted cell may hold delimiters and line breaks."""
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if _QUOTE not in line:
            yield line.split(delimiter)
            continue
        cells, used = _quoted_record(lines, at - 1, delimiter)
        at += used - 1
        yield cells


def _quoted_record(lines: Sequence[str], first: int, delimiter: str) -> tuple[list[str], int]:
    """Return the cells of a row with quotes, and how many lines it takes."""
    cells: list[str] = []
    line, used, at = lines[first], 1, 0
    while True:
        opens = line.startswith(_QUOTE, at)
        found = _quoted_cell(lines, first + used - 1, line, at) if opens else None
        cell, line, at, more = found or ("", line, at, 0)
        used += more
        end = _end_of_cell(line, at, delimiter)
        cells.append(cell + line[at:end])
        if end == len(line):
            return cells, used
        at = end + 1


def _end_of_cell(line: str, at: int, delimiter: str) -> int:
    end = line.find(delimiter, at)
    return len(line) if end < 0 else end


def _quoted_cell(
    lines: Sequence[str], number: int, line: str, at: int
) -> tuple[str, str, int, int] | None:
    """Return a quoted cell, the line and place where it closes, and how many lines further.

    None when it never closes: then the quote is a sign like any other, so that one quote too many
    does not swallow the rows below it.
    """
    parts: list[str] = []
    at += 1
    for more in range(min(_MOST_LINES_A_CELL, len(lines) - number)):
        if more:
            parts.append("\n")
            line, at = lines[number + more], 0
        while (end := line.find(_QUOTE, at)) >= 0:
            parts.append(line[at:end])
            if not line.startswith(_QUOTE, end + 1):
                return "".join(parts), line, end + 1, more
            parts.append(_QUOTE)
            at = end + 2
        parts.append(line[at:])
    return None
