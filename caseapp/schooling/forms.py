"""Questions about the schools of a child."""

import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any, Final, Self
from uuid import UUID

from flask_babel import lazy_gettext as _

from caseapp.domain.care_codes import SchoolType
from caseapp.domain.intents.schooling import (
    AbsenceDetails,
    AbsencePeriod,
    ReportDetails,
    SchoolingDetails,
)
from caseapp.web.forms import (
    ChoiceField,
    DayField,
    DecimalField,
    Form,
    LongText,
    Mistake,
    OnceField,
    Option,
    TextField,
    VersionField,
    YesNo,
    maybe,
    some,
)
from caseapp.web.i18n import Words
from caseapp.web.labels import options

BRIN: Final = re.compile(r"[0-9]{2}[A-Z]{2}([0-9]{2})?")
MUNICIPALITY: Final = re.compile(r"GM[0-9]{4}")
MOST_HOURS: Final = 40
MOST_HOURS_A_DAY: Final = 12
MOST_DAYS: Final = 31
QUARTER: Final = Decimal("0.25")
REASON_MOST: Final = 500
NOTE_MOST: Final = 2000


class SchoolingQuestions(Form):
    """A school place, a waiting list or an exemption: on paper and in class are different facts."""

    type = ChoiceField(
        _("What kind of education?"),
        choices=options(SchoolType),
        required=_("Choose the kind of education."),
    )
    school = ChoiceField(_("School"), empty=_("Not on the list"))
    name = TextField(_("Name of the school"), hint=_("Only when the school is not on the list"))
    brin = TextField(_("School code (BRIN)"), hint=_("For example 12AB or 12AB01"), most=6)
    municipality = TextField(
        _("Municipality"),
        hint=_("GM and four digits. Without it we cannot see that the school is near."),
        most=6,
    )
    waiting_list_since = DayField(_("On the waiting list since"))
    enrolled_on = DayField(_("Enrolled on"))
    attending_from = DayField(
        _("In class from"),
        hint=_("Day-month-year. The first day on which the child really goes, also one to come."),
    )
    to = DayField(_("Ended on"), hint=_("Day-month-year. The first day without this school."))
    hours_per_week = DecimalField(_("Hours of lessons a week"), least=0, most=MOST_HOURS)
    kept_after_move_on = DayField(
        _("Keeps this school after the move, confirmed on"),
        hint=_("Day-month-year. Only when the child stays at a school near the former place."),
    )
    outflow_plan_on = DayField(
        _("Plan for the next school, made on"), hint=_("Day-month-year. For the transition class.")
    )

    def until(self, today: date) -> Self:
        """Let nothing that happened lie after today, and return the form."""
        happened = (self.waiting_list_since, self.enrolled_on)
        for day in (*happened, self.kept_after_move_on, self.outflow_plan_on):
            day.latest = today
        return self

    def offer(self, schools: Iterable[Option]) -> Self:
        """Let one of these schools be chosen, and return the form."""
        self.school.choices = tuple(schools)
        return self

    def validate_name(self, field: Any) -> None:
        """Refuse a school from the list and another name beside it."""
        if field.data and self.school.data:
            raise ValueError(_("Choose a school from the list or write its name, not both."))

    def validate_brin(self, field: Any) -> None:
        """Refuse what is no BRIN."""
        if field.data and not BRIN.fullmatch(field.data.upper()):
            raise ValueError(_("This is not a school code. It looks like 12AB or 12AB01."))

    def validate_municipality(self, field: Any) -> None:
        """Refuse what is no code of a municipality."""
        if field.data and not MUNICIPALITY.fullmatch(field.data.upper()):
            raise ValueError(_("Write GM and four digits, for example GM0171."))

    def read(self) -> SchoolingDetails:
        """Return what was asked for; call it once the form is submitted."""
        school, hours = maybe(self.school), maybe(self.hours_per_week)
        return SchoolingDetails(
            type=SchoolType(some(self.type)),
            school_id=UUID(school) if school else None,
            name=maybe(self.name),
            brin=_capitals(maybe(self.brin)),
            municipality=_capitals(maybe(self.municipality)),
            waiting_list_since=maybe(self.waiting_list_since),
            enrolled_on=maybe(self.enrolled_on),
            attending_from=maybe(self.attending_from),
            to=maybe(self.to),
            hours_per_week=float(hours) if hours is not None else None,
            kept_after_move_on=maybe(self.kept_after_move_on),
            outflow_plan_on=maybe(self.outflow_plan_on),
        )


class SchoolingForm(SchoolingQuestions):
    """Write down a school."""

    once = OnceField()
    version = VersionField()


