"""Cells that hold a V-number or another number."""

import re
from typing import Final

from caseapp.domain.lists.texts import MAX_LENGTH, Cell, clean
from caseapp.domain.lists.values import Reading, cannot
from caseapp.domain.lists.words import Reason

_DIGITS: Final = 10
_BSN_DIGITS: Final = 9
# The eleven-test of a BSN (domain.md 8): the last digit counts against the others.
_BSN_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_BSN_MODULUS: Final = 11

_V_NUMBER: Final = re.compile(
    r"(?P<letter>[Vv][ .\-]*)?(?P<digits>[0-9](?:[ .\-]*[0-9])*?)(?P<decimal>[.,]0)?"
)
_SIGNS: Final = re.compile(r"[ .\-]+")
_NINE_OR_MORE: Final = re.compile(r"[0-9](?:[ .\-]*[0-9]){8}")
_DAY: Final = re.compile(
    r"(?<![0-9])(?:[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])"
)
_NINE_DIGITS: Final = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])")
_HOURS: Final = re.compile(r"([0-9]{1,2})(?:[.,]([0-9]{1,2}))?")
_MOST_HOURS: Final = 40
_MOST_PLACES: Final = 10_000
_LONGEST_COUNT: Final = 9


def v_number(text: str, cell: Cell) -> Reading:
    """Read a V-number: ten digits, or seven to nine that lost their zeros."""
    if len(text) == _DIGITS and text.isascii() and text.isdigit():
        return Reading(text)
    found = _V_NUMBER.fullmatch(text) if len(text) <= MAX_LENGTH else None
    if found is None:
        return cannot(Reason.BAD_V_NUMBER)
    digits = _SIGNS.sub("", found["digits"])
    if len(digits) == _BSN_DIGITS and not found["letter"] and is_bsn(digits):
        return cannot(Reason.PERHAPS_BSN)
    shortest = _DIGITS if found["letter"] else _DIGITS - 3
    if not shortest <= len(digits) <= _DIGITS:
        return cannot(Reason.BAD_V_NUMBER)
    return Reading(digits.zfill(_DIGITS), Reason.V_NUMBER_REPAIRED)


def is_bsn(digits: str) -> bool:
    """Say whether nine digits pass the eleven-test of a BSN."""
    total = sum(weight * int(digit) for weight, digit in zip(_BSN_WEIGHTS, digits, strict=True))
    return total % _BSN_MODULUS == 0 and any(digit != "0" for digit in digits)


def holds_bsn(text: str) -> bool:
    """Say whether a text has nine digits in it that may be a BSN, so that it is not shown.

    They may have signs among them; a date with its time behind it is no such number.
    """
    seen = clean(text)
    if _NINE_OR_MORE.search(seen) is None:
        return False
    joined = _SIGNS.sub("", _DAY.sub("/", seen))
    return any(is_bsn(nine) for form in (seen, joined) for nine in _NINE_DIGITS.findall(form))


def hide_bsn(name: str) -> str:
    """Return the name of a file, a sheet or a column with stars for nine digits that may be a BSN."""
    return _NINE_DIGITS.sub(lambda nine: "*" * _BSN_DIGITS if is_bsn(nine[0]) else nine[0], name)


def count(text: str, cell: Cell) -> Reading:
    """Read a number of places or people: digits only, 1 to 10,000."""
    digits = text.isascii() and text.isdigit() and len(text) <= _LONGEST_COUNT
    if not digits or not 1 <= int(text) <= _MOST_PLACES:
        return cannot(Reason.BAD_NUMBER)
    return Reading(int(text))


def hours(text: str, cell: Cell) -> Reading:
    """Read hours a week, 0 to 40: with a comma or a point, at most two decimals."""
    found = _HOURS.fullmatch(text)
    if found is None:
        return cannot(Reason.BAD_NUMBER)
    number = float(f"{found[1]}.{found[2] or 0}")
    return Reading(number) if number <= _MOST_HOURS else cannot(Reason.BAD_NUMBER)
