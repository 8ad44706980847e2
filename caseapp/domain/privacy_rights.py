"""The rights of children and parents over what is kept: who may ask, until when, and how it ends.

Two laws speak at once (domain.md 8). The care law (Jeugdwet 7.3): the child itself from 12, parent or
guardian until 16. The law on data (AVG with UAVG 5): whoever stands for the child until 16, the child
alone from 16. A request is taken up when one of them allows it, and both answers are kept.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from caseapp.domain.calendar import (
    birthdays,
    is_working_day,
    plus_months,
    working_days_after,
    working_days_before,
)
from caseapp.domain.facts import Birth

OWN_FILE_FROM: Final = 12
OTHERS_UNTIL: Final = 16
MONTHS: Final = 1
MONTHS_EXTENDED: Final = 3
SOON_WORKING_DAYS: Final = 5


class Right(StrEnum):
    """What is asked, by the articles of the AVG."""

    ACCESS = "access"
    CORRECTION = "correction"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"


ARTICLES: Final = {
    Right.ACCESS: 15,
    Right.CORRECTION: 16,
    Right.ERASURE: 17,
    Right.RESTRICTION: 18,
    Right.OBJECTION: 21,
}


class Asker(StrEnum):
    """Who asks."""

    CHILD = "child"
    PARENT = "parent"
    GUARDIAN = "guardian"
    OTHER = "other"
    """Somebody with the written consent of who may ask."""
    HOUSE = "house"
    """Nobody: the term for keeping is over."""


class Identity(StrEnum):
    """How was checked who asks."""

    DOCUMENT = "document"
    KNOWN = "known"
    """A colleague who knows this person was there."""
    APPOINTED = "appointed"
    """The decision of the judge, or the deed, that makes somebody guardian or parent."""
    NOT_NEEDED = "not_needed"
    """The house asks itself."""


class RequestState(StrEnum):
    """How a request stands."""

    OPEN = "open"
    ANSWERED = "answered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


ENDS: Final = (RequestState.ANSWERED, RequestState.REFUSED, RequestState.WITHDRAWN)
"""How a request can end; a refusal says why, and where to complain."""


class Refusal(StrEnum):
    """Why something at the privacy desk cannot be."""

    CLOSED = "closed"
    EXTENDED_ALREADY = "extended_already"
    TOO_LATE_TO_EXTEND = "too_late_to_extend"
    NOT_ALLOWED = "not_allowed"
    """By the age of the child nobody of the laws lets this person ask."""
    NOT_THIS_RIGHT = "not_this_right"
    WITHDRAWN = "withdrawn"
    OTHER_ZONE = "other_zone"
    DECIDED = "decided"
    TRAIL_BROKEN = "trail_broken"
    STILL_FOLLOWED = "still_followed"


class RightRefusedError(ValueError):
    """Something at the privacy desk was refused; the code says why."""

    def __init__(self, code: Refusal) -> None:
        """Keep the code; the page has the words."""
        super().__init__(code.value)
        self.code = code


class Chapter(StrEnum):
    """A chapter of the file, to which the child or somebody for it says something."""

    WHOLE = "whole"
    PLACES = "places"
    SCHOOL = "school"
    CARE = "care"
    GUARDIANSHIP = "guardianship"
    OBSERVATIONS = "observations"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether somebody may ask, by each of the two laws."""

    by_care_law: bool
    by_data_law: bool

    @property
    def may(self) -> bool:
        """Say whether one of the laws allows it."""
        return self.by_care_law or self.by_data_law


def standing(asker: Asker, birth: Birth, on: date) -> Standing:
    """Return whether somebody may ask about a child on a day, by each law.

    Of a birth date that is not exact the earliest counts: in doubt the child speaks for itself.
    """
    twelve, sixteen = (birthdays(birth, age).first <= on for age in (OWN_FILE_FROM, OTHERS_UNTIL))
    if asker is Asker.CHILD:
        return Standing(by_care_law=twelve, by_data_law=sixteen)
    if asker in {Asker.PARENT, Asker.GUARDIAN}:
        return Standing(by_care_law=not sixteen, by_data_law=not sixteen)
    return Standing(by_care_law=True, by_data_law=True)


def whose_consent(birth: Birth, on: date) -> tuple[Asker, ...]:
    """Return whose written consent somebody else needs: by age the parent or guardian, both, or the child."""
    child = standing(Asker.CHILD, birth, on).may
    others = standing(Asker.PARENT, birth, on).may
    return (Asker.CHILD,) * child + (Asker.PARENT,) * others


def due_on(received_on: date, *, extended: bool = False) -> date:
    """Return the last day for the answer: a month after receipt, three when it was extended (AVG 12.3).

    A last day on which nobody works becomes the next working day (Verordening 1182/71, article 3.4).
    """
    day = plus_months(received_on, MONTHS_EXTENDED if extended else MONTHS)
    return day if is_working_day(day) else working_days_after(day, 1)


def may_extend(received_on: date, today: date) -> bool:
    """Say whether a request can still be extended: only within the first month, and then it is told."""
    return today <= due_on(received_on)


def is_soon(due: date, today: date) -> bool:
    """Say whether an answer is due within a working week."""
    return working_days_before(due, SOON_WORKING_DAYS) <= today
