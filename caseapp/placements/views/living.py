"""Pages about where a child lives and lived."""

from typing import Any, TypeVar
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts.actions import only_once
from caseapp.domain.codes import MoveReason, PlacementKind, WhereaboutsState
from caseapp.domain.periods import PeriodError
from caseapp.domain.policy import Permission, Sees
from caseapp.kernel.seals import readable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.placements import actions, queries
from caseapp.placements.forms import (
    EndStayForm,
    StayCorrectionForm,
    StayForm,
    StayQuestions,
    in_the_way,
)
from caseapp.placements.scope import StayOf, the_child_of_stays, the_stay
from caseapp.placements.views.blueprint import bp, complain, saved, was_before
from caseapp.reference import queries as reference
from caseapp.web.forms import maybe, some
from caseapp.web.guard import guard
from caseapp.web.past import meanwhile
from caseapp.web.places import NamedPlace, Place, location_options

F = TypeVar("F", bound=StayQuestions)


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
    form = _stay_form(StayForm, work, {"version": 0})
    if form.submitted:
        try:
            only_once(
                work, maybe(form.once), lambda: actions.record_stay(work, child.id, form.read())
            )
        except PeriodError as error:
            complain(form, error)
        else:
            return saved(work, child, _("The stay is saved."))
    return render_template(
        "placements/stay.html", form=form, child=child, stay=None, was=[], raced=None
    )


@bp.route("/kinderen/<uuid:child_id>/verblijf/<uuid:stay_id>", methods=["GET", "POST"])
@guard(Permission.PLACEMENT_EDIT, on=the_stay)
def correct_stay(work: Work, stay: StayOf) -> ResponseReturnValue:
    """Correct the days, the place or the reason of a stay; what was there stays readable."""
    form = _stay_form(StayCorrectionForm, work, _stay_values(stay.row), stay.row.location_id)
    raced = None
    if form.submitted:
        try:
            actions.correct_stay(work, stay.row, some(form.version), form.read())
        except PeriodError as error:
            complain(form, error)
        except LostRaceError:
            raced = meanwhile(form, _stay_values(stay.row), stay.row.version)
        else:
            return saved(work, stay.child, _("The stay is corrected."))
    was = was_before(work, form, stay.row, _stay_values)
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
            return saved(work, stay.child, _("The stay has ended."))
    return render_template("placements/end.html", form=form, child=stay.child, stay=stay.row)


def _stay_form(kind: type[F], work: Work, values: dict[str, Any], now_at: UUID | None = None) -> F:
    form = kind(request.form, values=values)
    places: list[NamedPlace] = list(reference.locations(work, open_only=True))
    if now_at is not None and now_at not in {one.id for one in places}:
        kept = reference.location(work, now_at)
        places += [Place(kept.id, reference.name_of(work, kept), kept.region)] if kept else []
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
