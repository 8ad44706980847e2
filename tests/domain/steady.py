"""`since` stays while the condition does: what may move it, and a look at each day of some years.

The first day of a condition can only become another one when the condition does. Between two days
that follow each other that is when

- a day of the document is one of them, in a list that the rule reads: a record, or something
  planned, counts or passes (the day itself, or the day after what was planned); or
- the child reaches an age that a rule looks at, on the first or the last day on which it can.

On all other days the same finding has the same `since`, however long it lasts. Three rules are left
out: their condition is about a window that slides with every day (PLA-2, SCH-3, SCH-4). OBS-3 and
TRF-1 also move, but only on days of the document, so they are looked at.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any, Final

from caseapp.domain import calendar
from caseapp.domain.continuity import assess
from caseapp.domain.document import parse
from caseapp.domain.facts import Birth
from tests.domain.made import LIMITS

SLIDING: Final = {"PLA-2", "SCH-3", "SCH-4"}
READS: Final[Mapping[str, str]] = {
    "AFT": "contacts observations support",
    "AGE": "consents support",
    "AMV": "placements",
    "CAR": "care placements transfers",
    "GUA": "contacts guardianship placements plans",
    "OBS": "contacts meetings observations placements",
    "PLA": "family_members placements transfers whereabouts",
    "SAF": "whereabouts",
    "SCH": "absence_reports absences placements school",
    "TRF": "placements responsible transfers",
}
"""By theme the lists that its rules read, besides the days of the child itself."""
AGES: Final = (4, 5, 12, 13, 15, 16, 17, 18, 21, 23)
DAY: Final = timedelta(days=1)

Days = frozenset[date]


def moved(
    document: Mapping[str, Any], first: date, count: int, look: Callable[..., Any] = assess
) -> Iterator[str]:
    """Yield each finding whose `since` became another day without a reason, over so many days."""
    told = parse(document)
    reasons = _reasons(document, told.child.birth)
    before: dict[tuple[str, str], date] = {}
    for number in range(count):
        today = first + number * DAY
        found = {one.identity: one.since for one in look(told, today, LIMITS)}
        for identity in found.keys() & before.keys():
            rule, was = identity[0], before[identity]
            if rule in SLIDING or found[identity] == was or today in reasons[rule[:3]]:
                continue
            yield f"{identity} since {was}, and on {today} since {found[identity]}"
        before = found


def _reasons(document: Mapping[str, Any], birth: Birth) -> Mapping[str, Days]:
    """Return by theme the days on which a condition may become another one."""
    always = _around([value for key, value in document["child"].items() if key != "birth"])
    always |= {day for age in AGES for day in calendar.birthdays(birth, age)}
    return {
        theme: frozenset(always.union(*(_around(document.get(name, [])) for name in lists.split())))
        for theme, lists in READS.items()
    }


def _around(part: object) -> set[date]:
    written = set(written_days(part))
    return written | {day + DAY for day in written if day < date.max}


def written_days(part: object) -> Iterator[date]:
    """Yield every day that stands anywhere in a part of a document."""
    if isinstance(part, Mapping | list):
        for one in part.values() if isinstance(part, Mapping) else part:
            yield from written_days(one)
    elif isinstance(part, str):
        with suppress(ValueError):
            yield date.fromisoformat(part)
