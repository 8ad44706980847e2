"""The first lines of section 3 of the page: a cell as text, and when it is empty."""

import unicodedata
from datetime import date, datetime
from typing import Any

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
EMPTY = {"", "-", "--", "?", "n.v.t.", "nvt", "n/a", "#n/a", "#n/b", "onbekend", "unknown"}


def as_text(cell: Any) -> str:
    """Return a cell as text, tidied in silence."""
    if isinstance(cell, bool):
        cell = "true" if cell else "false"
    elif isinstance(cell, float) and cell == int(cell):
        cell = str(int(cell))
    elif isinstance(cell, datetime):
        cell = cell.date().isoformat()
    elif isinstance(cell, date):
        cell = cell.isoformat()
    text = unicodedata.normalize("NFC", str(cell))
    for character in ZERO_WIDTH:
        text = text.replace(character, "")
    return " ".join(text.split())


def is_empty(cell: Any) -> bool:
    """Return whether a cell says nothing."""
    text = as_text(cell)
    return text.lower() in EMPTY or text == "NULL"
