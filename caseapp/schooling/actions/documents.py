"""School records, absences and reports of absence of many documents at once."""

from collections.abc import Sequence
from typing import Any

from caseapp.domain import facts
from caseapp.domain.incoming import Incoming
from caseapp.kernel.bulk import insert_all, sealed_row
from caseapp.kernel.seals import Domain
from caseapp.kernel.work import Work
from caseapp.schooling.models import (
    Absence,
    AbsenceFacts,
    AbsenceReport,
    AbsenceReportFacts,
    SchoolFacts,
    SchoolRecord,
)


def take_in(work: Work, incoming: Sequence[Incoming]) -> None:
    """Write the school records, absences and reports of absence of many documents; no events."""
    work.vault.prefetch(Domain.DOSSIER, [document.child_id for document in incoming])
    records = [_record_row(work, d, record) for d in incoming for record in d.dossier.school]
    insert_all(work, SchoolRecord, records)
    absences = [_absence_row(work, d, missed) for d in incoming for missed in d.dossier.absences]
    insert_all(work, Absence, absences)
    reports = [
        _report_row(work, d, report) for d in incoming for report in d.dossier.absence_reports
    ]
    insert_all(work, AbsenceReport, reports)


def _record_row(work: Work, document: Incoming, record: facts.SchoolRecord) -> dict[str, Any]:
    said = SchoolFacts(
        type=record.type,
        name=record.name,
        brin=record.brin,
        municipality=record.municipality,
        waiting_list_since=record.waiting_list_since,
        enrolled_on=record.enrolled_on,
        attending_from=record.attending_from,
        to=record.end,
        hours_per_week=record.hours_per_week,
        kept_after_move_on=record.kept_after_move_on,
        outflow_plan_on=record.outflow_plan_on,
    )
    key = document.key("school", record.id)
    return sealed_row(work, SchoolRecord, document.child_id, key, facts=said)


def _absence_row(work: Work, document: Incoming, missed: facts.Absence) -> dict[str, Any]:
    said = AbsenceFacts(missed.on, missed.hours, missed.authorised, missed.reason)
    key = document.key("absences", missed.id)
    return sealed_row(work, Absence, document.child_id, key, facts=said)


def _report_row(work: Work, document: Incoming, report: facts.AbsenceReport) -> dict[str, Any]:
    said = AbsenceReportFacts(report.on, report.note)
    key = document.key("absence_reports", report.id)
    return sealed_row(work, AbsenceReport, document.child_id, key, facts=said)
