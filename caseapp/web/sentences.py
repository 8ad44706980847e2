"""What an alert says: per rule its sentence, its short name, and the repair that it asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from caseapp.domain import calendar
from caseapp.domain.rules.rule import Severity, Shown
from caseapp.web import (
    saying_care,
    saying_growing_up,
    saying_moves,
    saying_people,
    saying_places,
    saying_school,
)
from caseapp.web.filters import day_in_sentence, days, working_days
from caseapp.web.i18n import Words
from caseapp.web.saying import About

NEAR_WORKING_DAYS: Final = 10
FAR: Final = 31
"""Days ahead in which working days are counted at most; more than NEAR_WORKING_DAYS fit in."""


class Repair(StrEnum):
    """Where the button of an alert leads; the page that shows it knows the address."""

    NONE = "none"
    PLAN_MOVE = "plan_move"
    FAMILY = "family"
    PLACEMENT = "placement"
    ACCEPT = "accept"
    ARRIVE = "arrive"
    TAKE_OVER = "take_over"
    SCHOOL = "school"
    APPOINTMENT = "appointment"
    WAITING_PLACE = "waiting_place"
    GUARDIAN = "guardian"
    CONTACT = "contact"
    OBSERVATION = "observation"
    SUPPORT = "support"
    CHANGE_MOVE = "change_move"
    BEST_DECISION = "best_decision"
    PROMISE = "promise"
    ABSENCE_REPORT = "absence_report"
    SCHOOL_PLAN = "school_plan"
    CHECK_UP = "check_up"
    INTAKE = "intake"
    NEEDS = "needs"
    PLAN = "plan"
    AGREE = "agree"
    MEETING = "meeting"
    ACTION_DONE = "action_done"
    BACK_AGAIN = "back_again"
    POLICE_REPORT = "police_report"
    ROAD = "road"
    CONSENT = "consent"
    BIRTH_DATE = "birth_date"


@dataclass(frozen=True, slots=True)
class Telling:
    """How one rule speaks: short name, sentence, and what its button does."""

    short: Words
    sentence: Callable[[About], str]
    repair: Repair


REPAIRS: Final[Mapping[Repair, Words]] = {
    Repair.NONE: "",
    Repair.PLAN_MOVE: _("Plan a move"),
    Repair.FAMILY: _("Update the family"),
    Repair.PLACEMENT: _("Record the place"),
    Repair.ACCEPT: _("Read and accept"),
    Repair.ARRIVE: _("Record the arrival"),
    Repair.TAKE_OVER: _("I take this"),
    Repair.SCHOOL: _("Arrange a school"),
    Repair.APPOINTMENT: _("Record an appointment"),
    Repair.WAITING_PLACE: _("Keep the place"),
    Repair.GUARDIAN: _("Record the guardian"),
    Repair.CONTACT: _("Record a contact"),
    Repair.OBSERVATION: _("Record an observation"),
    Repair.SUPPORT: _("Arrange support"),
    Repair.CHANGE_MOVE: _("Change the move"),
    Repair.BEST_DECISION: _("Write down the best decision"),
    Repair.PROMISE: _("Settle the promise"),
    Repair.ABSENCE_REPORT: _("Record the report"),
    Repair.SCHOOL_PLAN: _("Record the plan"),
    Repair.CHECK_UP: _("Record a check-up"),
    Repair.INTAKE: _("Record the intake"),
    Repair.NEEDS: _("Record the assessment"),
    Repair.PLAN: _("Record a plan"),
    Repair.AGREE: _("Agree what happens"),
    Repair.MEETING: _("Record a meeting"),
    Repair.ACTION_DONE: _("The action is done"),
    Repair.BACK_AGAIN: _("Found or back"),
    Repair.POLICE_REPORT: _("Record the police report"),
    Repair.ROAD: _("Plan for 18"),
    Repair.CONSENT: _("Record the consent"),
    Repair.BIRTH_DATE: _("Check the birth date"),
}
"""The words of the button; each begins with what it does."""

TELLINGS: Final[Mapping[str, Telling]] = {
    "PLA-1": Telling(
        _("Too long in emergency reception"), saying_places.emergency, Repair.PLAN_MOVE
    ),
    "PLA-2": Telling(_("Moved too often"), saying_places.moved, Repair.BEST_DECISION),
    "PLA-3": Telling(_("Move in term time"), saying_places.in_term_time, Repair.BEST_DECISION),
    "PLA-4": Telling(_("Move at short notice"), saying_places.told_late, Repair.CHANGE_MOVE),
    "PLA-5": Telling(_("Brothers and sisters apart"), saying_places.apart, Repair.FAMILY),
    "PLA-6": Telling(_("No place known"), saying_places.nowhere, Repair.PLACEMENT),
    "AMV-1": Telling(_("Too young for this place"), saying_places.too_young, Repair.PLAN_MOVE),
    "AMV-2": Telling(
        _("Too long in process reception"),
        saying_places.still_in_process_reception,
        Repair.PLAN_MOVE,
    ),
    "AMV-3": Telling(_("Group too large"), saying_places.large_group, Repair.PLAN_MOVE),
    "TRF-1": Telling(_("Handover not accepted"), saying_moves.not_accepted, Repair.ACCEPT),
    "TRF-2": Telling(_("Not arrived"), saying_moves.not_arrived, Repair.ARRIVE),
    "TRF-3": Telling(_("Nobody is responsible"), saying_moves.nobody, Repair.TAKE_OVER),
    "TRF-4": Telling(_("Promise left open"), saying_moves.promise_left, Repair.PROMISE),
    "SCH-1": Telling(_("No school yet"), saying_school.no_school, Repair.SCHOOL),
    "SCH-2": Telling(_("No school after a move"), saying_school.school_lost, Repair.SCHOOL),
    "SCH-3": Telling(_("Absence not reported"), saying_school.absent, Repair.ABSENCE_REPORT),
    "SCH-4": Telling(_("School days lost"), saying_school.days_lost, Repair.SCHOOL),
    "SCH-5": Telling(_("Too long in temporary schooling"), saying_school.temporary, Repair.SCHOOL),
    "SCH-6": Telling(
        _("Too long in the transition class"), saying_school.in_transition, Repair.SCHOOL_PLAN
    ),
    "SCH-7": Telling(_("School place needed soon"), saying_school.school_soon, Repair.SCHOOL),
    "CAR-1": Telling(_("Care interrupted by a move"), saying_care.care_broken, Repair.APPOINTMENT),
    "CAR-2": Telling(_("Waiting too long for care"), saying_care.waiting, Repair.APPOINTMENT),
    "CAR-3": Telling(
        _("Waiting-list place at risk"), saying_care.waiting_place, Repair.WAITING_PLACE
    ),
    "CAR-4": Telling(
        _("Medicine runs out around a move"), saying_care.medicine_gone, Repair.CHECK_UP
    ),
    "CAR-5": Telling(_("No medical intake"), saying_care.no_medical_intake, Repair.INTAKE),
    "CAR-6": Telling(_("No youth health intake"), saying_care.no_youth_health, Repair.INTAKE),
    "CAR-7": Telling(_("Special needs not assessed"), saying_care.needs_not_assessed, Repair.NEEDS),
    "GUA-1": Telling(_("No guardian"), saying_people.no_guardian, Repair.GUARDIAN),
    "GUA-2": Telling(_("Not seen by the guardian"), saying_people.guardian_contact, Repair.CONTACT),
    "GUA-3": Telling(_("No plan, or an old plan"), saying_people.no_plan, Repair.PLAN),
    "GUA-4": Telling(
        _("Another guardian around a move"), saying_people.guardian_and_place, Repair.NONE
    ),
    "OBS-1": Telling(
        _("Not seen by the contact person"), saying_people.not_seen, Repair.OBSERVATION
    ),
    "OBS-2": Telling(_("Concern without action"), saying_people.no_action, Repair.AGREE),
    "OBS-3": Telling(_("Twice insufficient"), saying_people.twice_insufficient, Repair.MEETING),
    "OBS-4": Telling(_("Agreed action is late"), saying_people.action_overdue, Repair.ACTION_DONE),
    "SAF-1": Telling(_("Missing"), saying_people.missing, Repair.BACK_AGAIN),
    "SAF-2": Telling(_("Missing and not reported"), saying_people.missing, Repair.POLICE_REPORT),
    "AGE-1": Telling(_("No plan for 18"), saying_growing_up.no_plan_for_18, Repair.ROAD),
    "AGE-2": Telling(
        _("Support after 18 not arranged"), saying_growing_up.support_open, Repair.SUPPORT
    ),
    "AGE-3": Telling(_("No support after 18"), saying_growing_up.no_support, Repair.SUPPORT),
    "AGE-4": Telling(_("Support stops soon"), saying_growing_up.support_ends, Repair.SUPPORT),
    "AGE-5": Telling(_("Ask again who may know"), saying_growing_up.ask_again, Repair.CONSENT),
    "AGE-6": Telling(
        _("Birth date not known exactly"), saying_growing_up.birth_date_open, Repair.BIRTH_DATE
    ),
    "AFT-1": Telling(_("Young adult out of sight"), saying_growing_up.out_of_sight, Repair.CONTACT),
}
"""One entry per rule of the engine; the short name is also the title of its group on the board."""


def tell(shown: Shown, name: str, today: date, *, own: bool = False) -> str:
    """Return the sentence of an alert about the child with this first name."""
    return TELLINGS[shown.rule].sentence(About(shown, name, today, own))


def record_of(subject: str) -> str:
    """Return the id of the record that a finding is about: of <line>@<placement> the line."""
    return subject.partition("@")[0]


def lateness(due: date | None, today: date, severity: Severity) -> str:
    """Return "4 days late" for what is overdue; a notice is never late."""
    if due is None or due >= today or severity is Severity.NOTICE:
        return ""
    return ngettext("%(num)s day late", "%(num)s days late", (today - due).days)


def time_left(due: date | None, today: date, severity: Severity) -> str:
    """Return "by tomorrow", "3 working days left" or, for a notice, "in 38 days".

    Nothing for a day that is far or past: then the day itself, or `lateness`, says it.
    """
    if due is None or due < today:
        return ""
    ahead = (due - today).days
    if severity is Severity.NOTICE and ahead > 1:
        return gettext("in %(days)s", days=days(ahead))
    if ahead <= 1:
        return gettext("by today") if ahead == 0 else gettext("by tomorrow")
    coming = range(1, min(ahead, FAR) + 1)
    left = sum(calendar.is_working_day(calendar.plus_days(today, n)) for n in coming)
    return gettext("%(days)s left", days=working_days(left)) if left <= NEAR_WORKING_DAYS else ""


def due_words(due: date | None, today: date, severity: Severity) -> str:
    """Return what the small line under an alert says about its day: late, left, or the day."""
    if due is None:
        return ""
    near = lateness(due, today, severity) or time_left(due, today, severity)
    return near or gettext("by %(day)s", day=day_in_sentence(due, today))
