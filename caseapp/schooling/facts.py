"""School as the rules read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from caseapp.domain import calendar
from caseapp.domain import facts as domain
from caseapp.domain.codes import Region
from caseapp.domain.differences import known_until
from caseapp.domain.school_weeks import latest_school_weeks, monday_of
from caseapp.domain.states import SchoolState, school_state
from caseapp.kernel.bulk import opened
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.schooling import queries
from caseapp.schooling.models import (
    Absence,
    AbsenceFacts,
    AbsenceReport,
    SchoolFacts,
    SchoolRecord,
)


def gather(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return for each child its school records, absences and reports of absence; raises Unreadable."""
    found: dict[UUID, dict[str, Any]] = {
        child_id: {"school": (), "absences": (), "absence_reports": ()} for child_id in child_ids
    }
    for child_id, key, facts in opened(work, SchoolRecord, "facts", child_ids):
        found[child_id]["school"] += (record(key, facts),)
    for child_id, key, facts in opened(work, Absence, "facts", child_ids):
        if not facts.counts:
            continue
        missed = domain.Absence(str(key), facts.on, facts.hours, facts.authorised, facts.reason)
        found[child_id]["absences"] += (missed,)
    for child_id, key, facts in opened(work, AbsenceReport, "facts", child_ids):
        if facts.counts:
            report = domain.AbsenceReport(str(key), facts.on, facts.note)
            found[child_id]["absence_reports"] += (report,)
    return found


def record(key: UUID, facts: SchoolFacts) -> domain.SchoolRecord:
    """Return one school record as the rules read it."""
    return domain.SchoolRecord(
        id=str(key),
        type=facts.type,
        name=facts.name,
        brin=facts.brin,
        municipality=facts.municipality,
        waiting_list_since=facts.waiting_list_since,
        enrolled_on=facts.enrolled_on,
        attending_from=facts.attending_from,
        end=facts.to,
        hours_per_week=facts.hours_per_week,
        kept_after_move_on=facts.kept_after_move_on,
        outflow_plan_on=facts.outflow_plan_on,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the chapter: a record and how it stands, or the reference of one that does not open."""

    id: UUID
    record: domain.SchoolRecord | None
    state: SchoolState | None
    reference: str = ""


def first_day(record: domain.SchoolRecord | SchoolFacts) -> date | None:
    """Return the first day that is known of a record: waiting, enrolled or in class."""
    days = (record.waiting_list_since, record.enrolled_on, record.attending_from)
    return min(filter(None, days), default=None)


def history(work: Work, child_id: UUID, until_on: date | None = None) -> list[Entry]:
    """Return the school records of a child, the newest first; those that do not open stand on top.

    With `until_on` only what was known on that day: how it stood then, and nothing unreadable.
    """
    found: list[tuple[date, Entry]] = []
    for row in queries.records(work, child_id):
        facts = readable(row, "facts")
        if isinstance(facts, Unreadable):
            if until_on is None:
                found.append((date.max, Entry(row.id, None, None, facts.reference)))
            continue
        began = first_day(facts) or date.min
        if until_on is not None:
            if began > until_on:
                continue
            facts = known_until(facts, until_on)
        one = record(row.id, facts)
        found.append((began, Entry(row.id, one, school_state(one, until_on or work.today))))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0], reverse=True)]


WEEKS_SHOWN: Final = 8
"""At least; all that count for the alert are always shown."""


@dataclass(frozen=True, slots=True)
class Away:
    """One absence or report of the chapter; facts that do not open are the Unreadable in their place."""

    id: UUID
    facts: Any

    @property
    def unreadable(self) -> str:
        """Return the reference of facts that do not open, or nothing."""
        return self.facts.reference if isinstance(self.facts, Unreadable) else ""


@dataclass(frozen=True, slots=True)
class Week:
    """The hours away in one school week: with leave, without, and of these what counts for the alert."""

    monday: date
    with_leave: float
    without: float
    counted: float


@dataclass(frozen=True, slots=True)
class Absences:
    """What the chapter shows of absence: hours a school week, every absence and report, the newest first."""

    weeks: list[Week]
    missed: list[Away]
    reports: list[Away]
    weeks_counted: int
    """So many of the latest school weeks count for the alert (SCH-3)."""
    most_hours: int
    """From so many hours on the alert is there."""

    @property
    def counted(self) -> float:
        """Return the hours that count for the alert now."""
        return sum(week.counted for week in self.weeks)


def absences(work: Work, child_id: UUID, until_on: date | None = None) -> Absences:
    """Return what is known of absence, only up to a day when that is given; then nothing unreadable."""
    missed = _known(queries.absences(work, child_id), until_on)
    reports = _known(queries.reports(work, child_id), until_on)
    here = people.here(work, [child_id]).get(child_id)
    region = Region(here.region) if here and here.region else Region.MIDDEN
    today, limits = until_on or work.today, work.limits.on(work.today)["SCH-3"]
    counting = limits["school_weeks"]
    mondays = latest_school_weeks(
        today, max(WEEKS_SHOWN, counting), lambda day: calendar.is_school_day(day, region)
    )
    sure = [one.facts for one in missed if not one.unreadable and one.facts.counts]
    told = [one.facts.on for one in reports if not one.unreadable and one.facts.counts]
    after = max(told, default=date.min)
    weeks = [
        _week(monday, sure, after if number < counting else date.max)
        for number, monday in enumerate(mondays)
    ]
    return Absences(weeks, missed, reports, counting, limits["warning_hours"])


def _known(rows: Iterable[Absence | AbsenceReport], until_on: date | None) -> list[Away]:
    found = [Away(row.id, readable(row, "facts")) for row in rows]
    broken = [one for one in found if one.unreadable]
    sure = [one for one in found if not one.unreadable]
    if until_on is not None:
        broken, sure = [], [one for one in sure if one.facts.on <= until_on]
    return broken + sorted(sure, key=lambda one: (one.facts.on, one.id), reverse=True)


def _week(monday: date, missed: Sequence[AbsenceFacts], counted_after: date) -> Week:
    here = [one for one in missed if monday_of(one.on) == monday]
    without = [one for one in here if not one.authorised]
    return Week(
        monday,
        with_leave=sum(one.hours for one in here if one.authorised),
        without=sum(one.hours for one in without),
        counted=sum(one.hours for one in without if one.on > counted_after),
    )
