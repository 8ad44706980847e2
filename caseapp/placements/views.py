"""Pages about where a child lives and where it is."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import queries as accounts
from caseapp.audit import queries as audit
from caseapp.domain.codes import MoveReason, PlacementKind, WhereaboutsState
from caseapp.domain.periods import EndsBeforeStartError, PeriodError
from caseapp.domain.policy import Permission, Sees
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.placements import actions, queries
from caseapp.placements.forms import EndStayForm, StayForm, WhereaboutsForm, in_the_way
from caseapp.placements.scope import AwayOf, StayOf, the_child_of_stays, the_stay, the_time_away
from caseapp.reference import queries as reference
from caseapp.web.forms import Form, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.past import Was, meanwhile, what_was
from caseapp.web.places import location_options

bp = Blueprint("placements", __name__)


@bp.route("/kinderen/<uuid:child_id>/verblijf")
@guard(Permission.CHILD_READ, on=the_child_of_stays)
def stays(work: Work, child: Sight) -> ResponseReturnValue:
    """Show where a child lives and lived, and when it was elsewhere."""
    rows = [row for row in queries.stays(work, child.id) if _is_shown(child, row)]
    away = [row for row in queries.whereabouts(work, child.id) if _is_shown(child, row)]
    return render_template(
        "placements/stays.html",
        child=child,
        stays=list(reversed(rows)),
        away=list(reversed(away)),
        names=reference.location_names(work, [row.location_id for row in rows]),
        readable=readable,
        MoveReason=MoveReason,
        PlacementKind=PlacementKind,
        WhereaboutsState=WhereaboutsState,
        may_edit=child.open_file and work.actor.may(Permission.PLACEMENT_EDIT),
        may_tell=child.open_file and work.actor.may(Permission.WHEREABOUTS_EDIT),
    )


def _is_shown(child: Sight, row: Any) -> bool:
    """Say whether this is open: who just left sees what began before departure, never a new address."""
    if child.sees is Sees.UNTIL_DEPARTURE and child.until_on is not None:
        return bool(row.from_on < child.until_on)
    return child.open_file


@bp.route("/kinderen/<uuid:child_id>/verblijf/nieuw", methods=["GET", "POST"])
@guard(Permission.PLACEMENT_EDIT, on=the_open_child)
def add_stay(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down a stay: an earlier one, or where the child lives now."""
    form = _stay_form(work, {"version": 0})
    if form.submitted:
        try:
            actions.record_stay(work, child.id, form.read())
        except PeriodError as error:
            _complain(form, error)
        else:
            return _saved(work, child, _("The stay is saved."))
    return render_template(
        "placements/stay.html", form=form, child=child, stay=None, was=[], raced=None
    )


@bp.route("/kinderen/<uuid:child_id>/verblijf/<uuid:stay_id>", methods=["GET", "POST"])
@guard(Permission.PLACEMENT_EDIT, on=the_stay)
def correct_stay(work: Work, stay: StayOf) -> ResponseReturnValue:
    """Correct the days, the place or the reason of a stay; what was there stays readable."""
    form = _stay_form(work, _stay_values(stay.row), stay.row.location_id)
    raced = None
    if form.submitted:
        try:
            actions.correct_stay(work, stay.row, some(form.version), form.read())
        except PeriodError as error:
            _complain(form, error)
        except LostRaceError:
            raced = meanwhile(form, _stay_values(stay.row), stay.row.version)
        else:
            return _saved(work, stay.child, _("The stay is corrected."))
    was = _was(work, form, stay.row, _stay_values)
    return render_template(
        "placements/stay.html", form=form, child=stay.child, stay=stay.row, was=was, raced=raced
    )


@bp.route("/kinderen/<uuid:child_id>/verblijf/<uuid:stay_id>/einde", methods=["GET", "POST"])
@guard(Permission.PLACEMENT_EDIT, on=the_stay)
def end_stay(work: Work, stay: StayOf) -> ResponseReturnValue:
    """End a stay while no next place is known."""
    form = EndStayForm(request.form, values={"version": stay.row.version, "on": work.today})
    form.on.earliest, form.on.latest = stay.row.from_on, work.today
    if form.submitted:
        try:
            actions.end_stay(work, stay.row, some(form.version), some(form.on))
        except PeriodError as error:
            form.on.errors = [str(in_the_way(error))]
        else:
            return _saved(work, stay.child, _("The stay has ended."))
    return render_template("placements/end.html", form=form, child=stay.child, stay=stay.row)


