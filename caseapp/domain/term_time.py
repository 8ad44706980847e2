"""School days of one child, whose holiday region changes with the place where it lives."""

from collections.abc import Iterator, Sequence
from datetime import date

from caseapp.domain import calendar
from caseapp.domain.codes import Region
from caseapp.domain.facts import Placement


class TermTime:
    """Counts school days; takes the placements that count, in their order."""

    def __init__(self, placements: Sequence[Placement]) -> None:
        self._latest_first = tuple(reversed(placements))
        starts = {placement.start for placement in placements}
        ends = {placement.end for placement in placements if placement.end is not None}
        self._cuts = sorted(starts | ends)

    def region_on(self, day: date) -> Region:
        """Return the region of the placement of a day, else of the latest earlier, else midden."""
        for placement in self._latest_first:
            if calendar.covers(placement.start, placement.end, day):
                return placement.region
        for placement in self._latest_first:
            if placement.start <= day:
                return placement.region
        return Region.MIDDEN

    def is_school_day(self, day: date) -> bool:
        """Say whether the child should be at school on a day, wherever it lives then."""
        return calendar.is_school_day(day, self.region_on(day))

    def school_days(self, first: date, last: date) -> int:
        """Count the school days from the first to the last day, both included."""
        return sum(
            calendar.school_days(start, min(end, last), region)
            for start, end, region in self._stretches(first)
            if start <= last
        )

    def school_weeks(self, until: date, count: int) -> frozenset[date]:
        """Return the Mondays of the latest weeks with a school day that have begun on a day."""
        weeks: set[date] = set()
        week = calendar.monday(until)
        while len(weeks) < count and week > date.min:
            if self.school_days(week, calendar.plus_days(week, calendar.DAYS_A_WEEK - 1)):
                weeks.add(week)
            week = calendar.plus_days(week, -calendar.DAYS_A_WEEK)
        return frozenset(weeks)

    def nth_school_day(self, first: date, number: int) -> date:
        """Return the n-th school day, counted from the first day on."""
        for start, end, region in self._stretches(first):
            if end == date.max:
                return calendar.nth_school_day(start, number, region)
            within = calendar.school_days(start, end, region)
            if number <= within:
                return calendar.nth_school_day(start, number, region)
            number -= within
        return date.max

    def _stretches(self, first: date) -> Iterator[tuple[date, date, Region]]:
        """Yield first day, last day and region of each stretch in one region, without an end."""
        starts = [first, *(cut for cut in self._cuts if cut > first)]
        ends = [*(calendar.plus_days(start, -1) for start in starts[1:]), date.max]
        for start, end in zip(starts, ends, strict=True):
            yield start, end, self.region_on(start)
