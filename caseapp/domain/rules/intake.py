"""Rules about the first weeks: somebody looks at the health and the needs of every child."""

from collections.abc import Iterator
from datetime import date

from caseapp.domain import calendar
from caseapp.domain.care_codes import CareKind
from caseapp.domain.case import Case
from caseapp.domain.rules.rule import Finding, Limits, OwnerGroup, Severity, Strand, rule


def _started(child: Case, kind: CareKind) -> bool:
    return any(line.kind is kind and line.started_on is not None for line in child.care)


@rule("CAR-5", "Medical intake missing", Strand.CARE, OwnerGroup.RECORD)
def health_is_looked_at_on_arrival(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A child has a medical intake in the first days after it arrived."""
    arrived = child.first_arrival
    if arrived is None or _started(child, CareKind.GZA_INTAKE):
        return
    since = calendar.plus_days(arrived, limits["warning_days"])
    if today < since:
        return
    grave = calendar.plus_days(arrived, limits["critical_days"])
    severity = Severity.CRITICAL if today >= grave else Severity.WARNING
    yield Finding("CAR-5", "medical-intake", severity, since, since, {"arrived_on": arrived})


@rule("CAR-6", "Youth health intake missing", Strand.CARE, OwnerGroup.RECORD)
def youth_health_care_begins(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A minor is seen by youth health care in the first weeks, a small child sooner."""
    arrived = child.first_arrival
    if arrived is None or not child.minor or _started(child, CareKind.JGZ):
        return
    small = arrived < child.birthday(limits["small_under_years"]).last
    days = limits["small_after_days"] if small else limits["after_days"]
    since = calendar.plus_days(arrived, days)
    if today >= since:
        detail = {"arrived_on": arrived}
        yield Finding("CAR-6", "jgz-intake", Severity.WARNING, since, since, detail)


@rule("CAR-7", "Special needs not assessed", Strand.CARE, OwnerGroup.RECORD)
def special_needs_are_assessed(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """Somebody looks within a month whether a minor that asked for asylum has special needs."""
    if child.lodged is None or not child.minor or child.needs_assessed is not None:
        return
    since = calendar.plus_days(child.lodged, limits["after_days"])
    if today >= since:
        yield Finding("CAR-7", "special-needs", Severity.WARNING, since, since)
