"""Rules about school: a place in time, again after a move, and one that leads on."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from caseapp.domain import calendar
from caseapp.domain.calendar import covers
from caseapp.domain.care_codes import SchoolType
from caseapp.domain.case import Case, Move
from caseapp.domain.rules.rule import (
    Finding,
    Limits,
    OwnerGroup,
    Severity,
    Strand,
    day_to_come,
    rule,
)

_PERCENT: Final = 100
_TEMPORARY: Final = frozenset({SchoolType.TNV_TOV, SchoolType.ON_LOCATION})


@rule(
    "SCH-1",
    "No school yet",
    Strand.SCHOOL,
    OwnerGroup.RECORD,
    from_birthday=True,
    tile=day_to_come,
)
def children_get_a_school(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A child of compulsory age attends school within the months that the law gives."""
    if child.lodged is None or child.attended or not child.compulsory_on(today):
        return
    start = max(child.lodged, child.compulsory_from)
    end = calendar.plus_months(start, limits["school_within_months"])
    notice, warning = (
        calendar.plus_days(start, _share((end - start).days, limits[name]))
        for name in ("notice_percent", "warning_percent")
    )
    if today < notice:
        return
    severity = Severity.NOTICE if today < warning else Severity.WARNING
    if today >= end:
        severity = Severity.CRITICAL
    yield Finding("SCH-1", "school-access", severity, since=notice, due=end)


def _share(days: int, percent: int) -> int:
    """Return a share of a number of days, rounded up."""
    return -(-days * percent // _PERCENT)


@rule("SCH-2", "No school after the move", Strand.SCHOOL, OwnerGroup.INTERRUPTION)
def school_follows_the_child(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A child that went to school goes to school where it lives, soon after a move."""
    move = child.move_that_led_here
    if move is None or not child.attended or not child.compulsory_on(today):
        return
    if _goes_on(child, move):
        return
    missed = child.term_time.school_days(move.day, today)
    if missed < limits["warning_school_days"]:
        return
    critical = limits["critical_school_days"]
    yield Finding(
        "SCH-2",
        move.placement.id,
        Severity.CRITICAL if missed >= critical else Severity.WARNING,
        since=move.day,
        due=child.term_time.nth_school_day(move.day, critical),
        detail={
            "from_location": move.left.location,
            "to_location": move.placement.location,
            "region": child.term_time.region_on(today).value,
        },
    )


def _goes_on(child: Case, move: Move) -> bool:
    """Say whether the child attends a school near, new, or kept since the move."""
    here = child.current.municipality if child.current else None
    return any(
        record.municipality == here
        or (record.attending_from is not None and record.attending_from >= move.day)
        or (record.kept_after_move_on is not None and record.kept_after_move_on >= move.day)
        for record in child.attending
    )


@rule("SCH-5", "Temporary schooling too long", Strand.SCHOOL, OwnerGroup.RECORD)
def temporary_schooling_ends(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A child goes on from temporary schooling, or from schooling on location, within half a year."""
    if not child.attending or not child.compulsory_on(today):
        return
    began: date | None = None
    for record in child.attended:
        if record.type not in _TEMPORARY or record.attending_from is None:
            began = None
            continue
        began = began or record.attending_from
        since = calendar.plus_months(began, limits["after_months"])
        if covers(record.attending_from, record.end, today) and today >= since:
            detail = {"counted_from": began}
            yield Finding("SCH-5", record.id, Severity.WARNING, since, detail=detail)


@rule("SCH-6", "Stuck in the transition class", Strand.SCHOOL, OwnerGroup.RECORD)
def transition_classes_lead_on(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A child in the transition class has a plan for what comes next in time, and then goes there."""
    attending = [record for record in child.attending if record.type is SchoolType.VO_ISK]
    if not attending or not child.compulsory_on(today):
        return
    records = [record for record in child.school if record.type is SchoolType.VO_ISK]
    began = min(record.attending_from for record in records if record.attending_from is not None)
    plans = [record.outflow_plan_on for record in records if record.outflow_plan_on is not None]
    grave = calendar.plus_months(began, limits["critical_months"])
    since = grave if plans else calendar.plus_months(began, limits["no_plan_months"])
    if today < since:
        return
    severity = Severity.CRITICAL if today >= grave else Severity.WARNING
    detail = {"counted_from": began} | ({"planned_on": max(plans)} if plans else {})
    for record in attending:
        yield Finding("SCH-6", record.id, severity, since, detail=detail)


@rule(
    "SCH-7",
    "School place in sight",
    Strand.SCHOOL,
    OwnerGroup.RECORD,
    from_birthday=True,
    tile=day_to_come,
)
def a_school_is_found_ahead(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A school has been found, or a place on its waiting list, before a child must go to school."""
    due = child.compulsory_from
    since = calendar.plus_days(due, -limits["ahead_days"])
    if not since <= today < due:
        return
    schools = (record for record in child.school if record.type is not SchoolType.VVE)
    if all(record.end is not None and record.end <= today for record in schools):
        yield Finding("SCH-7", "school-soon", Severity.NOTICE, since, due)
