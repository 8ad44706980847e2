"""What a cell says once it is read."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from caseapp.domain.codes import Precision
from caseapp.domain.lists.texts import Cell
from caseapp.domain.lists.words import Reason

_COARSENESS = {Precision.DAY: 0, Precision.MONTH: 1, Precision.YEAR: 2}


@dataclass(frozen=True, slots=True)
class BirthDay:
    """A birth date as far as it is known; what the precision does not cover is 1."""

    day: date
    precision: Precision = Precision.DAY

    @property
    def first(self) -> date:
        """The earliest day that it can be."""
        return self.day

    @property
    def last(self) -> date:
        """The latest day that it can be."""
        year, month = self.day.year, self.day.month
        if self.precision is Precision.DAY:
            return self.day
        if self.precision is Precision.YEAR:
            month = 12
        return date(year, month, monthrange(year, month)[1])

    def fits(self, ours: "BirthDay") -> bool:
        """Say whether it is ours, or a less precise one that ours lies within."""
        if _COARSENESS[self.precision] < _COARSENESS[ours.precision]:
            return False
        return self.first <= ours.first and ours.last <= self.last


Value = str | int | float | bool | date | BirthDay
"""What a cell can say; codes are their StrEnum."""


class Reading(NamedTuple):
    """What a cell says, or why it cannot be read; both when it had to be repaired."""

    value: Value | None
    reason: Reason | None = None


def cannot(reason: Reason) -> Reading:
    """Return the reading of a cell that cannot be read."""
    return Reading(None, reason)


Reader = Callable[[str, Cell], Reading]
"""Reads a cell that is not empty: from its clean text, and from the cell itself."""
