"""Days of the oracle, counted one by one: working days, school days, months, birthdays."""

from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

DAY = timedelta(days=1)
LAST_SCHOOL_HOLIDAY = date(2030, 9, 1)


@cache
def easter(year):
    """Return Easter Sunday (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year):
    """Return the public holidays of rules.md 1."""
    sunday = easter(year)
    king = date(year, 4, 27)
    days = {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}
    days |= {sunday + DAY * n for n in (-2, 0, 1, 39, 49, 50)}
    days.add(king - DAY if king.weekday() == 6 else king)
    if year % 5 == 0:
        days.add(date(year, 5, 5))
    return days


def is_working_day(day):
    """Monday to Friday, no public holiday."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def after(day, count):
    """Return the count-th working day later."""
    while count:
        day += DAY
        count -= is_working_day(day)
    return day


def before(day, count):
    """Return the count-th working day earlier."""
    while count:
        day -= DAY
        count -= is_working_day(day)
    return day


@cache
def school_holidays(region):
    """Return the days of the published school holidays of a region."""
    found = country_holidays(
        "NL", years=range(2014, 2031), subdiv=region.capitalize(), categories=("school",)
    )
    return {day for day in found if day <= LAST_SCHOOL_HOLIDAY}


def is_school_day(day, region):
    """Say whether a working day lies outside the school holidays."""
    return is_working_day(day) and day not in school_holidays(region)


def months(day, count):
    """Return the same day of a later month, or the last of that month."""
    number = day.year * 12 + day.month - 1 + count
    year, month = number // 12, number % 12 + 1
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


def birthday(born, age):
    """Return the day of turning an age; 29 February becomes 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def span(first, last):
    """Yield each day from the first to the last."""
    while first <= last:
        yield first
        first += DAY
