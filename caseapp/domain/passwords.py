"""When a password is good enough: long, not to be guessed from well-known words, and not about its owner."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from enum import StrEnum
from typing import Final

SHORTEST: Final = 12
"""Characters (ASVS 5.0 6.2.1 asks for 8, and advises 15)."""

LONGEST: Final = 128
"""Characters: 64 of any alphabet must fit (6.2.9), and hashing must stay cheap."""

FEWEST_DIFFERENT: Final = 5
SHORTEST_OWN_WORD: Final = 4
OWN_NAMES: Final = ("caseapp", "opvang", "nidos")
"""Words of the house itself that may stand nowhere in a password; its other words count as well known."""

LONGEST_GUESSED: Final = 60
"""Letters: what is longer is cut into words no more."""

SHORTEST_WALK: Final = 3
MOST_WORDS: Final = 2
MOST_WALKS: Final = 4
LONGEST_PIECE: Final = 30
MOST_DECORATION: Final = 10
"""Digits and signs around and between words that make nothing new: a whole date, or a year and signs."""

SHORTEST_TURN: Final = 8
"""What is typed again and again counts once, and is too short when it is shorter than this."""

LEET: Final = tuple(
    str.maketrans(signs, letters)
    for signs, letters in (
        ("0134578@$!|+", "oieastbasiit"),
        ("0134578@$!|+", "oleastbaslit"),
    )
)
"""Letters written as digits or signs, with a 1 for an i or an l."""

ROWS: Final = (
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "a1b2c3d4e5f6g7h8i9",
    "147258369",
    "159357",
)
"""Ways over a keyboard, and orders that everybody knows; also walked backwards."""

WALKS: Final = (*ROWS, *(row[::-1] for row in ROWS))


class Weakness(StrEnum):
    """Why a password is refused."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    WELL_KNOWN = "well_known"
    STOLEN = "stolen"
    ABOUT_OWNER = "about_owner"


def is_too_long(password: str) -> bool:
    """Say whether a password is longer than will ever be hashed."""
    return len(password) > LONGEST


def weakness(
    password: str,
    common: Collection[str],
    about: Iterable[str],
    is_stolen: Callable[[str], bool] = lambda _password: False,
) -> Weakness | None:
    """Return what is wrong with a new password, or nothing.

    `common` holds well-known words and passwords in lower case, those of this work and its places too;
    `about` the name and mail address of the owner; `is_stolen` looks in a list of stolen passwords.
    """
    if is_too_long(password):
        return Weakness.TOO_LONG
    if len(password) < SHORTEST:
        return Weakness.TOO_SHORT
    folded = fold(password)
    if any(word in folded for word in own_words(about)):
        return Weakness.ABOUT_OWNER
    if is_guessable(folded, common):
        return Weakness.WELL_KNOWN
    return Weakness.STOLEN if is_stolen(password) else None


def fold(text: str) -> str:
    """Return a text in lower case and without accents, as somebody who guesses would type it."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def own_words(about: Iterable[str]) -> set[str]:
    """Return the words of name and mail address that are long enough to mean somebody."""
    words = {word for text in about for word in re.split(r"[^\w]+|_", fold(text))}
    return {word for word in words if len(word) >= SHORTEST_OWN_WORD} | set(OWN_NAMES)


def is_guessable(folded: str, common: Collection[str]) -> bool:
    """Say whether a password, folded, is made of what everybody tries first."""
    once = folded[: _period(folded)]
    bare = re.sub(r"[\W_]+", "", folded)
    return (
        len(set(folded)) < FEWEST_DIFFERENT
        or len(once) < min(SHORTEST_TURN, len(folded))
        or _is_walked(bare)
        or any(_is_known(guess, common) for guess in (folded, once))
    )


def _is_known(text: str, common: Collection[str]) -> bool:
    """Say whether a text is at most two well-known words or walks, with decoration."""

    def is_piece(part: str) -> bool:
        return part in common or part[::-1] in common or _is_walk(part)

    return text in common or any(
        _is_made_of(shown, read, is_piece) for shown, read in readings(text)
    )


def readings(folded: str) -> Iterator[tuple[str, str]]:
    """Yield a password as it is shown and as it may be read, sign by sign: with separators and without."""
    for shown in (folded, re.sub(r"[\W_]+", "", folded)):
        yield shown, shown
        for letters in LEET:
            yield shown, shown.translate(letters)


def _is_walk(part: str) -> bool:
    """Say whether a part goes along a row of keys, or is one sign again and again."""
    return len(part) >= SHORTEST_WALK and (
        len(set(part)) == 1 or any(part in walk for walk in WALKS)
    )


def _is_made_of(shown: str, read: str, is_piece: Callable[[str], bool]) -> bool:
    """Say whether a text can be cut into a few pieces, with little decoration around and between them."""
    if not shown or len(shown) > LONGEST_GUESSED:
        return False
    never = MOST_DECORATION + 1
    least = [[0] + [never] * MOST_WORDS]
    """For each place and number of pieces, the least decoration with which one gets there."""
    for end in range(1, len(shown) + 1):
        free = never if shown[end - 1].isalpha() else 0
        here = [min(never, skipped + 1 + free) for skipped in least[end - 1]]
        for start in range(max(0, end - LONGEST_PIECE), end):
            if min(least[start][:-1]) < never and is_piece(read[start:end]):
                here[1:] = map(min, here[1:], least[start])
        least.append(here)
    return min(least[-1][1:]) < never


def _is_walked(bare: str) -> bool:
    """Say whether letters and digits are a few walks, one after the other."""
    if not bare or len(bare) > LONGEST_GUESSED:
        return False
    fewest = [0, *(MOST_WALKS + 1 for _sign in bare)]
    for end in range(SHORTEST_WALK, len(bare) + 1):
        walks = (fewest[at] for at in range(end - SHORTEST_WALK + 1) if _is_walk(bare[at:end]))
        fewest[end] = 1 + min(walks, default=MOST_WALKS)
    return fewest[-1] <= MOST_WALKS


def _period(text: str) -> int:
    """Return the length of the shortest part that repeated makes the whole text."""
    place = (text + text).find(text, 1)
    return place if place > 0 else len(text)
