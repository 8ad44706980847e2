"""What a move does, in a few words: the groups and columns of a list, and the marks in its cells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from caseapp.domain.care_codes import CareKind
from caseapp.domain.impact import Fact, Group, Item, Topic
from caseapp.web.filters import day_short
from caseapp.web.i18n import Words
from caseapp.web.sentences import TELLINGS

GROUPS: Final[Mapping[Group, Words]] = {
    Group.FIRST: _l("First a solution"),
    Group.ARRANGE: _l("Arrange before departure"),
    Group.CALM: _l("Nothing breaks"),
}

TOPICS: Final[Mapping[Topic, Words]] = {
    Topic.CARE: _l("Care"),
    Topic.MEDICINE: _l("Medicine"),
    Topic.WAITING: _l("Waiting list"),
    Topic.SCHOOL: _l("School"),
    Topic.FAMILY: _l("Siblings"),
    Topic.APPOINTMENT: _l("Appointment"),
    Topic.MOVES: _l("Moves again"),
    Topic.PLACE: _l("Place"),
    Topic.GUARDIAN: _l("Guardian"),
    Topic.DAY: _l("Day"),
    Topic.HANDOVER: _l("Handover"),
}

CARE_SHORT: Final[Mapping[CareKind, Words]] = {
    CareKind.GZA_INTAKE: _l("intake"),
    CareKind.GZA: _l("GP (GZA)"),
    CareKind.JGZ: _l("JGZ"),
    CareKind.GGZ: _l("therapy"),
    CareKind.JEUGDHULP: _l("youth help"),
    CareKind.SPECIALIST: _l("hospital"),
    CareKind.PARAMEDIC: _l("physio, speech"),
    CareKind.DENTAL: _l("dentist"),
    CareKind.OTHER: _l("care"),
}
"""As a mark in a narrow cell; never more than the kind."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What a mark is made of."""

    item: Item
    today: date

    @property
    def care(self) -> Words:
        """Return the kind of care, short."""
        return CARE_SHORT[CareKind(str(self.item.detail.get("care", CareKind.OTHER)))]

    @property
    def day(self) -> str:
        """Return the day of the item, short."""
        return day_short(self.item.due or self.today, self.today)

    @property
    def times(self) -> int:
        """Return the moves of 12 months: done, this one, and what else is planned."""
        counts = (self.item.detail.get(key, 0) for key in ("moves", "planned"))
        return sum(count for count in counts if isinstance(count, int))


def mark(item: Item, today: date) -> Words:
    """Return the few words of an item in the matrix of a list."""
    short = _MARKS.get(item.about)
    if short is not None:
        return short(Marked(item, today))
    return TELLINGS[item.about].short if item.about in TELLINGS else TOPICS[item.topic]


_MARKS: Final[Mapping[str, Callable[[Marked], Words]]] = {
    "CAR-1": lambda a: _("%(care)s stops", care=a.care),
    "CAR-3": lambda a: a.care,
    "CAR-4": lambda a: _("until %(day)s", day=a.day),
    "SCH-2": lambda _a: _("no place"),
    "PLA-2": lambda a: ngettext("%(num)s time", "%(num)s times", a.times),
    "PLA-5": lambda _a: _("apart"),
    Fact.APPOINTMENT: lambda a: a.day,
    Fact.SCHOOL_STAYS: lambda _a: _("stays"),
    Fact.SCHOOL_PLACE: lambda a: _("place %(day)s", day=a.day),
    Fact.FAMILY_ALONG: lambda _a: _("together"),
    Fact.FAMILY_THERE: lambda _a: _("together"),
    Fact.MENDED: lambda _a: _("gets well"),
}
"""A few words for a cell; any other has its short name."""
