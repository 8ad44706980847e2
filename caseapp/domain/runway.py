"""The road to 16, 18, 21 and 23: what is decided at each birthday, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from caseapp.domain import calendar
from caseapp.domain.calendar import DayRange, covers
from caseapp.domain.care_codes import Regime
from caseapp.domain.case import Case

AGES: Final = (16, 18, 21, 23)
PLAN_FROM_MONTHS: Final = 6
"""The plan for 18 is missed from half a year after birthday 16 (AGE-1)."""


class Standing(StrEnum):
    """How it stands with what has to be decided at a birthday."""

    DECIDED = "decided"
    DECLINED = "declined"
    MISSING = "missing"
    LATER = "later"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One birthday on the road: when it is, and how it stands with what belongs to it.

    At 16 that is the plan for 18, at 18 the support after it, at 21 the support that goes on, at 23 the end.
    """

    age: int
    days: DayRange
    standing: Standing
    on: date | None = None
    """The day of the plan, or on which support was declined."""
    regimes: tuple[Regime, ...] = ()


def milestones(
    child: Case, limits: Mapping[str, Mapping[str, int]]
) -> tuple[Milestone, Milestone, Milestone, Milestone]:
    """Return the four birthdays with how each stands; `limits` are the numbers of the rules on this day."""
    return (
        _plan(child),
        _support_at_18(child, limits["AGE-2"]),
        _support_at_21(child, limits["AGE-4"]["ahead_days"]),
        _end(child),
    )


def _plan(child: Case) -> Milestone:
    days = child.birthday(16)
    planned = child.child.transition_plan_on
    if planned is not None and planned <= child.today:
        return Milestone(16, days, Standing.DECIDED, planned)
    if not child.minor:
        return Milestone(16, days, Standing.PASSED)
    missed = child.today >= calendar.plus_months(days.first, PLAN_FROM_MONTHS)
    return Milestone(16, days, Standing.MISSING if missed else Standing.LATER)


def _support_at_18(child: Case, limits: Mapping[str, int]) -> Milestone:
    days = child.adulthood
    if child.minor:
        opens = calendar.plus_days(days.first, -limits["ahead_days"])
        found = tuple(one.regime for one in child.all_support if one.start >= opens)
    else:
        found = tuple(
            one.regime for one in child.support if covers(one.start, child.end_of(one), child.today)
        )
    if found:
        return Milestone(18, days, Standing.DECIDED, regimes=found)
    declined = child.support_declined
    if declined and declined > calendar.plus_days(child.today, -limits["declined_days"]):
        return Milestone(18, days, Standing.DECLINED, declined)
    opens = calendar.plus_months(
        child.birthday(limits["from_age_years"]).first, limits["from_age_months"]
    )
    return Milestone(18, days, Standing.MISSING if child.today >= opens else Standing.LATER)


def _support_at_21(child: Case, ahead: int) -> Milestone:
    """Say what goes on after 21: support that covers the last day on which that birthday can be."""
    days = child.birthday(21)
    day = max(days.last, child.today)
    found = tuple(
        one.regime for one in child.all_support if covers(one.start, child.end_of(one), day)
    )
    if found:
        return Milestone(21, days, Standing.DECIDED, regimes=found)
    is_near = child.today >= calendar.plus_days(days.first, -ahead)
    return Milestone(21, days, Standing.MISSING if is_near else Standing.LATER)


def _end(child: Case) -> Milestone:
    is_over = child.today >= child.followed_until
    return Milestone(23, child.birthday(23), Standing.PASSED if is_over else Standing.LATER)
