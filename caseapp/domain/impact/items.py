"""What a move does to one child, item by item, and how much harm that is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from caseapp.domain.impact.worlds import Intended
from caseapp.domain.rules.rule import Detail, Severity


class Topic(StrEnum):
    """What an item is about, and its column in the matrix of a list."""

    CARE = "care"
    MEDICINE = "medicine"
    WAITING = "waiting"
    SCHOOL = "school"
    FAMILY = "family"
    APPOINTMENT = "appointment"
    MOVES = "moves"
    PLACE = "place"
    GUARDIAN = "guardian"
    DAY = "day"
    HANDOVER = "handover"


class Fact(StrEnum):
    """What is not found by a rule: an appointment at the old place, and all that goes well."""

    APPOINTMENT = "appointment"
    CARE_GOES_ALONG = "care_goes_along"
    SCHOOL_STAYS = "school_stays"
    SCHOOL_PLACE = "school_place"
    FAMILY_ALONG = "family_along"
    FAMILY_THERE = "family_there"
    GUARDIAN_STAYS = "guardian_stays"
    SMALL_GROUP = "small_group"
    GOOD_DAY = "good_day"
    MENDED = "mended"


HARM: Final[Mapping[Topic, tuple[int, int, int]]] = {
    Topic.MEDICINE: (60, 20, 5),
    Topic.CARE: (50, 15, 5),
    Topic.FAMILY: (45, 15, 5),
    Topic.PLACE: (40, 12, 3),
    Topic.MOVES: (30, 4, 1),
    Topic.SCHOOL: (20, 10, 2),
    Topic.WAITING: (20, 8, 2),
    Topic.GUARDIAN: (10, 3, 1),
    Topic.DAY: (10, 3, 1),
    Topic.APPOINTMENT: (6, 6, 2),
    Topic.HANDOVER: (5, 2, 1),
}
"""Points of harm of an item that is critical, a warning, a notice. They only put lists in order.

What stops today weighs most (medicine, care, brothers and sisters), then what is hard to undo (a place
that does not fit, yet another move), then what time mends (school, a waiting list), then the day.
"""

AS_EVER: Final = frozenset({Fact.CARE_GOES_ALONG, Fact.GUARDIAN_STAYS, Fact.SMALL_GROUP})
"""What goes well by itself: no news in a list."""

OF_THE_DAY: Final = frozenset({Topic.DAY, Topic.HANDOVER})
"""Topics that another day or one click mends for all at once: they put no child in another group."""


class Group(StrEnum):
    """What a child on a list needs first."""

    FIRST = "first"
    """Something breaks: first a solution, then the move."""
    ARRANGE = "arrange"
    """Things to arrange before departure."""
    CALM = "calm"
    """Nothing breaks."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that breaks, asks for attention or goes well; without a severity it goes well."""

    topic: Topic
    about: str
    """The code of the rule that finds it, or of a Fact."""
    subject: str
    severity: Severity | None = None
    since: date | None = None
    due: date | None = None
    detail: Detail = field(default_factory=dict)

    @property
    def harm(self) -> int:
        """Return the points of harm; 0 for what goes well."""
        return 0 if self.severity is None else HARM[self.topic][2 - self.severity.weight]

    @property
    def order(self) -> tuple[int, str, str]:
        """Return the key that puts the most harmful first."""
        return -self.harm, self.about, self.subject


@dataclass(frozen=True, slots=True)
class Impact:
    """What one move does to one child, against the same day without it; each part worst first."""

    move: Intended
    day: date
    """The day of arrival: the planned day, or today when that has passed."""
    breaks: tuple[Item, ...] = ()
    attention: tuple[Item, ...] = ()
    good: tuple[Item, ...] = ()
    already: tuple[Item, ...] = ()
    """What is broken without this move too."""
    moves: int = 1
    """How many moves in twelve months, this one counted."""
    notice_days: int = 0
    on_school_day: bool = False
    gentler: date | None = None
    """A later day that is kinder to this child; None when there is no reason to wait."""

    @property
    def harm(self) -> int:
        """Return all points of harm together."""
        return sum(one.harm for one in (*self.breaks, *self.attention))

    @property
    def group(self) -> Group:
        """Return what this child needs first."""
        if any(one.topic not in OF_THE_DAY for one in self.breaks):
            return Group.FIRST
        to_arrange = (
            one.topic not in OF_THE_DAY and one.severity is Severity.WARNING
            for one in self.attention
        )
        return Group.ARRANGE if any(to_arrange) else Group.CALM

    def worst_of(self, topic: Topic) -> Item | None:
        """Return the worst item of a topic; good news, when nothing is wrong with it."""
        news = (one for one in self.good if one.about not in AS_EVER)
        every = (*self.breaks, *self.attention, *news)
        return next((one for one in every if one.topic is topic), None)


def worst_first(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return items in the order of harm."""
    return tuple(sorted(items, key=lambda one: one.order))
