"""Names in any script: folded to plain letters, and matched so that Mohammed is found under Muhammad."""

import unicodedata
from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from anyascii import anyascii
from jellyfish import jaro_winkler_similarity, metaphone

NEAR = 0.9
SHORTEST_NEAR = 4
DIGITS_OF_A_V_NUMBER = 10


class Named(Protocol):
    """Whatever has its names folded."""

    @property
    def folded(self) -> str:
        """The names in plain lower-case Latin letters."""


def folded(names: str) -> str:
    """Return names in plain lower-case Latin letters, so that a search forgives script and accents."""
    plain = anyascii(unicodedata.normalize("NFC", names)).lower()
    return " ".join(plain.replace("-", " ").replace("'", "").replace("`", "").split())


def is_v_number(words: str) -> bool:
    """Say whether somebody typed a V-number: ten digits, with spaces, dots or hyphens between them."""
    digits = digits_of(words)
    others = set(words) - set("0123456789 .-")
    return len(digits) == DIGITS_OF_A_V_NUMBER and not others


def digits_of(words: str) -> str:
    """Return the digits only."""
    return "".join(letter for letter in words if letter in "0123456789")


def rank(words: str, named: Mapping[UUID, Named]) -> list[UUID]:
    """Return those whose names hold every word, best first: whole, beginning, sound, near."""
    wanted = [_Word(word) for word in folded(words).split()]
    if not wanted:
        return []
    scored = [(score, key) for key, who in named.items() if (score := _score(wanted, who.folded))]
    scored.sort(key=lambda pair: (-pair[0], named[pair[1]].folded, pair[1]))
    return [key for _, key in scored]


class _Word:
    """One word that is looked for, with its sound made once."""

    __slots__ = ("sound", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.sound = metaphone(text) if len(text) >= SHORTEST_NEAR - 1 else ""


def _score(wanted: list[_Word], names: str) -> int:
    parts = names.split()
    total = 0
    for word in wanted:
        best = max((_match(word, part) for part in parts), default=0)
        if not best:
            return 0
        total += best
    return total


def _match(word: _Word, part: str) -> int:
    if part == word.text:
        return 4
    if part.startswith(word.text) or (len(word.text) >= SHORTEST_NEAR and word.text in part):
        return 3
    if not word.sound or part[0] != word.text[0]:
        return 0
    if metaphone(part) == word.sound:
        return 2
    is_near = len(word.text) >= SHORTEST_NEAR and jaro_winkler_similarity(word.text, part) >= NEAR
    return 1 if is_near else 0
