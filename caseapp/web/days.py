"""Days as people type them: read generously, written in one way."""

import re
from datetime import date
from typing import Final

PIVOT: Final = 50
"""A year of two digits below this belongs to this century: 26 is 2026, 98 is 1998."""

EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2199

_PARTS: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_RUN: Final = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")


class UnreadableDayError(ValueError):
    """The text does not have the shape of a day."""


class NoSuchDayError(ValueError):
    """The text has the shape of a day, but the calendar has no such day."""


def read_day(text: str) -> date:
    """Return the day meant by 9-11-2026, 09-11-2026, 9/11/26, 091126 or 2026-11-09.

    Raises UnreadableDayError for any other shape and NoSuchDayError for 30-02-2026.
    """
    year, month, day = _parts(text.strip())
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise NoSuchDayError
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDayError from None


def write_day(day: date) -> str:
    """Return the day as forms and records show it: 09-11-2026."""
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"


def _parts(text: str) -> tuple[int, int, int]:
    if match := _ISO.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    match = _PARTS.fullmatch(text) or _RUN.fullmatch(text)
    if match is None:
        raise UnreadableDayError
    year = int(match[3])
    if len(match[3]) == len("26"):
        year += 2000 if year < PIVOT else 1900
    return year, int(match[2]), int(match[1])
