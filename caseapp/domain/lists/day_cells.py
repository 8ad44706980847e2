"""Cells that hold a day."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from caseapp.domain.calendar import birthday, plus_months
from caseapp.domain.codes import Precision
from caseapp.domain.lists.texts import Cell
from caseapp.domain.lists.values import BirthDay, Reader, Reading, cannot
from caseapp.domain.lists.words import Reason

FOLLOWED_UNTIL: Final = 23
"""The age at which nobody is followed any more (rules.md 1)."""

_EARLIEST: Final = date(1990, 1, 1)
_REACH_IN_MONTHS: Final = 36
# Days of a workbook are counted from here; 1980 to 2049 tells a day from any other number.
_DAY_ZERO: Final = date(1899, 12, 30)
_FIRST_NUMBER: Final = 29221
_LAST_NUMBER: Final = 54788

_TIME: Final = (
    r"(?:[ T](?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_DUTCH: Final = re.compile(rf"([0-9]{{1,2}})-([0-9]{{1,2}})-([0-9]{{4}}){_TIME}")
_ISO: Final = re.compile(rf"([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}}){_TIME}")


def day_reader(on: date, *, past: bool = False, endless: bool = False) -> Reader:
    """Return the reader of days within reach: up to three years ahead, or not in the future."""
    latest = date.max if endless else plus_months(on, _REACH_IN_MONTHS)
    last = on if past else latest

    def read(text: str, cell: Cell) -> Reading:
        found = _day(text, cell)
        if not isinstance(found.value, date):
            return found
        if not _EARLIEST <= found.value <= latest:
            return cannot(Reason.IMPLAUSIBLE_DATE)
        return found if found.value <= last else cannot(Reason.FUTURE_DATE)

    return read


def birth_reader(on: date) -> Reader:
    """Return the reader of birth dates: of someone born already, and still to be followed."""

    def read(text: str, cell: Cell) -> Reading:
        birth, repaired = _birth(text, cell)
        if birth is None:
            return cannot(Reason.BAD_DATE)
        if birth.first > on:
            return cannot(Reason.FUTURE_DATE)
        if birthday(birth.last, FOLLOWED_UNTIL) <= on:
            return cannot(Reason.NOT_FOLLOWED)
        return Reading(birth, repaired)

    return read


def _day(text: str, cell: Cell) -> Reading:
    if isinstance(cell, date):
        return Reading(cell)
    if not isinstance(cell, str):
        return _numbered(cell)
    parts = _parts(text)
    found = None if parts is None else _real(*parts)
    return cannot(Reason.BAD_DATE) if found is None else Reading(found)


def _numbered(number: float) -> Reading:
    """Read a bare number of a workbook as the day that it stands for."""
    if not _FIRST_NUMBER <= number < _LAST_NUMBER + 1:
        return cannot(Reason.BAD_DATE)
    return Reading(_DAY_ZERO + timedelta(days=int(number)), Reason.DATE_FROM_NUMBER)


def _birth(text: str, cell: Cell) -> tuple[BirthDay | None, Reason | None]:
    if isinstance(cell, str):
        parts = _parts(text)
        if parts is not None and "00" in parts:
            return _imprecise(*parts), None
    day, reason = _day(text, cell)
    return (BirthDay(day), reason) if isinstance(day, date) else (None, reason)


def _imprecise(year: str, month: str, day: str) -> BirthDay | None:
    """Return a birth date of which the day, or the day and the month, are written as 00."""
    if day != "00" or len(month) != len(day):
        return None
    known = _real(year, "1" if month == "00" else month, "1")
    if known is None:
        return None
    return BirthDay(known, Precision.YEAR if month == "00" else Precision.MONTH)


def _parts(text: str) -> tuple[str, str, str] | None:
    """Return year, month and day as written; a time behind them is dropped."""
    if found := _DUTCH.fullmatch(text):
        day, month, year = found.groups()
        return year, month, day
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
        return year, month, day
    return None


@lru_cache(maxsize=10_000)
def _real(year: str, month: str, day: str) -> date | None:
    """Return a day of the calendar; the days of a list come again and again."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