@bp.route("/kinderen/<uuid:child_id>/waar/nieuw", methods=["GET", "POST"])
@guard(Permission.WHEREABOUTS_EDIT, on=the_open_child)
def add_whereabouts(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down that a child is missing or elsewhere."""
    form = WhereaboutsForm(request.form, values={"version": 0, "from_on": work.today})
    form.until(work.today)
    if form.submitted:
        try:
            actions.record_whereabouts(work, child.id, form.read())
        except PeriodError as error:
            _complain(form, error)
        else:
            return _saved(work, child, _("It is written down where the child is."))
    return render_template(
        "placements/whereabouts.html", form=form, child=child, row=None, was=[], raced=None
    )


@bp.route("/kinderen/<uuid:child_id>/waar/<uuid:whereabouts_id>", methods=["GET", "POST"])
@guard(Permission.WHEREABOUTS_EDIT, on=the_time_away)
def correct_whereabouts(work: Work, away: AwayOf) -> ResponseReturnValue:
    """Correct where a child was, or write down that it is back."""
    form = WhereaboutsForm(request.form, values=_away_values(away.row))
    form.until(work.today)
    raced = None
    if form.submitted:
        try:
            actions.correct_whereabouts(work, away.row, some(form.version), form.read())
        except PeriodError as error:
            _complain(form, error)
        except LostRaceError:
            raced = meanwhile(form, _away_values(away.row), away.row.version)
        else:
            return _saved(work, away.child, _("It is corrected where the child was."))
    was = _was(work, form, away.row, _away_values)
    return render_template(
        "placements/whereabouts.html",
        form=form,
        child=away.child,
        row=away.row,
        was=was,
        raced=raced,
    )


def _stay_form(work: Work, values: dict[str, Any], now_at: UUID | None = None) -> StayForm:
    form = StayForm(request.form, values=values)
    places = list(reference.locations(work, open_only=True))
    if now_at is not None and now_at not in {one.id for one in places}:
        kept = reference.location(work, now_at)
        places += [kept] if kept is not None else []
    form.location.choices = location_options(places)
    form.from_on.latest = work.today
    return form


def _stay_values(row: Any) -> dict[str, Any]:
    """Return what a stay says by the names of the form's questions; of an earlier version too."""
    values = {
        name: getattr(row, name)
        for name in ("version", "kind", "municipality", "region", "from_on", "to_on")
    }
    location = row.location_id
    values["location"] = str(location) if location else None
    if location:
        values |= {"kind": None, "municipality": None, "region": None}
    return values | {"place_name": row.facts.place_name, "reason": row.facts.reason}


def _away_values(row: Any) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in ("version", "state", "from_on", "to_on")}
    return values | {"police_report_on": row.facts.police_report_on, "note": row.facts.note}


def _was(work: Work, form: Form, row: Any, values_of: Callable[[Any], dict[str, Any]]) -> list[Was]:
    """Return what stood in a row before it was corrected, in the words of its form."""
    entries = audit.past_of(work, row.__tablename__, row.id)
    names = accounts.names(work, [entry.by for entry in entries])
    return what_was(
        form, values_of(row), entries, lambda entry: _values_then(entry, values_of), names
    )


def _values_then(
    entry: audit.Earlier, values_of: Callable[[Any], dict[str, Any]]
) -> dict[str, Any] | Unreadable:
    if isinstance(entry.facts, Unreadable):
        return entry.facts
    then = dict(entry.clear) | {"facts": entry.facts}
    for name in ("from_on", "to_on"):
        then[name] = date.fromisoformat(then[name]) if then[name] else None
    return values_of(SimpleNamespace(**then))


def _complain(form: StayForm | WhereaboutsForm, error: PeriodError) -> None:
    field = form.to_on if isinstance(error, EndsBeforeStartError) else form.from_on
    field.errors = [str(in_the_way(error))]


def _saved(work: Work, child: Sight, words: str) -> ResponseReturnValue:
    work.commit()
    say("good", words)
    return redirect(url_for(".stays", child_id=child.id), 303)
