"""Rules about the guardian of a child that came alone."""

from collections.abc import Iterator
from datetime import date

from caseapp.domain import calendar
from caseapp.domain.calendar import covers
from caseapp.domain.care_codes import ContactBy, ContactMode
from caseapp.domain.case import Case
from caseapp.domain.rules.rule import (
    Detail,
    Finding,
    Limits,
    OwnerGroup,
    Severity,
    Strand,
    days_from,
    rule,
)


def _has_guardian(child: Case) -> bool:
    return any(covers(one.start, one.end, child.today) for one in child.guardianship)


@rule("GUA-1", "No guardian", Strand.GUARDIANSHIP, OwnerGroup.NO_GUARDIAN)
def children_alone_have_a_guardian(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A child that came alone has a guardian, from the day after the application was lodged."""
    if not child.alone or _has_guardian(child):
        return
    if ends := [one.end for one in child.guardianship if one.end is not None]:
        gone = max(ends)
        detail: Detail = {"ended_on": gone}
        yield Finding("GUA-1", "guardian", Severity.CRITICAL, gone, gone, detail)
        return
    if child.lodged is None:
        return
    since = calendar.plus_days(child.lodged, limits["after_days"])
    due = calendar.working_days_after(child.lodged, limits["critical_wd"])
    if today >= since:
        severity = Severity.CRITICAL if today >= due else Severity.WARNING
        yield Finding("GUA-1", "guardian", severity, since, due, {"lodged_on": child.lodged})


@rule(
    "GUA-2",
    "Guardian has not seen the child",
    Strand.GUARDIANSHIP,
    OwnerGroup.GUARDIANSHIP,
    tile=days_from("counted_from"),
)
def guardians_see_the_child(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """The guardian sees the child face to face, at least about once a month."""
    if not child.alone or not _has_guardian(child):
        return
    first = child.guardianship[0].start
    seen = [
        contact.on
        for contact in child.contacts
        if contact.by is ContactBy.GUARDIAN
        and contact.mode is ContactMode.FACE_TO_FACE
        and contact.on >= first
    ]
    last = max(seen, default=first)
    since = calendar.plus_days(last, limits["warning_days"])
    if today < since:
        return
    grave = calendar.plus_days(last, limits["critical_days"])
    yield Finding(
        "GUA-2",
        "guardian-contact",
        Severity.CRITICAL if today >= grave else Severity.WARNING,
        since=since,
        due=since,
        detail={"counted_from": last} | ({"last_seen": last} if seen else {}),
    )


@rule("GUA-3", "No plan, or an old plan", Strand.GUARDIANSHIP, OwnerGroup.GUARDIANSHIP)
def guardians_keep_a_plan(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """The guardian makes a plan in the first weeks, and looks at it again every half year."""
    if not child.alone or not _has_guardian(child):
        return
    first = child.guardianship[0].start
    detail: Detail
    if child.plans:
        since = calendar.plus_days(child.plans[-1].on, limits["again_days"])
        detail = {"planned_on": child.plans[-1].on}
    else:
        since = calendar.plus_days(first, limits["first_days"])
        detail = {"guardian_since": first}
    if today >= since:
        yield Finding("GUA-3", "plan", Severity.WARNING, since, since, detail)


@rule("GUA-4", "Guardian changed around a move", Strand.GUARDIANSHIP, OwnerGroup.GUARDIANSHIP)
def guardians_do_not_change_with_the_place(
    child: Case, today: date, limits: Limits
) -> Iterator[Finding]:
    """A child does not lose its guardian and its place at the same time without notice of it."""
    if not child.alone or not child.moves:
        return
    move = child.moves[-1]
    for guarded in child.guardianship[1:]:
        since = max(guarded.start, move.day)
        apart = (since - min(guarded.start, move.day)).days
        if apart <= limits["apart_days"] and today < calendar.plus_days(since, limits["for_days"]):
            yield Finding(
                "GUA-4",
                guarded.id,
                Severity.NOTICE,
                since=since,
                detail={
                    "guardian_since": guarded.start,
                    "moved_on": move.day,
                    "from_location": move.left.location,
                },
            )
