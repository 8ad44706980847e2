"""Rules about where a child that came alone lives: a family, a small group, not long in between."""

from collections.abc import Iterator
from datetime import date

from caseapp.domain import calendar
from caseapp.domain.case import COA, EMERGENCY, Case
from caseapp.domain.codes import PlacementKind
from caseapp.domain.rules.rule import Finding, Limits, OwnerGroup, Severity, Strand, rule


@rule("AMV-1", "Too young for this place", Strand.ALONE, OwnerGroup.PLACEMENT)
def young_children_live_in_families(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A child under 15 that came alone lives in a family: under 13 at once, at 13 or 14 soon."""
    here = child.current
    if not child.alone or here is None or here.kind not in COA or child.child.kindgezin:
        return
    began = child.run(lambda one: one.kind in COA)[0].start
    if today < child.birthday(limits["at_once_under_years"]).last:
        yield Finding("AMV-1", here.id, Severity.CRITICAL, since=began)
        return
    since = calendar.plus_days(began, limits["after_days"])
    if since <= today < child.birthday(limits["soon_under_years"]).last:
        yield Finding("AMV-1", here.id, Severity.WARNING, since=since)


@rule("AMV-2", "Too long in process reception", Strand.ALONE, OwnerGroup.PLACEMENT)
def process_reception_stays_short(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A child that came alone goes on from process reception within seven weeks."""
    here = child.current
    if not child.alone or here is None or here.kind is not PlacementKind.POA:
        return
    began = child.run(lambda one: one.kind is PlacementKind.POA)[0].start
    since, due = (
        calendar.plus_days(began, limits[name]) for name in ("warning_days", "critical_days")
    )
    if today >= since:
        severity = Severity.CRITICAL if today >= due else Severity.WARNING
        yield Finding("AMV-2", here.id, severity, since, due)


@rule("AMV-3", "Group too large", Strand.ALONE, OwnerGroup.PLACEMENT)
def groups_stay_small(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A child that came alone lives in a group that is not larger than such a place may hold."""
    here = child.current
    if not child.alone or here is None or here.group_size is None:
        return
    if here.kind is PlacementKind.POA or here.kind in EMERGENCY:
        most = limits["poa_or_emergency_children"]
    elif here.kind.startswith("KWV"):
        most = limits["kwv_children"]
    elif here.kind is PlacementKind.NIDOS_KWG:
        most = limits["nidos_kwg_children"]
    else:
        return
    if here.group_size > most:
        detail = {"group": here.group_size, "most": most}
        yield Finding("AMV-3", here.id, Severity.WARNING, since=here.start, detail=detail)
