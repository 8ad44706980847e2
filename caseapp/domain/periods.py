"""Half-open periods of one child: which are possible, and what clashes with what."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID


class Lasting(Protocol):
    """A row with a first day and the day on which it ended."""

    id: UUID
    from_on: date
    to_on: date | None


L = TypeVar("L", bound=Lasting)


class PeriodError(ValueError):
    """A period cannot be; the subclass says why."""


class EndsBeforeStartError(PeriodError):
    """It would end before it began."""


class OverlapError(PeriodError):
    """On some day it would stand beside another record that it cannot stand beside."""

    def __init__(self, from_on: date, to_on: date | None) -> None:
        """Keep the period of the record in the way, to show it."""
        super().__init__()
        self.from_on = from_on
        self.to_on = to_on


def overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Say whether two periods share a day; an empty one shares none, as in the database."""
    first, second = one[1] or date.max, other[1] or date.max
    return max(one[0], other[0]) < min(first, second)


def refuse_clash(from_on: date, to_on: date | None, others: Iterable[L]) -> None:
    """Raise EndsBeforeStartError or OverlapError when the period cannot stand beside the others."""
    if to_on is not None and to_on < from_on:
        raise EndsBeforeStartError
    for other in others:
        if overlap((from_on, to_on), (other.from_on, other.to_on)):
            raise OverlapError(other.from_on, other.to_on)
