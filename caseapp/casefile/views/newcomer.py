"""A child whom we did not know: registered with its place, and somebody responsible at once."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.casefile import actions
from caseapp.casefile.forms import NewChildForm
from caseapp.casefile.views.blueprint import bp
from caseapp.casefile.views.caseload import own_places
from caseapp.domain.policy import Permission
from caseapp.kernel.work import Work
from caseapp.people.actions import KnownVNumberError
from caseapp.web.forms import some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.places import location_options


@bp.route("/kinderen/nieuw", methods=["GET", "POST"])
@guard(Permission.CHILD_CREATE)
def new_child(work: Work) -> ResponseReturnValue:
    """Register a child at an own location; the contact person there is responsible from then on."""
    places = [
        place for place in own_places(work) if place.open_to is None or place.open_to >= work.today
    ]
    form = NewChildForm(request.form, values={"since": work.today}).until(work.today)
    form.location.choices = location_options(places)
    if form.submitted:
        try:
            child_id = actions.register(
                work, form.read(), UUID(some(form.location)), some(form.since)
            )
        except KnownVNumberError:
            form.v_number.errors = [
                _("A file with this V-number is there already. Search it, or ask your coordinator.")
            ]
        else:
            work.commit()
            say("good", _("The child is registered."), _("Alerts follow by themselves."))
            return redirect(url_for("casefile.show", child_id=child_id), 303)
    return render_template("casefile/new_child.html", form=form, has_places=bool(places))
