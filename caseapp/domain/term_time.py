"""School days of one child, whose holiday region changes with the place where it lives."""

from bisect import bisect_right
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
        self._regions: dict[int, Region] = {0: Region.MIDDEN}

    def region_on(self, day: date) -> Region:
        """Return the region of the placement of a day, else of the latest earlier, else midden."""
        stretch = bisect_right(self._cuts, day)
        if stretch not in self._regions:
            self._regions[stretch] = self._region(self._cuts[stretch - 1])
        return self._regions[stretch]

    def _region(self, day: date) -> Region:
        for placement in self._latest_first:
            if calendar.covers(placement.start, placement.end, day):
                return placement.region
        earlier = (placement.region for placement in self._latest_first if placement.start <= day)
        return next(earlier, Region.MIDDEN)

    def is_school_day(self, day: date) -> bool:
        """Say whether the child should be at school on a day, wherever it lives then."""
        return calendar.is_school_day(day, self.region_on(day))

    def school_days(self, first: date, last: date) -> int:
        """Count the school days from the first to the last day, both included."""
        return sum(
            calendar.school_days(start, end, region)
            for start, end, region in self._stretches(first, last)
        )

    def nth_school_day(self, first: date, number: int) -> date:
        """Return the n-th school day, counted from the first day on."""
        for start, end, region in self._stretches(first, date.max):
            if end == date.max:
                return calendar.nth_school_day(start, number, region)
            within = calendar.school_days(start, end, region)
            if number <= within:
                return calendar.nth_school_day(start, number, region)
            number -= within
        return date.max

    def _stretches(self, first: date, last: date) -> Iterator[tuple[date, date, Region]]:
        """Yield first day, last day and region of each stretch in one region between two days."""
        start = first
        for place in range(bisect_right(self._cuts, first), len(self._cuts)):
            cut = self._cuts[place]
            if cut > last:
                break
            yield start, calendar.plus_days(cut, -1), self.region_on(start)
            start = cut
        if start <= last:
            yield start, last, self.region_on(start)
