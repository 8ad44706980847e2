"""Text as people type it: one Unicode form, and no characters that cannot be seen."""

import unicodedata
from typing import Final

TURNERS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the reading direction: they can make a name show as another name."""

ALLOWED_IN_LONG_TEXT: Final = frozenset("\n\t")


class HiddenCharacterError(ValueError):
    """The text holds a character that cannot be seen or stored."""


def clean(text: str, *, lines: bool = False) -> str:
    """Return the text composed (NFC) and trimmed, with lines that end in one line feed.

    Raises HiddenCharacterError for control characters; with `lines`, line ends and tabs pass.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    allowed = ALLOWED_IN_LONG_TEXT if lines else frozenset()
    for character in composed:
        if character not in allowed and _is_hidden(character):
            raise HiddenCharacterError
    return composed.strip()


def _is_hidden(character: str) -> bool:
    return character in TURNERS or unicodedata.category(character) in {"Cc", "Cs"}
