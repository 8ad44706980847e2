"""What can be missing in a dossier, by a code for each fact, and what a gap is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from caseapp.domain import calendar
from caseapp.domain.case import Case
from caseapp.domain.facts import Dossier
from caseapp.domain.limits import LimitBook
from caseapp.domain.rules.rule import Severity


class Lack(StrEnum):
    """A fact that is missing, in the words of the field."""

    APPLICATION_DAY = "application_day"
    ARRIVAL_DAY = "arrival_day"
    BIRTH_DAY = "birth_day"
    PLACE = "place"
    EARLIER_PLACE = "earlier_place"
    GROUP_SIZE = "group_size"
    SIBLING_AGE = "sibling_age"
    SIBLING_PLACE = "sibling_place"
    ANNOUNCED_DAY = "announced_day"
    SCHOOL_START = "school_start"
    CARE_START = "care_start"
    CARE_END_REASON = "care_end_reason"
    ACTION_DAY = "action_day"


@dataclass(frozen=True, slots=True)
class Gap:
    """A rule that is silent, or says too little, because a fact is missing.

    `record` is the id of the record that lacks the fact, None when the child itself does; `severity` is
    the gravest that the rule could say.
    """

    rule: str
    fact: Lack
    record: str | None
    severity: Severity


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside a dossier of how its facts came in; a document says nothing of it."""

    guessed: frozenset[str] = field(default_factory=frozenset)
    """The transfers of which nobody said when they were announced: the day on file is that of a list."""
    linked: frozenset[str] = field(default_factory=frozenset)
    """The family members whom we follow too: where they live follows from their own file."""


@dataclass(frozen=True, slots=True)
class Look:
    """One child on a day, as the entries of the table look at it."""

    case: Case
    dossier: Dossier
    limits: LimitBook
    beside: Beside

    @property
    def today(self) -> date:
        """Return the day."""
        return self.case.today

    @property
    def earliest(self) -> date:
        """Return the first day on which anything can have happened to the child: its birth."""
        return min(calendar.birth_range(self.case.child.birth).first, self.today)


@dataclass(frozen=True, slots=True)
class Filled:
    """The dossier with the fact filled in as it could be, and which record was lacking it."""

    dossier: Dossier
    record: str | None = None


Filling = Iterator[Filled]
