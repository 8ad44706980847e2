"""Locations and schools: lists, one of them, and a new one."""

from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.domain.codes import Operator, PlacementKind, Region
from caseapp.domain.policy import Permission
from caseapp.kernel.work import Work
from caseapp.reference import actions, queries
from caseapp.reference.forms import LocationForm, SchoolForm
from caseapp.reference.scope import the_location, the_school
from caseapp.reference.views.blueprint import bp
from caseapp.web.forms import some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.labels import label, options
from caseapp.web.tiles import FilterChip, FilterSelect

if TYPE_CHECKING:
    from caseapp.reference.models import Location, School


@bp.route("/locaties")
@guard(Permission.REFERENCE_READ)
def locations(work: Work) -> ResponseReturnValue:
    """List the locations, of one region or kind when the address says so."""
    region, kind = request.args.get("regio", ""), request.args.get("soort", "")
    rows = queries.locations(
        work,
        region=Region(region) if region in set(Region) else None,
        kind=PlacementKind(kind) if kind in set(PlacementKind) else None,
    )
    return render_template("reference/locations.html", rows=rows, filters=_filters(region, kind))


@bp.route("/locaties/<uuid:location_id>")
@guard(Permission.REFERENCE_READ, on=the_location)
def location(work: Work, row: "Location") -> ResponseReturnValue:
    """Show one location."""
    return render_template(
        "reference/location.html",
        row=row,
        kind=label(PlacementKind(row.kind)),
        operator=label(Operator(row.operator)),
        region=label(Region(row.region)),
    )


@bp.route("/locaties/nieuw", methods=["GET", "POST"])
@guard(Permission.LOCATION_EDIT)
def new_location(work: Work) -> ResponseReturnValue:
    """Add a location."""
    form = LocationForm(request.form, values={"version": 0})
    if form.submitted:
        try:
            row = actions.record_location(work, form.read())
        except (actions.KnownCodeError, actions.ClosesBeforeOpeningError) as refused:
            _complain(form, refused)
        else:
            return _saved(work, row)
    return render_template("reference/edit_location.html", form=form, row=None)


@bp.route("/locaties/<uuid:location_id>/gegevens", methods=["GET", "POST"])
@guard(Permission.LOCATION_EDIT, on=the_location)
def edit_location(work: Work, row: "Location") -> ResponseReturnValue:
    """Correct what is known of a location."""
    form = LocationForm(request.form, values=_known(LocationForm, row))
    if form.submitted:
        try:
            actions.correct_location(work, row, some(form.version), form.read())
        except (actions.KnownCodeError, actions.ClosesBeforeOpeningError) as refused:
            _complain(form, refused)
        else:
            return _saved(work, row)
    return render_template("reference/edit_location.html", form=form, row=row)


@bp.route("/scholen")
@guard(Permission.REFERENCE_READ)
def schools(work: Work) -> ResponseReturnValue:
    """List the schools that forms offer."""
    return render_template("reference/schools.html", rows=queries.schools(work))


@bp.route("/scholen/nieuw", methods=["GET", "POST"])
@guard(Permission.SCHOOL_LIST_EDIT)
def new_school(work: Work) -> ResponseReturnValue:
    """Put a school on the list."""
    form = SchoolForm(request.form, values={"version": 0})
    if form.submitted:
        try:
            actions.list_school(work, form.read())
        except actions.KnownCodeError:
            form.brin.errors = [_("Another school has this number.")]
        else:
            return _school_saved(work)
    return render_template("reference/edit_school.html", form=form, row=None)


@bp.route("/scholen/<uuid:school_id>", methods=["GET", "POST"])
@guard(Permission.SCHOOL_LIST_EDIT, on=the_school)
def edit_school(work: Work, row: "School") -> ResponseReturnValue:
    """Correct a school on the list."""
    form = SchoolForm(request.form, values=_known(SchoolForm, row))
    if form.submitted:
        try:
            actions.correct_school(work, row, some(form.version), form.read())
        except actions.KnownCodeError:
            form.brin.errors = [_("Another school has this number.")]
        else:
            return _school_saved(work)
    return render_template("reference/edit_school.html", form=form, row=row)


def _filters(region: str, kind: str) -> tuple[list[FilterSelect], list[FilterChip]]:
    selects = [
        FilterSelect("regio", _("Region"), [("", _("All regions")), *options(Region)], region),
        FilterSelect("soort", _("Kind"), [("", _("All kinds")), *options(PlacementKind)], kind),
    ]
    left: dict[str, dict[str, Any]] = {
        "regio": {"soort": kind or None},
        "soort": {"regio": region or None},
    }
    chips = [
        FilterChip(
            _("%(name)s: %(value)s", name=one.label, value=dict(one.choices)[one.value]),
            url_for("reference.locations", **left[one.name]),
        )
        for one in selects
        if one.value and one.value in dict(one.choices)
    ]
    return selects, chips


def _known(form: type[LocationForm | SchoolForm], row: "Location | School") -> dict[str, Any]:
    fields = form()
    return {field.name: getattr(row, field.name) for field in fields}


def _complain(form: LocationForm, refused: ValueError) -> None:
    if isinstance(refused, actions.KnownCodeError):
        form.code.errors = [_("Another location has this code.")]
    else:
        form.open_to.errors = [_("A location cannot close before it opens.")]


def _saved(work: Work, row: "Location") -> ResponseReturnValue:
    work.commit()
    say("good", _("The location is saved."))
    return redirect(url_for("reference.location", location_id=row.id), 303)


def _school_saved(work: Work) -> ResponseReturnValue:
    work.commit()
    say("good", _("The school is saved."))
    return redirect(url_for("reference.schools"), 303)
