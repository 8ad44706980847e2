"""Pages about the child itself and its family, and search inside the own scope."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts.actions import only_once
from caseapp.domain.policy import Permission
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people import actions, queries
from caseapp.people.forms import (
    ChildEditForm,
    CloseForm,
    NeedsForm,
    RelativeCorrectionForm,
    RelativeForm,
    ReopenForm,
    SearchForm,
)
from caseapp.people.queries import Sight
from caseapp.people.scope import FamilyMember, the_member, the_open_child
from caseapp.reference import queries as reference
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.past import meanwhile

bp = Blueprint("people", __name__)


@bp.route("/kinderen/zoeken", methods=["GET", "POST"])
@guard(Permission.CHILD_READ)
def search(work: Work) -> ResponseReturnValue:
    """Find a child in the own scope by any part of a name, in any script, or by V-number."""
    form = SearchForm(request.form)
    found = queries.search(work, some(form.q)) if form.submitted else None
    shown = {one.location_id for one in found.found if one.location_id} if found else set()
    places = reference.location_names(work, shown)
    return render_template("people/search.html", form=form, found=found, places=places)


@bp.route("/kinderen/<uuid:child_id>/gegevens", methods=["GET", "POST"])
@guard(Permission.CHILD_EDIT, on=the_open_child)
def edit(work: Work, child: Sight) -> ResponseReturnValue:
    """Correct who the child is; what was there stays readable in the history."""
    known = _known(child)
    form = ChildEditForm(request.form, values=known).until(work.today)
    race = None
    if form.submitted:
        try:
            actions.correct(work, child.child, some(form.version), form.read())
        except actions.KnownVNumberError:
            form.v_number.errors = [_("Another file has this V-number. Check the number.")]
        except LostRaceError:
            race = meanwhile(form, known, child.child.version)
        else:
            return _saved(work, child, _("The details are saved."))
    return render_template(
        "people/edit.html", form=form, child=child, race=race, repairs=_repairs()
    )


@bp.route("/kinderen/<uuid:child_id>/behoeften", methods=["GET", "POST"])
@guard(Permission.CHILD_EDIT, on=the_open_child)
def needs(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down on which day the special needs were assessed."""
    stored = {"needs_assessed_on": child.facts.needs_assessed_on}
    shown = stored if stored["needs_assessed_on"] else {"needs_assessed_on": work.today}
    form = NeedsForm(request.form, values=shown | {"version": child.child.version})
    form.until(work.today)
    race = None
    if form.submitted:
        try:
            on = maybe(form.needs_assessed_on)
            actions.assess_needs(work, child.child, some(form.version), on)
        except LostRaceError:
            race = meanwhile(form, stored, child.child.version)
        else:
            return _saved(work, child, _("The details are saved."))
    return render_template("people/needs.html", form=form, child=child, race=race)


@bp.route("/kinderen/<uuid:child_id>/gezin/nieuw", methods=["GET", "POST"])
@guard(Permission.CHILD_EDIT, on=the_open_child)
def add_relative(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down a family member."""
    form = RelativeForm(request.form, values={"version": 0})
    form.location_since.latest = work.today
    if form.submitted:
        try:
            only_once(
                work, maybe(form.once), lambda: actions.record_relative(work, child.id, form.read())
            )
        except actions.NoSuchRelativeError:
            form.v_number.errors = [_stranger()]
        else:
            return _saved(work, child, _("The family member is saved."))
    return render_template("people/relative.html", form=form, child=child, member=None, race=None)


@bp.route("/kinderen/<uuid:child_id>/gezin/<uuid:relative_id>", methods=["GET", "POST"])
@guard(Permission.CHILD_EDIT, on=the_member)
def edit_relative(work: Work, member: FamilyMember) -> ResponseReturnValue:
    """Correct what is known of a family member."""
    stored = asdict(member.row.facts)
    form = RelativeCorrectionForm(request.form, values=stored | {"version": member.row.version})
    race = None
    form.location_since.latest = work.today
    if form.submitted:
        try:
            actions.correct_relative(work, member.row, some(form.version), form.read())
        except actions.NoSuchRelativeError:
            form.v_number.errors = [_stranger()]
        except LostRaceError:
            race = meanwhile(form, stored, member.row.version)
        else:
            return _saved(work, member.child, _("The family member is saved."))
    return render_template(
        "people/relative.html", form=form, child=member.child, member=member.row, race=race
    )


@bp.route("/kinderen/<uuid:child_id>/sluiten", methods=["GET", "POST"])
@guard(Permission.CHILD_CLOSE, on=the_open_child)
def close(work: Work, child: Sight) -> ResponseReturnValue:
    """Close a file: nobody follows this child any more, and the rules stop."""
    form = CloseForm(request.form, values={"version": child.child.version, "closed_on": work.today})
    form.closed_on.latest = work.today
    if form.submitted:
        actions.close(
            work, child.child, some(form.version), some(form.closed_on), some(form.reason)
        )
        return _saved(work, child, _("The file is closed."))
    return render_template("people/close.html", form=form, child=child)


@bp.route("/kinderen/<uuid:child_id>/heropenen", methods=["POST"])
@guard(Permission.CHILD_CLOSE, on=the_open_child)
def reopen(work: Work, child: Sight) -> ResponseReturnValue:
    """Open a closed file again."""
    form = ReopenForm(request.form)
    if form.submitted:
        actions.reopen(work, child.child, some(form.version))
    return _saved(work, child, _("The file is open again."))


def _repairs() -> str:
    """Return the code of the alert from which the details were opened, or nothing."""
    code = request.args.get("signalering", "")
    return code if code == "AGE-6" else ""


def _saved(work: Work, child: Sight, words: str) -> ResponseReturnValue:
    work.commit()
    say("good", words)
    return redirect(url_for("casefile.show", child_id=child.id), 303)


def _stranger() -> str:
    return _("We do not know this V-number. Leave it empty and write where this person lives.")


def _known(child: Sight) -> dict[str, Any]:
    facts = asdict(child.facts)
    known = asdict(child.card) | facts | {"version": child.child.version}
    known["language"] = facts["language_text"] or " ".join(facts["languages"])
    return known
