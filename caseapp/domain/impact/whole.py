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
from caseapp.domain.rules.rule import Finding, Severity

FORTNIGHT: Final = 14
YEAR: Final = 365


def impact_of(dossier: Dossier, move: Intended, today: date, limits: LimitBook) -> Impact:
    """Return what a move does to a child, held against the same days without it.

    A move whose planned day has passed is looked at as if it were done today.
    """
    day = max(move.on, today)
    found = _differences(dossier, move, today, day, limits)
    after = Case(worlds.arrived(dossier, move, day), day)
    now = Case(dossier, today)
    booked = appointments(after)
    hurt = [*items(_worse(found)), *booked]
    on_school_day = now.compulsory_on(day) and now.term_time.is_school_day(day)
    return Impact(
        move=move,
        day=day,
        breaks=worst_first(one for one in hurt if one.severity is Severity.CRITICAL),
        attention=worst_first(one for one in hurt if one.severity is not Severity.CRITICAL),
        good=(*_mended(found), *goes_well(Case(dossier, day), after, move)),
        already=worst_first(items(tuple(f for one in found for f in one.already))),
        moves=sum(one.day > calendar.plus_days(day, -YEAR) for one in after.moves),
        notice_days=(day - move.announced_on).days,
        on_school_day=on_school_day,
        gentler=gentler_day(now, move, day, booked),
    )


def _differences(
    dossier: Dossier, move: Intended, today: date, day: date, limits: LimitBook
) -> list[Difference]:
    without = worlds.unmoved(dossier, move)
    before = worlds.lived_on(without, today, day)
    after = worlds.arrived(worlds.lived_on(dossier, today, day), move, day)
    found = [difference(worlds.planned(dossier, move), without, When.PLANNED, today, limits)]
    for when, on in _days(after, day, limits):
        found.append(difference(after, before, when, on, limits))
    return found


def _days(after: Dossier, day: date, limits: LimitBook) -> Iterator[tuple[When, date]]:
    """Yield on which day the rules are asked; those that cannot speak of this child are left out."""
    child = Case(after, day)
    yield When.ARRIVAL, day
    if child.alone:
        yield When.FORTNIGHT, calendar.plus_days(day, FORTNIGHT)
    if child.compulsory_on(day):
        numbers = limits.on(day, child.lodged)["SCH-2"]
        yield When.SCHOOL, child.term_time.nth_school_day(day, numbers["warning_school_days"])


def _worse(found: list[Difference]) -> tuple[Finding, ...]:
    return tuple(finding for one in found for finding in one.worse)


def _mended(found: list[Difference]) -> Iterator[Item]:
    for one in found:
        for finding in one.mended:
            yield Item(topic_of(finding.rule), Fact.MENDED, finding.rule, detail=finding.detail)
