"""Texts of cells: made clean, told empty, and folded for comparison."""

import re
import unicodedata
from datetime import date
from typing import Final

Cell = str | float | date
"""A cell as the file holds it: text, a number of a workbook, or a date cell of a workbook."""

MAX_LENGTH: Final = 200
"""Characters that a cell may have, and that a report shows of one."""

# Formatting characters that take no room on the page, also those that turn its direction, and
# control characters that are no white space: whoever reads the row cannot see them.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_MEANS_EMPTY: Final = frozenset(
    {"", "-", "--", "?", "n.v.t.", "nvt", "n/a", "#n/a", "#n/b", "onbekend", "unknown"}
)
_LONGEST_EMPTY: Final = max(map(len, _MEANS_EMPTY))
# Composing leaves a quarter of the signs at the least, and its time grows with the square of them.
_LONGEST_COMPOSED: Final = 10 * MAX_LENGTH
_HEADER_SIGNS: Final = re.compile(r"[\s\-._]+")
# Beyond this a float no longer holds every whole number, and no list holds such a number.
_EXACT: Final = 1e15


def show(cell: Cell) -> str:
    """Return a cell as text: a whole number without `.0`, a date cell the Dutch way."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return f"{cell.day:02}-{cell.month:02}-{cell.year:04}"
    if cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    return repr(cell)


def clean(text: str) -> str:
    """Return a text in NFC, without what cannot be seen, each run of white space one space.

    A text that is far too long for a cell stays as it is composed.
    """
    if not text.isprintable():
        text = _UNSEEN.sub("", text)
    text = " ".join(text.split())
    if text.isascii() or len(text) > _LONGEST_COMPOSED:
        return text
    return unicodedata.normalize("NFC", text)


def is_empty(cleaned: str) -> bool:
    """Say whether a clean text means that nothing is known; a surname may be Null."""
    if len(cleaned) > _LONGEST_EMPTY:
        return False
    return cleaned == "NULL" or cleaned.lower() in _MEANS_EMPTY


def plain(cell: Cell) -> str:
    """Return a cell as clean text, and nothing when it means empty."""
    cleaned = clean(show(cell))
    return "" if is_empty(cleaned) else cleaned


def without_accents(text: str) -> str:
    """Return a text with its accents off."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def header_name(cell: Cell) -> str:
    """Return a column name as the table of names has it: small letters, words joined by `_`."""
    bare = without_accents(clean(show(cell))[:MAX_LENGTH].lower())
    return _HEADER_SIGNS.sub("_", bare).strip("_")


def folded(name: str) -> str:
    """Return a name as it is compared: small letters, accents off, letters and digits only."""
    bare = without_accents(name.lower())
    return "".join(sign for sign in bare if sign.isalnum())
