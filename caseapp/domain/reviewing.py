"""The weekly look at the trail: which records a person looks at, and when that is overdue."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from statistics import median
from typing import Final
from uuid import UUID

DRAWN: Final = 20
"""Records of a week that are drawn at random."""

DUE_AFTER: Final = timedelta(days=7)
FEWEST_TO_STAND_OUT: Final = 30
TIMES_ITS_PEERS: Final = 3
REFUSED_IN_SERIES: Final = 5
NIGHT: Final = (time(23), time(6))
SHORTEST_NAME: Final = 4
"""Shorter words are shared by too many people to mean anything."""


class Pick(StrEnum):
    """Why a record is looked at."""

    DRAWN = "drawn"
    OWN_NAME = "own_name"
    COLLEAGUE = "colleague"
    MANY_FILES = "many_files"
    AT_NIGHT = "at_night"
    AFTER_MOVE = "after_move"
    EMERGENCY = "emergency"
    REFUSED = "refused"


class Judgement(StrEnum):
    """What the privacy officer says of a record."""

    IN_ORDER = "in_order"
    EXPLAINED = "explained"
    ASKED = "asked"
    """Whoever did it was asked, and what came of it stands in the note."""
    INCIDENT = "incident"


NEEDS_NOTE: Final = frozenset({Judgement.EXPLAINED, Judgement.ASKED, Judgement.INCIDENT})


def is_at_night(local: time) -> bool:
    """Say whether a Dutch time of day is one at which files are seldom opened: from 23:00, before 6:00."""
    late, early = NIGHT
    return local >= late or local < early


def names_in(name: str) -> frozenset[str]:
    """Return the words of a name by which two people may belong together."""
    words = name.casefold().replace("-", " ").split()
    return frozenset(word for word in words if len(word) >= SHORTEST_NAME)


def stands_out(files: Mapping[UUID, int], peers: Collection[int]) -> Mapping[UUID, int]:
    """Return who opened far more files on a day than peers do, with how many.

    `files` is of one role on one day, `peers` the numbers of that role on each day of the week.
    """
    usual = median(peers) if peers else 0
    most = max(FEWEST_TO_STAND_OUT, TIMES_ITS_PEERS * usual)
    return {account: many for account, many in files.items() if many > most}


def in_series(refused: Iterable[UUID]) -> Mapping[UUID, int]:
    """Return who was refused so often on one day that somebody was trying, with how often."""
    return {who: many for who, many in Counter(refused).items() if many >= REFUSED_IN_SERIES}


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def due_on(made: date) -> date:
    """Return the last day on which a review that was made on a day is in time."""
    return made + DUE_AFTER


def is_late(due: date, closed_at: datetime | None, today: date) -> bool:
    """Say whether a review is overdue: its last day has passed, and it is not closed."""
    return closed_at is None and today > due
