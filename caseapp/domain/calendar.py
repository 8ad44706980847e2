"""Days as the rules count them: months, working days, school days, birthdays.

Public and school holidays come from the `holidays` library (Algemene termijnenwet, and the orders
"vaststelling schoolvakanties"); it is read when first needed, a year at a time. Sums stop at the
first and the last day that a date can hold, so that no document can break them.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Final, NamedTuple

from caseapp.domain.codes import Precision, Region
from caseapp.domain.facts import Birth

# The order for 2025-2030 ends with the school year 2029-2030, and so with its summer holiday.
LAST_PUBLISHED: Final = date(2030, 9, 1)

_FRIDAY: Final = 4
_FIRST_DAY: Final = date.min.toordinal()
_LAST_DAY: Final = date.max.toordinal()
_MONTHS_A_YEAR: Final = 12


class DayRange(NamedTuple):
    """The first and the last day that something can be; both the same when it is known."""

    first: date
    last: date


def covers(start: date | None, end: date | None, day: date) -> bool:
    """Say whether a half-open period covers a day; one without a start covers none."""
    return start is not None and start <= day and (end is None or day < end)


def plus_days(day: date, days: int) -> date:
    """Return the day so many calendar days later, or earlier when negative."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def plus_months(day: date, months: int) -> date:
    """Return the same day of a later month; one that does not exist is that month's last."""
    years, month0 = divmod(day.month - 1 + months, _MONTHS_A_YEAR)
    year = day.year + years
    if year > date.max.year:
        return date.max
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def month_after(day: date) -> date:
    """Return the first day of the next month."""
    return plus_months(day.replace(day=1), 1)


def birthday(born: date, age: int) -> date:
    """Return the day of turning an age; born on 29 February turns on 1 March in other years."""
    year = born.year + age
    if year > date.max.year:
        return date.max
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def birth_range(birth: Birth) -> DayRange:
    """Return the earliest and the latest possible birth date."""
    day = birth.date
    if birth.precision is Precision.DAY:
        return DayRange(day, day)
    if birth.precision is Precision.MONTH:
        return DayRange(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    return DayRange(date(day.year, 1, 1), date(day.year, 12, 31))


def birthdays(birth: Birth, age: int) -> DayRange:
    """Return the first and the last day on which the child can turn an age."""
    earliest, latest = birth_range(birth)
    return DayRange(birthday(earliest, age), birthday(latest, age))


def is_working_day(day: date) -> bool:
    """Say whether a day is Monday to Friday and no public holiday."""
    return day.weekday() <= _FRIDAY and day not in _public_holidays(day.year)


@lru_cache(maxsize=1 << 16)
def working_days_after(day: date, count: int) -> date:
    """Return the n-th working day later than a day."""
    return _stepped(day, count, 1)


@lru_cache(maxsize=1 << 16)
def working_days_before(day: date, count: int) -> date:
    """Return the n-th working day earlier than a day."""
    return _stepped(day, count, -1)


def _stepped(day: date, count: int, step: int) -> date:
    ordinal = day.toordinal()
    while count and _FIRST_DAY <= ordinal + step <= _LAST_DAY:
        ordinal += step
        count -= is_working_day(date.fromordinal(ordinal))
    return date.fromordinal(ordinal)


def is_school_day(day: date, region: Region) -> bool:
    """Say whether a day is a working day outside the school holidays of a region."""
    return is_working_day(day) and day not in _school_holidays(region)


def school_days(first: date, last: date, region: Region) -> int:
    """Count the school days of a region from the first to the last day, both included."""
    low, high = first.toordinal(), last.toordinal()
    count = 0
    for year in range(first.year, last.year + 1):
        days = _school_days_of(year, region)
        count += max(0, bisect_right(days, high) - bisect_left(days, low))
    return count


def nth_school_day(first: date, number: int, region: Region) -> date:
    """Return the n-th school day of a region, counted from the first day on."""
    low = first.toordinal()
    for year in range(first.year, date.max.year + 1):
        days = _school_days_of(year, region)
        start = bisect_left(days, low)
        if start + number <= len(days):
            return date.fromordinal(days[start + number - 1])
        number -= len(days) - start
    return date.max


@lru_cache(maxsize=512)
def _school_days_of(year: int, region: Region) -> Sequence[int]:
    """Return the school days of a year as ordinals, in order."""
    days = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
    return [day for day in days if is_school_day(date.fromordinal(day), region)]


@lru_cache(maxsize=512)
def _public_holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays  # noqa: PLC0415 (slow to read, and not always needed)

    return frozenset(country_holidays("NL", years=year))


@cache
def _school_holidays(region: Region) -> frozenset[date]:
    from holidays import country_holidays  # noqa: PLC0415 (slow to read, and not always needed)

    years = range(2014, LAST_PUBLISHED.year + 1)
    days = country_holidays(
        "NL", years=years, subdiv=region.value.capitalize(), categories=("school",)
    )
    return frozenset(day for day in days if day <= LAST_PUBLISHED)
