"""V-numbers as people paste them: one a line, or apart by anything; with spaces, dots or hyphens in them."""

import re
from dataclasses import dataclass
from typing import Final

DIGITS: Final = 10
FEWEST: Final = 7
"""A number that lost its leading zeros still has so many digits."""
LONGEST_NAMED: Final = 40
"""Characters of a piece that could not be read, as it is named back."""

_APART: Final = re.compile(r"[\n\t;,|/]+")
_INSIDE: Final = re.compile(r"[ .\-\u00a0]")
_LEAD: Final = re.compile(r"^(?:v[- ]?(?:nr|nummer)?\.?:?\s*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What somebody pasted: the numbers, each once and in order, and the pieces that are none."""

    numbers: tuple[str, ...]
    unread: tuple[str, ...] = ()


def v_numbers(text: str) -> Pasted:
    """Return the V-numbers in a text; zeros that a spreadsheet took away are put back."""
    numbers: dict[str, None] = {}
    unread: list[str] = []
    for piece in filter(None, (part.strip() for part in _APART.split(text))):
        found = _numbers(_LEAD.sub("", piece))
        if found:
            numbers.update(dict.fromkeys(found))
        else:
            unread.append(piece[:LONGEST_NAMED])
    return Pasted(tuple(numbers), tuple(unread))


def _numbers(piece: str) -> list[str]:
    """Return the numbers of one piece: one, or several whole ones with spaces between them."""
    digits = _INSIDE.sub("", piece)
    if not (digits.isascii() and digits.isdigit()):
        return []
    if FEWEST <= len(digits) <= DIGITS:
        return [digits.zfill(DIGITS)]
    words = piece.split()
    if all(len(_INSIDE.sub("", word)) == DIGITS for word in words):
        return [_INSIDE.sub("", word) for word in words]
    return []
