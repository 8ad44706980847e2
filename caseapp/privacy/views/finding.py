"""Finding a child by its V-number, and what the privacy desk may know of it."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.domain.policy import Permission
from caseapp.kernel.work import Work
from caseapp.privacy import queries
from caseapp.privacy.forms import FindForm
from caseapp.privacy.queries import Found
from caseapp.privacy.scope import the_found_child
from caseapp.privacy.views.blueprint import bp, name_and_age
from caseapp.privacy.views.lines import RequestLine
from caseapp.web.forms import some
from caseapp.web.guard import guard


@bp.route("/inzage", methods=["GET", "POST"])
@guard(Permission.PRIVACY_DESK)
def find(work: Work) -> ResponseReturnValue:
    """Find a child by its whole V-number: the desk opens no file and searches no names."""
    form = FindForm(request.form)
    if form.submitted:
        child = queries.found(work, v_number=some(form.v_number))
        work.saw("search", [child.child_id] if child else [])
        if child is not None:
            return redirect(url_for("privacy.subject", child_id=child.child_id), 303)
        form.v_number.errors = [_("There is no child with this V-number. Check the number.")]
    return render_template("privacy/find.html", form=form)


@bp.route("/inzage/<uuid:child_id>")
@guard(Permission.PRIVACY_DESK, on=the_found_child)
def subject(work: Work, child: Found) -> ResponseReturnValue:
    """Show what can be done for a child: see who looked, write down a request, go on with one."""
    rows = queries.of_child(work, child.child_id)
    return render_template(
        "privacy/subject.html",
        child=child,
        name=name_and_age(child, work.today),
        lines=[RequestLine.of(work, row, child) for row in rows],
    )
