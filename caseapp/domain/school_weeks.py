"""School weeks: Monday to Sunday, with at least one school day in it (rules.md, SCH-3)."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import Final

from caseapp.domain.calendar import plus_days

DAYS: Final = 7
MOST_BACK: Final = 60
"""So many weeks are looked at: no school holiday is nearly as long."""


def monday_of(day: date) -> date:
    """Return the first day of the week of a day."""
    return plus_days(day, -day.weekday())


def latest_school_weeks(
    today: date, number: int, is_school_day: Callable[[date], bool]
) -> list[date]:
    """Return the Mondays of the latest school weeks that have begun, the latest first."""
    return list(islice(_weeks(today, is_school_day), number))


def _weeks(today: date, is_school_day: Callable[[date], bool]) -> Iterator[date]:
    for back in range(MOST_BACK):
        monday = plus_days(monday_of(today), -DAYS * back)
        if any(is_school_day(plus_days(monday, day)) for day in range(DAYS)):
            yield monday
