"""What rules do not say of a move: appointments at the old place, what goes well, and a gentler day."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from caseapp.domain import calendar
from caseapp.domain.calendar import covers
from caseapp.domain.case import Case, ended, running
from caseapp.domain.codes import Relation
from caseapp.domain.facts import FamilyMember, SchoolRecord
from caseapp.domain.impact.items import Fact, Item, Topic
from caseapp.domain.impact.worlds import Intended
from caseapp.domain.rules.rule import Severity

NOTICE_DAYS: Final = 14
"""Days that a child has to get ready, at the least (domain.md: short notice)."""
AHEAD: Final = 84
"""Days in which a gentler day is looked for: no two school holidays lie further apart."""
SMALL: Final = 20
"""A group of so many at most is small."""


def appointments(after: Case) -> list[Item]:
    """Return the appointments that lie after the move and were made at the old place: to be booked anew."""
    return [
        Item(
            Topic.APPOINTMENT,
            Fact.APPOINTMENT,
            line.id,
            Severity.WARNING if line.place_bound else Severity.NOTICE,
            due=line.next_contact_on,
            detail={"care": line.kind.value},
        )
        for line in after.care
        if line.next_contact_on is not None
        and line.next_contact_on >= after.today
        and not ended(line, after.today)
    ]


def goes_well(before: Case, after: Case, move: Intended) -> Iterator[Item]:
    """Yield what this move does not touch, or brings together; both cases are of the day of arrival."""
    yield from _care(after)
    yield from _school(after, move)
    yield from _family(before, after, move)
    yield from _guardian(after)
    size = move.to.group_size
    if after.alone and size is not None and size <= SMALL:
        yield Item(Topic.PLACE, Fact.SMALL_GROUP, "", detail={"size": size})
    noticed = (after.today - move.announced_on).days >= NOTICE_DAYS
    if noticed and not (
        after.compulsory_on(after.today) and before.term_time.is_school_day(after.today)
    ):
        yield Item(Topic.DAY, Fact.GOOD_DAY, "")


def _care(after: Case) -> Iterator[Item]:
    for line in after.care:
        if not line.place_bound and running(line, after.today):
            yield Item(Topic.CARE, Fact.CARE_GOES_ALONG, line.id, detail={"care": line.kind.value})


def _school(after: Case, move: Intended) -> Iterator[Item]:
    if not after.compulsory_on(after.today):
        return
    near = [one for one in after.school if one.municipality == move.to.municipality]
    if any(one in after.attending for one in near):
        yield Item(Topic.SCHOOL, Fact.SCHOOL_STAYS, "")
        return
    starts = sorted(filter(None, (_coming(one, after.today) for one in near)))
    if starts:
        yield Item(Topic.SCHOOL, Fact.SCHOOL_PLACE, "", due=starts[0])


def _coming(record: SchoolRecord, day: date) -> date | None:
    start = record.attending_from
    return start if start is not None and start >= day and record.end is None else None


def _family(before: Case, after: Case, move: Intended) -> Iterator[Item]:
    was = before.current.location if before.current else None
    for member in after.family:
        if member.relation is not Relation.SIBLING or member.location != move.to.location:
            continue
        about = {"name": member.name} if member.name else {}
        fact = Fact.FAMILY_ALONG if member.ref in move.along else Fact.FAMILY_THERE
        if fact is Fact.FAMILY_ALONG and not _together(before, member, was):
            fact = Fact.FAMILY_THERE
        yield Item(Topic.FAMILY, fact, member.ref, detail=about)


def _together(before: Case, member: FamilyMember, was: str | None) -> bool:
    """Say whether a member who moves along lives with the child now."""
    return any(one.ref == member.ref and one.location == was for one in before.family)


def _guardian(after: Case) -> Iterator[Item]:
    for one in after.guardianship:
        if covers(one.start, one.end, after.today) and after.minor:
            about = {"name": one.guardian} if one.guardian else {}
            yield Item(Topic.GUARDIAN, Fact.GUARDIAN_STAYS, one.id, detail=about)


def gentler_day(now: Case, move: Intended, day: date, booked: Sequence[Item]) -> date | None:
    """Return a later working day without school, with notice, after the appointments near it.

    None when the planned day is as good as any: no school day, announced in time, nothing booked near.
    """
    near = [one.due for one in booked if one.due and (one.due - day).days <= NOTICE_DAYS]
    earliest = max(
        day,
        calendar.plus_days(move.announced_on, NOTICE_DAYS),
        *(calendar.plus_days(due, 1) for due in near),
    )
    at_school = now.compulsory_on(day)
    if earliest == day and not (at_school and now.term_time.is_school_day(day)):
        return None
    days = (calendar.plus_days(earliest, ahead) for ahead in range(AHEAD))
    return next((one for one in days if _is_gentle(now, one, at_school=at_school)), None)


def _is_gentle(now: Case, day: date, *, at_school: bool) -> bool:
    if not calendar.is_working_day(day):
        return False
    return not at_school or not now.term_time.is_school_day(day)
