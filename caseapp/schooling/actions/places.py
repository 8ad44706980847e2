"""Changing the school records of a child; what was there before a correction stays readable."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from caseapp.domain.differences import changed_fields
from caseapp.domain.events import SchoolCorrected, SchoolRecorded
from caseapp.domain.intents.schooling import SchoolingDetails
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.reference import queries as reference
from caseapp.schooling.facts import first_day
from caseapp.schooling.models import SchoolFacts, SchoolRecord


class NotYetError(ValueError):
    """Something is said to have happened on a day that has not come yet."""


class NoDayError(ValueError):
    """A record says neither since when the child waits, nor is enrolled, nor is in class."""


class EndsBeforeStartError(ValueError):
    """A record would end before its first day."""

    def __init__(self, first: date) -> None:
        """Keep the first day, to show it."""
        super().__init__()
        self.first = first


class UnknownSchoolError(LookupError):
    """The school is not on our list."""


def record(work: Work, child_id: UUID, details: SchoolingDetails) -> SchoolRecord:
    """Write down a school place, waiting list or exemption.

    Raises NoDayError, EndsBeforeStartError, UnknownSchoolError.
    """
    said = _facts_of(work, details)
    row = work.add(SchoolRecord(id=new_id(), child_id=child_id), facts=said)
    named = changed_fields(SchoolFacts(type=said.type), said)
    work.record(SchoolRecorded(object_id=row.id, child_id=child_id, fields=("type", *named)))
    return row


def correct(work: Work, row: SchoolRecord, version: int, details: SchoolingDetails) -> None:
    """Correct a school record, or write down what came after.

    Raises LostRaceError when somebody else was first, NoDayError, EndsBeforeStartError,
    UnknownSchoolError, and Unreadable when what stands there does not open.
    """
    was, said = row.facts, _facts_of(work, details)
    if work.revise(row, version, facts=said):
        work.record(
            SchoolCorrected(
                object_id=row.id, child_id=row.child_id, fields=changed_fields(was, said)
            )
        )


def keep(work: Work, row: SchoolRecord, version: int, on: date) -> None:
    """Write down on which day it was confirmed that a child keeps this school after a move.

    Raises NotYetError, EndsBeforeStartError for a day before the first one, LostRaceError, Unreadable.
    """
    was = row.facts
    first = first_day(was)
    if on > work.today:
        raise NotYetError
    if first is not None and on < first:
        raise EndsBeforeStartError(first)
    said = replace(was, kept_after_move_on=on)
    if work.revise(row, version, facts=said):
        work.record(
            SchoolCorrected(
                object_id=row.id, child_id=row.child_id, fields=changed_fields(was, said)
            )
        )


def follow_list(work: Work, row: SchoolRecord, told: Mapping[str, Any]) -> None:
    """Write down what a list tells anew of a school record; `told` has the fields of SchoolFacts that differ.

    Raises LostRaceError, Unreadable.
    """
    was = row.facts
    said = replace(was, **told)
    if work.revise(row, None, facts=said):
        work.record(
            SchoolCorrected(
                object_id=row.id, child_id=row.child_id, fields=changed_fields(was, said)
            )
        )


def _facts_of(work: Work, details: SchoolingDetails) -> SchoolFacts:
    name, brin, municipality = _school_of(work, details)
    said = SchoolFacts(
        type=details.type,
        name=name,
        brin=brin,
        municipality=municipality,
        waiting_list_since=details.waiting_list_since,
        enrolled_on=details.enrolled_on,
        attending_from=details.attending_from,
        to=details.to,
        hours_per_week=details.hours_per_week,
        kept_after_move_on=details.kept_after_move_on,
        outflow_plan_on=details.outflow_plan_on,
    )
    first = first_day(said)
    if first is None:
        raise NoDayError
    if said.to is not None and said.to < first:
        raise EndsBeforeStartError(first)
    return said


def _school_of(work: Work, details: SchoolingDetails) -> tuple[str | None, str | None, str | None]:
    """Return name, BRIN and municipality: those of the list, when a school of the list was chosen."""
    if details.school_id is None:
        return details.name, details.brin, details.municipality
    school = reference.school(work, details.school_id)
    if school is None:
        raise UnknownSchoolError
    return school.name, school.brin, school.municipality or details.municipality
