"""Hours away from school, and the reports of them; what was a mistake is taken back and stays readable."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from caseapp.domain import calendar
from caseapp.domain.codes import Region
from caseapp.domain.events import (
    AbsenceCorrected,
    AbsenceRecorded,
    AbsenceReportCorrected,
    AbsenceReported,
)
from caseapp.domain.intents.schooling import AbsenceDetails, AbsencePeriod, ReportDetails
from caseapp.kernel.db import new_id
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.schooling import queries
from caseapp.schooling.actions.places import NotYetError
from caseapp.schooling.models import Absence, AbsenceFacts, AbsenceReport, AbsenceReportFacts


class NoSchoolDayError(ValueError):
    """A period away from school holds no school day of the region where the child lives."""


class AlreadyAbsentError(ValueError):
    """An absence stands on a day already: twice the hours would raise an alert that is not true."""

    def __init__(self, day: date) -> None:
        """Keep the day, to show it."""
        super().__init__()
        self.day = day


def log_absences(work: Work, child_id: UUID, said: AbsencePeriod) -> list[Absence]:
    """Write down hours away on each school day of a period.

    Raises NotYetError, NoSchoolDayError, AlreadyAbsentError.
    """
    if said.until > work.today:
        raise NotYetError
    people.lock(work, child_id)
    days = list(_school_days(_region(work, child_id), said))
    if not days:
        raise NoSchoolDayError
    _refuse_twice(work, child_id, days)
    return [
        _log(work, child_id, AbsenceFacts(day, said.hours, said.authorised, said.reason))
        for day in days
    ]


def correct_absence(
    work: Work, row: Absence, version: int, said: AbsenceDetails, *, counts: bool = True
) -> None:
    """Correct an absence, or take it back; raises NotYetError, AlreadyAbsentError, LostRaceError."""
    if said.on > work.today:
        raise NotYetError
    people.lock(work, row.child_id)
    if counts:
        _refuse_twice(work, row.child_id, [said.on], row.id)
    facts = AbsenceFacts(said.on, said.hours, said.authorised, said.reason, counts)
    if work.revise(row, version, facts=facts):
        work.record(AbsenceCorrected(object_id=row.id, child_id=row.child_id, fields=("facts",)))


def record_report(work: Work, child_id: UUID, said: ReportDetails) -> AbsenceReport:
    """Write down that the school reported the absence; raises NotYetError."""
    if said.on > work.today:
        raise NotYetError
    row = AbsenceReport(id=new_id(), child_id=child_id)
    work.add(row, facts=AbsenceReportFacts(said.on, said.note))
    work.record(AbsenceReported(object_id=row.id, child_id=child_id))
    return row


def correct_report(
    work: Work, row: AbsenceReport, version: int, said: ReportDetails, *, counts: bool = True
) -> None:
    """Correct a report of absence, or take it back; raises NotYetError, LostRaceError."""
    if said.on > work.today:
        raise NotYetError
    if work.revise(row, version, facts=AbsenceReportFacts(said.on, said.note, counts)):
        work.record(
            AbsenceReportCorrected(object_id=row.id, child_id=row.child_id, fields=("facts",))
        )


def _log(work: Work, child_id: UUID, facts: AbsenceFacts) -> Absence:
    row = work.add(Absence(id=new_id(), child_id=child_id), facts=facts)
    work.record(AbsenceRecorded(object_id=row.id, child_id=child_id))
    return row


def _region(work: Work, child_id: UUID) -> Region:
    here = people.here(work, [child_id]).get(child_id)
    return Region(here.region) if here and here.region else Region.MIDDEN


def _school_days(region: Region, said: AbsencePeriod) -> Iterator[date]:
    day = said.on
    while day <= said.until:
        if calendar.is_school_day(day, region):
            yield day
        day = calendar.plus_days(day, 1)


def _refuse_twice(work: Work, child_id: UUID, days: list[date], own_id: UUID | None = None) -> None:
    for row in queries.absences(work, child_id):
        facts = readable(row, "facts")
        if isinstance(facts, Unreadable) or row.id == own_id or not facts.counts:
            continue
        if facts.on in days:
            raise AlreadyAbsentError(facts.on)
