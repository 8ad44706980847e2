"""School as the rules read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from caseapp.domain import facts as domain
from caseapp.domain.differences import known_until
from caseapp.domain.states import SchoolState, school_state
from caseapp.kernel.bulk import opened
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.schooling import queries
from caseapp.schooling.models import Absence, AbsenceReport, SchoolFacts, SchoolRecord


def gather(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return for each child its school records, absences and reports of absence; raises Unreadable."""
    found: dict[UUID, dict[str, Any]] = {
        child_id: {"school": (), "absences": (), "absence_reports": ()} for child_id in child_ids
    }
    for child_id, key, facts in opened(work, SchoolRecord, "facts", child_ids):
        found[child_id]["school"] += (record(key, facts),)
    for child_id, key, facts in opened(work, Absence, "facts", child_ids):
        missed = domain.Absence(str(key), facts.on, facts.hours, facts.authorised, facts.reason)
        found[child_id]["absences"] += (missed,)
    for child_id, key, facts in opened(work, AbsenceReport, "facts", child_ids):
        found[child_id]["absence_reports"] += (
            domain.AbsenceReport(str(key), facts.on, facts.note),
        )
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
