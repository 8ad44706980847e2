"""Rules about growing up: support after 18 is decided, goes on, and nobody is lost from sight."""

from collections.abc import Iterator
from datetime import date

from caseapp.domain import calendar
from caseapp.domain.calendar import covers
from caseapp.domain.case import Case
from caseapp.domain.facts import Support
from caseapp.domain.rules.rule import (
    Finding,
    Limits,
    OwnerGroup,
    Severity,
    Strand,
    day_to_come,
    days_from,
    rule,
)


def _declined_lately(child: Case, today: date, days: int) -> bool:
    declined = child.support_declined
    return declined is not None and declined > calendar.plus_days(today, -days)


@rule(
    "AGE-1",
    "No plan for 18",
    Strand.GROWING_UP,
    OwnerGroup.GUARDIANSHIP,
    from_birthday=True,
)
def children_alone_have_a_plan_for_18(
    child: Case, today: date, limits: Limits
) -> Iterator[Finding]:
    """A child that came alone has a plan for 18, made with the child, from the age of 16.5."""
    if not child.alone or child.transition_plan is not None:
        return
    since = calendar.plus_months(
        child.birthday(limits["from_age_years"]).first, limits["from_age_months"]
    )
    if today < since:
        return
    grave = calendar.plus_months(
        child.birthday(limits["critical_age_years"]).first, limits["critical_age_months"]
    )
    severity = Severity.NOTICE
    if today >= child.birthday(limits["warning_age_years"]).first:
        severity = Severity.WARNING
    if today >= grave:
        severity = Severity.CRITICAL
    exact = child.adulthood.first == child.adulthood.last
    detail = {"adult_on": child.adulthood.first} if exact else {}
    yield Finding("AGE-1", "transition-plan", severity, since, child.adulthood.first, detail)


@rule(
    "AGE-2",
    "Support after 18 not decided",
    Strand.GROWING_UP,
    OwnerGroup.GUARDIANSHIP,
    from_birthday=True,
    tile=day_to_come,
)
def support_is_decided_before_18(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A child that came alone knows half a year before 18 which support comes after it."""
    if not child.alone or _declined_lately(child, today, limits["declined_days"]):
        return
    years, months = limits["from_age_years"], limits["from_age_months"]
    since = calendar.plus_months(child.birthday(years).first, months)
    adult_on = child.adulthood.first
    earliest = calendar.plus_days(adult_on, -limits["ahead_days"])
    if today < since or any(support.start >= earliest for support in child.all_support):
        return
    yield Finding("AGE-2", "support-choice", Severity.WARNING, since, adult_on)


@rule(
    "AGE-3",
    "No support after 18",
    Strand.GROWING_UP,
    OwnerGroup.GUARDIANSHIP,
    from_birthday=True,
)
def support_goes_on_after_18(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """Who came alone has support until 23, unless they declined it in the last half year."""
    if not child.child.unaccompanied or child.minor:
        return
    if any(covers(one.start, child.end_of(one), today) for one in child.support):
        return
    if _declined_lately(child, today, limits["declined_days"]):
        return
    since = child.adulthood.last
    ends = [end for one in child.support if (end := child.end_of(one)) is not None]
    detail = {"ended_on": max(ends)} if ends else {}
    if child.support_declined is not None:
        ends.append(calendar.plus_days(child.support_declined, limits["declined_days"]))
        detail["declined_on"] = child.support_declined
    yield Finding("AGE-3", "support", Severity.CRITICAL, max((since, *ends)), detail=detail)


@rule(
    "AGE-4",
    "Support ends soon",
    Strand.GROWING_UP,
    OwnerGroup.GUARDIANSHIP,
    from_birthday=True,
    tile=day_to_come,
)
def support_is_followed_by_support(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """Before support ends, before 23, other support has been found that goes on after it."""
    for support in child.support:
        end = child.end_of(support)
        if end is None or not covers(support.start, end, today) or end >= child.followed_until:
            continue
        opens = calendar.plus_days(end, -limits["ahead_days"])
        if today < opens or _goes_on_after(child, end):
            continue
        grave = calendar.plus_days(end, -limits["critical_days"])
        yield Finding(
            "AGE-4",
            support.id,
            Severity.CRITICAL if today >= grave else Severity.WARNING,
            since=max(opens, support.start),
            due=end,
            detail={"regime": support.regime.value},
        )


def _goes_on_after(child: Case, day: date) -> bool:
    return any(_outlasts(child, support, day) for support in child.all_support)


def _outlasts(child: Case, support: Support, day: date) -> bool:
    end = child.end_of(support)
    return support.start <= day and (end is None or end > day)


@rule(
    "AFT-1",
    "Young adult out of sight",
    Strand.GROWING_UP,
    OwnerGroup.GUARDIANSHIP,
    from_birthday=True,
    tile=days_from("counted_from"),
)
def young_adults_are_not_lost(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """Somebody is in touch with a young adult at least every three months, until 23."""
    if child.minor or not (child.child.unaccompanied or child.support):
        return
    contacts = [one.on for one in child.contacts] + [one.on for one in child.observations]
    counted_from = max((child.adulthood.last, *contacts))
    since = calendar.plus_days(counted_from, limits["warning_days"])
    if today < since:
        return
    grave = calendar.plus_days(counted_from, limits["critical_days"])
    yield Finding(
        "AFT-1",
        "aftercare-contact",
        Severity.CRITICAL if today >= grave else Severity.WARNING,
        since=since,
        due=since,
        detail={"counted_from": counted_from}
        | ({"last_contact": max(contacts)} if contacts else {}),
    )
