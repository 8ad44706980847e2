"""What one move does to one child: the rules with it, held against the same days without it."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from caseapp.domain import calendar
from caseapp.domain.case import Case
from caseapp.domain.facts import Dossier
from caseapp.domain.impact import worlds
from caseapp.domain.impact.around import appointments, gentler_day, goes_well
from caseapp.domain.impact.items import Fact, Impact, Item, worst_first
from caseapp.domain.impact.looks import Difference, When, difference, items, topic_of
from caseapp.domain.impact.worlds import Intended
from caseapp.domain.limits import LimitBook
from caseapp.domain.rules.rule import Severity

FORTNIGHT: Final = 14
YEAR: Final = 365


def impact_of(dossier: Dossier, move: Intended, today: date, limits: LimitBook) -> Impact:
    """Return what a move does to a child, held against the same days without it.

    A move whose planned day has passed is looked at as if it were done today.
    """
    day = max(move.on, today)
    without = worlds.unmoved(dossier, move)
    came_true = worlds.lived_on(without, today, day)
    moved = worlds.arrived(worlds.lived_on(dossier, today, day), move, day)
    now, before, after = Case(without, today), Case(came_true, day), Case(moved, day)
    found = [
        difference(Case(worlds.planned(dossier, move), today), now, When.PLANNED, limits),
        difference(after, before, When.ARRIVAL, limits),
        *_later(moved, came_true, after, limits),
    ]
    booked = appointments(after)
    hurt = [*items(tuple(f for one in found for f in one.worse)), *booked]
    return Impact(
        move=move,
        day=day,
        breaks=worst_first(one for one in hurt if one.severity is Severity.CRITICAL),
        attention=worst_first(one for one in hurt if one.severity is not Severity.CRITICAL),
        good=(*_mended(found), *goes_well(before, after, move)),
        already=worst_first(items(tuple(f for one in found for f in one.already))),
        moves=sum(one.day > calendar.plus_days(day, -YEAR) for one in after.moves),
        notice_days=(day - move.announced_on).days,
        on_school_day=now.compulsory_on(day) and now.term_time.is_school_day(day),
        gentler=gentler_day(now, move, day, booked),
    )


def _later(
    moved: Dossier, unmoved: Dossier, after: Case, limits: LimitBook
) -> Iterator[Difference]:
    """Yield what shows only some days after the move; rules that cannot speak of this child are not asked."""
    day = after.today
    if after.alone:
        fortnight = calendar.plus_days(day, FORTNIGHT)
        pair = Case(moved, fortnight), Case(unmoved, fortnight)
        yield difference(*pair, When.FORTNIGHT, limits)
    if after.compulsory_on(day):
        numbers = limits.on(day, after.lodged)["SCH-2"]
        missed = after.term_time.nth_school_day(day, numbers["warning_school_days"])
        yield difference(Case(moved, missed), Case(unmoved, missed), When.SCHOOL, limits)


def _mended(found: list[Difference]) -> Iterator[Item]:
    for one in found:
        for finding in one.mended:
            yield Item(topic_of(finding.rule), Fact.MENDED, finding.rule, detail=finding.detail)
