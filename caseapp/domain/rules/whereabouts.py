"""Rules about a child that is missing: it is looked for, and the police know."""

from collections.abc import Iterator
from datetime import date

from caseapp.domain import calendar
from caseapp.domain.calendar import covers
from caseapp.domain.case import Case
from caseapp.domain.codes import WhereaboutsState
from caseapp.domain.facts import Whereabouts
from caseapp.domain.rules.rule import (
    Detail,
    Finding,
    Limits,
    OwnerGroup,
    Severity,
    Strand,
    rule,
)


def _missing(child: Case) -> Iterator[Whereabouts]:
    for where in child.whereabouts:
        if where.state is WhereaboutsState.MISSING and covers(where.start, where.end, child.today):
            yield where


@rule("SAF-1", "Child is missing", Strand.WHEREABOUTS, OwnerGroup.WHEREABOUTS)
def missing_children_are_looked_for(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A child that is missing is looked for every day, until it is found."""
    for where in _missing(child):
        detail: Detail = {"missing_since": where.start}
        if where.police_report_on is not None:
            detail = {**detail, "reported_on": where.police_report_on}
        yield Finding("SAF-1", where.id, Severity.CRITICAL, where.start, where.start, detail)


@rule("SAF-2", "Missing and not reported", Strand.WHEREABOUTS, OwnerGroup.WHEREABOUTS)
def missing_children_are_reported(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """The police know within a day that a child is missing, at once when it came alone."""
    days = limits["alone_after_days"] if child.alone else limits["after_days"]
    for where in _missing(child):
        since = calendar.plus_days(where.start, days)
        if where.police_report_on is None and today >= since:
            detail: Detail = {"missing_since": where.start}
            yield Finding("SAF-2", where.id, Severity.CRITICAL, since, since, detail)
