"""Pages about absence: logging it, the report of the school, and correcting either."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts.actions import only_once
from caseapp.audit.views import by_facts, what_stood
from caseapp.domain.policy import Permission
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.schooling import actions, facts
from caseapp.schooling.forms import (
    AbsenceForm,
    AbsencesForm,
    ReportCorrectionForm,
    ReportForm,
    ReportQuestions,
    absence_values,
    report_values,
)
from caseapp.schooling.scope import AbsenceOf, ReportOf, the_absence, the_report
from caseapp.schooling.views.blueprint import bp, refused, repairs, saved
from caseapp.web.days import write_day
from caseapp.web.forms import DayField, maybe, some
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.past import Was, meanwhile

if TYPE_CHECKING:
    from caseapp.schooling.models import AbsenceReport


@bp.route("/kinderen/<uuid:child_id>/verzuim/nieuw", methods=["GET", "POST"])
@guard(Permission.SCHOOL_EDIT, on=the_open_child)
def add_absence(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down hours away from school: one day, or each school day of a period."""
    form = AbsencesForm(request.form, values={"on": work.today}).up_to(work.today)
    if form.submitted and _done(
        form.on,
        lambda: only_once(
            work, maybe(form.once), lambda: actions.log_absences(work, child.id, form.read())
        ),
    ):
        return saved(work, child, _("The absence is saved."))
    return render_template(
        "schooling/absence.html", form=form, child=child, row=None, past=[], race=None
    )


@bp.route("/kinderen/<uuid:child_id>/verzuim/<uuid:absence_id>", methods=["GET", "POST"])
@guard(Permission.SCHOOL_EDIT, on=the_absence)
def edit_absence(work: Work, absence: AbsenceOf) -> ResponseReturnValue:
    """Correct the absence of one day, or take it back."""
    child, row = absence.child, absence.row
    stored = readable(row, "facts")
    if isinstance(stored, Unreadable):
        return refused(child, stored)
    values = absence_values(stored)
    form = AbsenceForm(request.form, values=values | {"version": row.version}).up_to(work.today)
    race = None
    if form.submitted:
        version, counts = some(form.version), not form.taken_back.data
        try:
            if _done(
                form.on,
                lambda: actions.correct_absence(work, row, version, form.read(), counts=counts),
            ):
                return saved(work, child, _("The absence is changed."))
        except LostRaceError:
            race = meanwhile(form, values, row.version)
    past = what_stood(work, form, values, ("absence", row.id), by_facts(absence_values))
    return render_template(
        "schooling/absence.html", form=form, child=child, row=row, past=past, race=race
    )


@bp.route("/kinderen/<uuid:child_id>/verzuim/melding", methods=["GET", "POST"])
@guard(Permission.SCHOOL_EDIT, on=the_open_child)
def add_report(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down that the school reported the absence."""
    form = ReportForm(request.form, values={"on": work.today}).up_to(work.today)
    if form.submitted:
        only_once(
            work, maybe(form.once), lambda: actions.record_report(work, child.id, form.read())
        )
        return saved(work, child, _("The report is saved."))
    return _report_page(work, form, child)


@bp.route("/kinderen/<uuid:child_id>/verzuim/melding/<uuid:report_id>", methods=["GET", "POST"])
@guard(Permission.SCHOOL_EDIT, on=the_report)
def edit_report(work: Work, report: ReportOf) -> ResponseReturnValue:
    """Correct a report of absence, or take it back."""
    child, row = report.child, report.row
    stored = readable(row, "facts")
    if isinstance(stored, Unreadable):
        return refused(child, stored)
    values = report_values(stored)
    form = ReportCorrectionForm(request.form, values=values | {"version": row.version})
    form.up_to(work.today)
    race = None
    if form.submitted:
        counts = not form.taken_back.data
        try:
            actions.correct_report(work, row, some(form.version), form.read(), counts=counts)
        except LostRaceError:
            race = meanwhile(form, values, row.version)
        else:
            return saved(work, child, _("The report is changed."))
    past = what_stood(work, form, values, ("absence_report", row.id), by_facts(report_values))
    return _report_page(work, form, child, row=row, past=past, race=race)


def _report_page(
    work: Work,
    form: ReportQuestions,
    child: Sight,
    *,
    row: "AbsenceReport | None" = None,
    past: Sequence[Was] = (),
    race: Mapping[Words, str] | None = None,
) -> ResponseReturnValue:
    """Show the form, and from the alert how many hours it is about."""
    return render_template(
        "schooling/report.html",
        form=form,
        child=child,
        row=row,
        past=past,
        race=race,
        repairs=repairs(),
        counted=facts.absences(work, child.id).counted if repairs() else 0,
    )


def _done(on: DayField, do: Callable[[], object]) -> bool:
    """Do it, or write at the day why it cannot be."""
    try:
        do()
    except actions.AlreadyAbsentError as error:
        on.errors = [
            _("On %(day)s an absence stands already. Correct that one.", day=write_day(error.day))
        ]
    except actions.NoSchoolDayError:
        on.errors = [_("There was no school then: weekend or holiday.")]
    else:
        return True
    return False
