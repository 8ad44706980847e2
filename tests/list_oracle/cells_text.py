"""The first lines of section 3 of the page: a cell as text, and when it is empty."""

import unicodedata
from datetime import date
from typing import Any

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
EMPTY = {"", "-", "--", "?", "n.v.t.", "nvt", "n/a", "#n/a", "#n/b", "onbekend", "unknown"}


def as_it_stands(cell: Any) -> str:
    """Return a cell as text; a date cell the Dutch way, a whole number without `.0`."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.strftime("%d-%m-%Y") if isinstance(cell, date) else str(cell)


def as_text(cell: Any) -> str:
    """Return a cell as text, tidied in silence."""
    text = as_it_stands(cell)
    for character in ZERO_WIDTH:
        text = text.replace(character, "")
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_empty(cell: Any) -> bool:
    """Return whether a cell says nothing."""
    text = as_text(cell)
    return text.lower() in EMPTY or text == "NULL"
