"""Rules about school: a place in time, and again after a move."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from caseapp.domain import calendar
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
