"""Who may know what: the talks about it over time, and whether the special needs were assessed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts.actions import only_once
from caseapp.audit.views import by_facts, what_stood
from caseapp.casefile.views.blueprint import bp
from caseapp.domain.care_codes import ConsentBy
from caseapp.domain.policy import Permission
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people import actions
from caseapp.people import queries as people
from caseapp.people.forms import (
    ConsentCorrectionForm,
    ConsentForm,
    consent_values,
)
from caseapp.people.queries import Sight
from caseapp.people.scope import ConsentOf, the_consent, the_open_child
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say, say_unreadable
from caseapp.web.guard import guard
from caseapp.web.labels import label
from caseapp.web.past import meanwhile


@dataclass(frozen=True, slots=True)
class Given:
    """A consent as a line; facts that do not open are the Unreadable in their place."""

    id: UUID
    facts: Any

    @property
    def unreadable(self) -> str:
        """Return the reference of facts that do not open, or nothing."""
        return self.facts.reference if isinstance(self.facts, Unreadable) else ""

    @property
    def by(self) -> str:
        """Return who decided, in words."""
        return ", ".join(str(label(ConsentBy(code))) for code in self.facts.given_by)


@bp.route("/kinderen/<uuid:child_id>/toestemming")
@guard(Permission.CHILD_READ, on=the_open_child)
def consents(work: Work, child: Sight) -> ResponseReturnValue:
    """Show the talks on who may know what, the newest first."""
    every = [Given(row.id, readable(row, "facts")) for row in people.consents(work, child.id)]
    sure = [one for one in every if not one.unreadable]
    newest = sorted(sure, key=lambda one: (one.facts.on, one.id), reverse=True)
    return render_template(
        "casefile/consents.html",
        child=child,
        given=[one for one in every if one.unreadable] + newest,
        known=readable(child.child, "facts"),
    )


@bp.route("/kinderen/<uuid:child_id>/toestemming/nieuw", methods=["GET", "POST"])
@guard(Permission.CONSENT_EDIT, on=the_open_child)
def add_consent(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down a talk on who may know what, and its outcome."""
    form = ConsentForm(request.form, values={"on": work.today}).until(work.today)
    if form.submitted:
        only_once(
            work, maybe(form.once), lambda: actions.record_consent(work, child.id, form.read())
        )
        return _saved(work, child, _("The consent is saved."))
    return render_template(
        "casefile/consent.html", form=form, child=child, row=None, past=[], race=None
    )


@bp.route("/kinderen/<uuid:child_id>/toestemming/<uuid:consent_id>", methods=["GET", "POST"])
@guard(Permission.CONSENT_EDIT, on=the_consent)
def edit_consent(work: Work, consent: ConsentOf) -> ResponseReturnValue:
    """Correct a consent, or take it back; what was there stays readable."""
    row, child = consent.row, consent.child
    stored = readable(row, "facts")
    if isinstance(stored, Unreadable):
        return _refused(child, stored)
    values = consent_values(stored)
    form = ConsentCorrectionForm(request.form, values=values | {"version": row.version})
    form.until(work.today)
    race = None
    if form.submitted:
        counts = not form.taken_back.data
        try:
            actions.correct_consent(work, row, some(form.version), form.read(), counts=counts)
        except LostRaceError:
            race = meanwhile(form, values, row.version)
        else:
            return _saved(work, child, _("The consent is changed."))
    past = what_stood(work, form, values, ("consent", row.id), by_facts(consent_values))
    return render_template(
        "casefile/consent.html", form=form, child=child, row=row, past=past, race=race
    )


def _saved(work: Work, child: Sight, words: str) -> ResponseReturnValue:
    work.commit()
    say("good", words)
    page = "casefile.show" if request.args.get("signalering") == "AGE-5" else "casefile.consents"
    return redirect(url_for(page, child_id=child.id), 303)


def _refused(child: Sight, fault: Unreadable) -> ResponseReturnValue:
    say_unreadable(fault)
    return redirect(url_for("casefile.consents", child_id=child.id), 303)