class SchoolingCorrectionForm(SchoolingQuestions):
    """Correct a school."""

    version = VersionField()


class KeepForm(Form):
    """A child keeps its school after a move."""

    kept_after_move_on = DayField(
        _("On which day was this confirmed?"), required=_("Enter the day.")
    )
    version = VersionField()

    def until(self, today: date) -> Self:
        """Let the day be today or earlier, and return the form."""
        self.kept_after_move_on.latest = today
        return self


def _hours(label: Words) -> DecimalField:
    return DecimalField(
        label,
        hint=_("A whole day is 5 to 6 hours, a morning 3."),
        least=QUARTER,
        most=MOST_HOURS_A_DAY,
        step=QUARTER,
        required=_("Enter the hours."),
    )


def _authorised() -> YesNo:
    return YesNo(
        _("With leave?"),
        hint=_("Ill, or with leave of the school. Without leave counts for the alert."),
        required=_("Choose yes or no."),
    )


def _reason() -> LongText:
    return LongText(
        _("Why was the child away?"), hint=_("No medical details."), most=REASON_MOST, rows=2
    )


class AbsencesForm(Form):
    """Hours away from school, on one day or on each school day of a period."""

    on = DayField(_("First day away"), required=_("Enter the first day."))
    until = DayField(
        _("Last day away"), hint=_("Day-month-year. Only when it was more than one day.")
    )
    hours = _hours(_("Hours away, per day"))
    authorised = _authorised()
    reason = _reason()
    once = OnceField()

    def up_to(self, today: date) -> Self:
        """Let no day lie after today, and return the form."""
        self.on.latest = self.until.latest = today
        return self

    def validate_until(self, field: Any) -> None:
        """Refuse an end before the first day, and a period longer than a holiday could hide."""
        if self.on.data and field.data < self.on.data:
            raise ValueError(_("The last day lies before the first day."))
        if self.on.data and (field.data - self.on.data).days > MOST_DAYS:
            raise ValueError(_("Write down at most one month at a time."))

    def read(self) -> AbsencePeriod:
        """Return what was asked for; call it once the form is submitted."""
        return AbsencePeriod(
            on=some(self.on),
            until=maybe(self.until) or some(self.on),
            hours=float(some(self.hours)),
            authorised=some(self.authorised),
            reason=maybe(self.reason),
        )


class AbsenceForm(Form):
    """Correct the absence of one day."""

    on = DayField(_("Day"), required=_("Enter the day."))
    hours = _hours(_("Hours away"))
    authorised = _authorised()
    reason = _reason()
    taken_back = Mistake()
    version = VersionField()

    def up_to(self, today: date) -> Self:
        """Let the day not lie after today, and return the form."""
        self.on.latest = today
        return self

    def read(self) -> AbsenceDetails:
        """Return what was asked for; call it once the form is submitted."""
        return AbsenceDetails(
            on=some(self.on),
            hours=float(some(self.hours)),
            authorised=some(self.authorised),
            reason=maybe(self.reason),
        )


class ReportQuestions(Form):
    """That the school reported the absence."""

    on = DayField(_("Reported on"), required=_("Enter the day of the report."))
    note = LongText(
        _("Note"), hint=_("To whom it was reported, and what was agreed."), most=NOTE_MOST
    )

    def up_to(self, today: date) -> Self:
        """Let the day not lie after today, and return the form."""
        self.on.latest = today
        return self

    def read(self) -> ReportDetails:
        """Return what was asked for; call it once the form is submitted."""
        return ReportDetails(on=some(self.on), note=maybe(self.note))


class ReportForm(ReportQuestions):
    """Write down a report of absence."""

    once = OnceField()


class ReportCorrectionForm(ReportQuestions):
    """Correct a report of absence."""

    taken_back = Mistake()
    version = VersionField()


def absence_values(facts: Any) -> dict[str, Any]:
    """Return an absence as the form shows it."""
    hours = Decimal(f"{facts.hours:g}")
    return asdict(facts) | {"hours": hours, "taken_back": None if facts.counts else True}


def report_values(facts: Any) -> dict[str, Any]:
    """Return a report of absence as the form shows it."""
    return {"on": facts.on, "note": facts.note, "taken_back": None if facts.counts else True}


def values_of(facts: Any) -> dict[str, Any]:
    """Return the facts of a school record as the form shows them."""
    hours = facts.hours_per_week
    return asdict(facts) | {"hours_per_week": None if hours is None else Decimal(f"{hours:g}")}


def _capitals(text: str | None) -> str | None:
    return text.upper() if text else None
