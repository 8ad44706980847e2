"""When a password is good enough: long, not well known, and not about its owner."""

import re
from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Final

SHORTEST: Final = 12
"""Characters (ASVS 5.0 6.2.1 asks for 8, and advises 15)."""

LONGEST_BYTES: Final = 128
"""Bytes in UTF-8: at least 64 characters must fit, and hashing must stay cheap (6.2.9)."""

FEWEST_DIFFERENT: Final = 5
SHORTEST_OWN_WORD: Final = 4
OWN_NAMES: Final = ("caseapp", "opvang", "nidos")
"""Words of the house itself, which are the first to be guessed here."""

SIGNS_AS_LETTERS: Final = str.maketrans("013457@$!", "oieastasi")


class Weakness(StrEnum):
    """Why a password is refused."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    WELL_KNOWN = "well_known"
    ABOUT_OWNER = "about_owner"


def is_too_long(password: str) -> bool:
    """Say whether a password is longer than will ever be hashed."""
    return len(password.encode("utf-8", "replace")) > LONGEST_BYTES


def weakness(password: str, common: Collection[str], about: Iterable[str]) -> Weakness | None:
    """Return what is wrong with a new password, or nothing.

    `common` holds well-known passwords in lower case; `about` the name and mail address of the owner.
    """
    if is_too_long(password):
        return Weakness.TOO_LONG
    if len(password) < SHORTEST:
        return Weakness.TOO_SHORT
    folded = password.lower()
    if any(word in folded for word in own_words(about)):
        return Weakness.ABOUT_OWNER
    if len(set(folded)) < FEWEST_DIFFERENT or any(guess in common for guess in guesses(folded)):
        return Weakness.WELL_KNOWN
    return None


def own_words(about: Iterable[str]) -> set[str]:
    """Return the words of name and mail address that are long enough to mean somebody."""
    words = {word for text in about for word in re.split(r"[^\w]+|_", text.lower())}
    return {word for word in words if len(word) >= SHORTEST_OWN_WORD} | set(OWN_NAMES)


def guesses(folded: str) -> Iterable[str]:
    """Yield the well-known passwords that this one may be a variant of.

    Digits and signs around a word, letters written as digits, and a word typed again and again
    make nothing new.
    """
    tail = re.sub(r"[\W\d_]+$", "", folded)
    for text in (folded, tail, re.sub(r"^[\W\d_]+", "", tail)):
        for plain in (text, text.translate(SIGNS_AS_LETTERS), re.sub(r"[\W_]+", "", text)):
            yield plain
            yield plain[: _period(plain)]


def _period(text: str) -> int:
    """Return the length of the shortest part that repeated makes the whole text."""
    place = (text + text).find(text, 1)
    return place if place > 0 else len(text)
