"""School as the rules read it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from caseapp.domain import facts as domain
from caseapp.kernel.bulk import opened
from caseapp.kernel.work import Work
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
