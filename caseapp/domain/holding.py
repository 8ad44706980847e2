"""Holds on a move: what they are, and how they end."""

from datetime import date
from enum import StrEnum
from typing import Final

MOST_DAYS: Final = 91
"""How far ahead a move may be held at once: longer needs a new look at it."""


class HoldKind(StrEnum):
    """A hold stops a move; an objection asks a coordinator to look at it, and stops nothing."""

    HOLD = "hold"
    OBJECTION = "objection"


class HoldEnd(StrEnum):
    """How a hold ended before its day."""

    LIFTED = "lifted"
    OVERRIDDEN = "overridden"
    ANSWERED = "answered"


def holds_on(until_on: date, *, is_ended: bool, today: date) -> bool:
    """Say whether a hold stops its move today: until its day comes, unless somebody ended it."""
    return not is_ended and today < until_on
