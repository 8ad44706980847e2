"""Pages about where a child is when it is not where it lives: missing, the police, found, back."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts.actions import only_once
from caseapp.domain.codes import WhereaboutsState
from caseapp.domain.periods import PeriodError
from caseapp.domain.policy import Permission
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.placements import actions
from caseapp.placements.forms import (
    FoundForm,
    MissingForm,
    PoliceForm,
    WhereaboutsCorrectionForm,
    WhereaboutsForm,
    in_the_way,
)
from caseapp.placements.scope import AwayOf, the_time_away
from caseapp.placements.views.blueprint import bp, complain, saved, was_before
from caseapp.web.filters import day_in_sentence
from caseapp.web.forms import Form, maybe, some
from caseapp.web.frame import say, say_unreadable
from caseapp.web.guard import guard
from caseapp.web.labels import label
from caseapp.web.past import meanwhile


@bp.route("/kinderen/<uuid:child_id>/vermist", methods=["GET", "POST"])
@guard(Permission.WHEREABOUTS_EDIT, on=the_open_child)
def missing(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down that a child is missing: since today unless another day is typed."""
    form = MissingForm(request.form, values={"from_on": work.today}).until(work.today)
    if form.submitted:
        try:
            only_once(
                work,
                maybe(form.once),
                lambda: actions.record_whereabouts(work, child.id, form.read()),
            )
        except PeriodError as error:
            form.from_on.errors = [str(in_the_way(error))]
        else:
            work.commit()
            say("warning", _("It is written down that the child is missing."), _next_step(form))
            return redirect(url_for("casefile.show", child_id=child.id), 303)
    return render_template("placements/missing.html", form=form, child=child)


def _next_step(form: MissingForm) -> str:
    return "" if maybe(form.police_report_on) else _("Report it to the police as well.")


@bp.route("/kinderen/<uuid:child_id>/waar/<uuid:whereabouts_id>/politie", methods=["GET", "POST"])
@guard(Permission.WHEREABOUTS_EDIT, on=the_time_away)
def police_report(work: Work, away: AwayOf) -> ResponseReturnValue:
    """Write down when the police was told that the child is missing."""
    stored = readable(away.row, "facts")
    if isinstance(stored, Unreadable):
        return _refused(away, stored)
    known = {"police_report_on": stored.police_report_on}
    shown = known if stored.police_report_on else {"police_report_on": work.today}
    form = PoliceForm(request.form, values=shown | {"version": away.row.version})
    form.between(away.row.from_on, work.today)
    raced = None
    if form.submitted:
        try:
            on = some(form.police_report_on)
            actions.report_to_police(work, away.row, some(form.version), on)
        except actions.NotMissingError:
            form.complain(_("The child is not missing any more."))
        except LostRaceError:
            raced = meanwhile(form, known, away.row.version)
        else:
            return saved(work, away.child, _("The report to the police is saved."))
    return _short("placements/police_report.html", work, form, away, raced)


@bp.route("/kinderen/<uuid:child_id>/waar/<uuid:whereabouts_id>/terug", methods=["GET", "POST"])
@guard(Permission.WHEREABOUTS_EDIT, on=the_time_away)
def back_again(work: Work, away: AwayOf) -> ResponseReturnValue:
    """Write down that a child is back at its place, or known to be elsewhere."""
    form = FoundForm(request.form, values={"on": work.today, "version": away.row.version})
    form.between(away.row.from_on, work.today)
    raced = None
    if form.submitted:
        try:
            actions.come_back(work, away.row, some(form.version), form.read())
        except actions.NotMissingError:
            form.complain(_("The child is back already."))
        except PeriodError as error:
            form.on.errors = [str(in_the_way(error))]
        except LostRaceError:
            raced = meanwhile(form, {"on": away.row.to_on}, away.row.version)
        else:
            return saved(work, away.child, _("It is written down where the child is."))
    return _short("placements/back_again.html", work, form, away, raced)


@bp.route("/kinderen/<uuid:child_id>/waar/nieuw", methods=["GET", "POST"])
@guard(Permission.WHEREABOUTS_EDIT, on=the_open_child)
def add_whereabouts(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down that a child is missing or elsewhere."""
    form = WhereaboutsForm(request.form, values={"version": 0, "from_on": work.today})
    form.until(work.today)
    if form.submitted:
        try:
            only_once(
                work,
                maybe(form.once),
                lambda: actions.record_whereabouts(work, child.id, form.read()),
            )
        except PeriodError as error:
            complain(form, error)
        else:
            return saved(work, child, _("It is written down where the child is."))
    return render_template(
        "placements/whereabouts.html", form=form, child=child, row=None, was=[], raced=None
    )


@bp.route("/kinderen/<uuid:child_id>/waar/<uuid:whereabouts_id>", methods=["GET", "POST"])
@guard(Permission.WHEREABOUTS_EDIT, on=the_time_away)
def correct_whereabouts(work: Work, away: AwayOf) -> ResponseReturnValue:
    """Correct where a child was, or write down that it is back."""
    form = WhereaboutsCorrectionForm(request.form, values=away_values(away.row))
    form.until(work.today)
    raced = None
    if form.submitted:
        try:
            actions.correct_whereabouts(work, away.row, some(form.version), form.read())
        except PeriodError as error:
            complain(form, error)
        except LostRaceError:
            raced = meanwhile(form, away_values(away.row), away.row.version)
        else:
            return saved(work, away.child, _("It is corrected where the child was."))
    was = was_before(work, form, away.row, away_values)
    return render_template(
        "placements/whereabouts.html",
        form=form,
        child=away.child,
        row=away.row,
        was=was,
        raced=raced,
    )


def _short(template: str, work: Work, form: Form, away: AwayOf, raced: Any) -> ResponseReturnValue:
    """Show a short form under what is known: where the child is, and since when."""
    return render_template(
        template,
        form=form,
        child=away.child,
        row=away.row,
        raced=raced,
        state=label(WhereaboutsState(away.row.state)),
        since=day_in_sentence(away.row.from_on, work.today),
    )


def _refused(away: AwayOf, fault: Unreadable) -> ResponseReturnValue:
    say_unreadable(fault)
    return redirect(url_for("placements.stays", child_id=away.child.id), 303)


def away_values(row: Any) -> dict[str, Any]:
    """Return a time away as the form shows it; of an earlier version too."""
    values = {name: getattr(row, name) for name in ("version", "state", "from_on", "to_on")}
    return values | {"police_report_on": row.facts.police_report_on, "note": row.facts.note}
