"""Changing what is known of school: places, absences, and the reports of absence by the school."""

from caseapp.schooling.actions.absences import (
    AlreadyAbsentError,
    NoSchoolDayError,
    correct_absence,
    correct_report,
    log_absences,
    record_report,
)
from caseapp.schooling.actions.documents import take_in
from caseapp.schooling.actions.places import (
    EndsBeforeStartError,
    NoDayError,
    NotYetError,
    UnknownSchoolError,
    correct,
    follow_list,
    keep,
    record,
)

__all__ = [
    "AlreadyAbsentError",
    "EndsBeforeStartError",
    "NoDayError",
    "NoSchoolDayError",
    "NotYetError",
    "UnknownSchoolError",
    "correct",
    "correct_absence",
    "correct_report",
    "follow_list",
    "keep",
    "log_absences",
    "record",
    "record_report",
    "take_in",
]
