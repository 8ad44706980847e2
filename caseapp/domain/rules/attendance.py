"""Rules about the days at school that a child misses: without leave, or without a school."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate

from caseapp.domain import calendar
from caseapp.domain.case import Case
from caseapp.domain.facts import Absence
from caseapp.domain.rules.rule import (
    Finding,
    Limits,
    OwnerGroup,
    Severity,
    Strand,
    hours,
    rule,
)
from caseapp.domain.school_weeks import latest_school_weeks, monday_of

Span = tuple[date, date]


@rule("SCH-3", "Unauthorised absence", Strand.SCHOOL, OwnerGroup.RECORD, tile=hours("hours"))
def absence_is_reported(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """Absence without leave that adds up in a few school weeks is reported, so that someone asks why."""
    missed, most = _unreported(child), limits["warning_hours"]
    if sum(one.hours for one in missed) < most or not child.compulsory_on(today):
        return
    weeks = latest_school_weeks(today, limits["school_weeks"], child.term_time.is_school_day)
    missed = [one for one in missed if monday_of(one.on) in weeks]
    counted = list(accumulate(one.hours for one in missed))
    # What was missed before these weeks counts no more, so it does not make this begin earlier.
    reached = [one.on for one, so_far in zip(missed, counted, strict=True) if so_far >= most]
    if reached:
        yield Finding(
            "SCH-3",
            "absence",
            Severity.WARNING,
            since=reached[0],
            due=calendar.working_days_after(reached[0], limits["report_within_wd"]),
            detail={"hours": int(counted[-1]), "weeks": limits["school_weeks"]},
        )


def _unreported(child: Case) -> list[Absence]:
    """Return the absence without leave, by day, that no report is about: it lies after the latest."""
    reported = child.absence_reports[-1].on if child.absence_reports else None
    return [
        one
        for one in child.absences
        if not one.authorised and (reported is None or one.on > reported)
    ]


@rule("SCH-4", "School days lost", Strand.SCHOOL, OwnerGroup.RECORD)
def school_days_are_not_lost(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A child without a school does not lose more than about a month of school days in a year."""
    if child.attending or child.lodged is None or not child.compulsory_on(today):
        return
    opens = calendar.plus_days(today, 1 - limits["window_days"])
    spans = list(_without_school(child, max(opens, child.lodged, child.compulsory_from)))
    lost = sum(child.term_time.school_days(*span) for span in spans)
    over, critical = limits["warning_over_school_days"], limits["critical_over_school_days"]
    if lost <= over:
        return
    grave = lost > critical
    yield Finding(
        "SCH-4",
        "lost-days",
        Severity.CRITICAL if grave else Severity.WARNING,
        since=_nth_day(child, spans, over + 1),
        detail={"over": critical if grave else over},
    )


def _without_school(child: Case, first: date) -> Iterator[Span]:
    """Yield first and last day of each stretch until today without attendance or exemption."""
    free_from = first
    for start, end in sorted(_held(child)):
        if start > free_from:
            yield free_from, calendar.plus_days(start, -1)
        free_from = max(free_from, end)
    if free_from <= child.today:
        yield free_from, child.today


def _held(child: Case) -> Iterator[Span]:
    """Yield the periods of attendance or exemption that began, with the day on which each ends."""
    for record in (*child.attended, *child.exempt):
        start, end = record.attending_from, record.end or date.max
        if start is not None and start <= child.today and start < end:
            yield start, end


def _nth_day(child: Case, spans: Iterable[Span], number: int) -> date:
    """Return the n-th school day of some stretches that hold as many."""
    for first, last in spans:
        within = child.term_time.school_days(first, last)
        if number <= within:
            return child.term_time.nth_school_day(first, number)
        number -= within
    raise ValueError(number)
