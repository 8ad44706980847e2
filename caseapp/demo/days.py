"""Days of the demo world as whole numbers (ordinals): quick to reckon with, written once each."""

from bisect import bisect_left
from datetime import date, timedelta

YEARS_BACK = 26
YEARS_AHEAD = 6
SCHOOL_YEARS_BACK = 8

# Close to the official school holidays and good for any year: the generator only needs days that
# look right; the rules judge them by the real calendar. (month, day) of the first and last day.
HOLIDAYS = (
    ((1, 1), (1, 4)),
    ((2, 17), (2, 25)),
    ((4, 26), (5, 5)),
    ((7, 15), (8, 25)),
    ((10, 15), (10, 23)),
    ((12, 21), (12, 31)),
)

# The part of them that all regions share in nearly every year: where a move is put on purpose.
SHARED = (
    ((1, 1), (1, 3)),
    ((4, 28), (5, 2)),
    ((7, 19), (8, 15)),
    ((12, 23), (12, 31)),
)
Spans = tuple[tuple[tuple[int, int], tuple[int, int]], ...]


def birthday(birth: int, age: int) -> int:
    """Give the day a child turns this age; 1 March for 29 February in other years."""
    born = date.fromordinal(birth)
    try:
        return born.replace(year=born.year + age).toordinal()
    except ValueError:
        return date(born.year + age, 3, 1).toordinal()


class Days:
    """The calendar around one today."""

    __slots__ = ("_first", "_shared", "_written", "holiday", "now", "school_days")

    def __init__(self, today: date) -> None:
        self.now = today.toordinal()
        self._first = self.now - YEARS_BACK * 366
        last = self.now + YEARS_AHEAD * 366
        self._written = [date.fromordinal(day).isoformat() for day in range(self._first, last)]
        self.holiday = self._spans(today.year, HOLIDAYS)
        self._shared = self._spans(today.year, SHARED)
        start = self.now - SCHOOL_YEARS_BACK * 366
        self.school_days = [
            day for day in range(start, last) if day % 7 not in {6, 0} and day not in self.holiday
        ]

    def iso(self, day: int) -> str:
        """Write the day as YYYY-MM-DD."""
        return self._written[day - self._first]

    def after_school_days(self, day: int, count: int) -> int:
        """Give the school day that comes when this many school days from `day` on are over."""
        return self.school_days[bisect_left(self.school_days, day) + count]

    def school_days_between(self, start: int, end: int) -> int:
        """Count the school days from start up to, not including, end."""
        return bisect_left(self.school_days, end) - bisect_left(self.school_days, start)

    def latest_school_days(self, day: int, count: int) -> list[int]:
        """Give so many school days before this day, oldest first."""
        spot = bisect_left(self.school_days, day)
        return self.school_days[spot - count : spot]

    def in_holiday(self, day: int, window: int) -> int:
        """Give the weekday of a school holiday nearest to `day`, or `day` if none within window."""
        for step in range(window):
            for near in (day - step, day + step):
                if near in self._shared and near % 7 not in {6, 0}:
                    return near
        return day

    @staticmethod
    def weekday(day: int) -> int:
        """Give this day, or the Friday before it or the Monday after it in a weekend."""
        # An ordinal is a multiple of seven on Sundays.
        return day - 1 if day % 7 == 6 else day + 1 if day % 7 == 0 else day

    @staticmethod
    def _spans(year: int, spans: Spans) -> frozenset[int]:
        off: set[int] = set()
        for each in range(year - SCHOOL_YEARS_BACK - 1, year + YEARS_AHEAD + 1):
            for first, last in spans:
                start, end = date(each, *first), date(each, *last) + timedelta(days=1)
                off.update(range(start.toordinal(), end.toordinal()))
        return frozenset(off)
