"""Pages about contacts with the child."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts.actions import only_once
from caseapp.audit import queries as audit
from caseapp.audit.views import what_stood
from caseapp.domain.policy import Permission
from caseapp.kernel.seals import Unreadable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.observations import actions, facts
from caseapp.observations.forms import BY_ROLE, ContactCorrectionForm, ContactForm
from caseapp.observations.scope import ContactOf, the_contact, the_contact_to_correct
from caseapp.observations.views.blueprint import bp, refused, show_earlier, to_chapter
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.past import meanwhile


@bp.route("/kinderen/<uuid:child_id>/contact", methods=["GET", "POST"])
@guard(Permission.CONTACT_LOG, on=the_open_child)
def contact(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down a contact with the child."""
    own = BY_ROLE.get(work.actor.role) if work.actor.role else None
    form = ContactForm(request.form, values={"on": work.today, "by": own}).until(work.today)
    if form.submitted:
        only_once(work, maybe(form.once), lambda: actions.log_contact(work, child.id, form.read()))
        work.commit()
        say("good", _("The contact is saved."))
        return to_chapter(child)
    return render_template(
        "observations/contact.html", form=form, child=child, past=[], race=None, row=None
    )


@bp.route("/kinderen/<uuid:child_id>/contacten/<uuid:row_id>", methods=["GET", "POST"])
@guard(Permission.CONTACT_LOG, on=the_contact_to_correct)
def edit_contact(work: Work, met: ContactOf) -> ResponseReturnValue:
    """Correct a contact; what was there stays readable."""
    row, child = met.row, met.child
    stored = _contact_values(facts.contact_entry(row))
    if isinstance(stored["note"], Unreadable):
        return refused(child, stored["note"])
    form = ContactCorrectionForm(request.form, values=stored | {"version": row.version})
    form.until(work.today)
    race = None
    if form.submitted:
        try:
            actions.correct_contact(work, row, some(form.version), form.read())
        except LostRaceError:
            race = meanwhile(form, stored, row.version)
        else:
            work.commit()
            say("good", _("The contact is changed."))
            return to_chapter(child)
    past = what_stood(work, form, stored, ("contact", row.id), _was, ("note",))
    return render_template(
        "observations/contact.html", form=form, child=child, past=past, race=race, row=row
    )


@bp.route("/kinderen/<uuid:child_id>/contacten/<uuid:row_id>/eerder")
@guard(Permission.OBSERVATION_READ, on=the_contact)
def earlier_contact(work: Work, met: ContactOf) -> ResponseReturnValue:
    """Show a contact with what stood there before."""
    entry = facts.contact_entry(met.row)
    stored = _contact_values(entry)
    form = ContactCorrectionForm()
    past = what_stood(work, form, stored, ("contact", entry.id), _was, ("note",))
    return show_earlier(work, met.child, entry, past)


def _contact_values(entry: facts.Entry) -> dict[str, Any]:
    return {"on": entry.on, "by": entry.row.by, "mode": entry.row.mode, "note": entry.text}


def _was(entry: audit.Earlier) -> Mapping[str, Any] | Unreadable:
    note = entry.sealed.get("note")
    if isinstance(note, Unreadable):
        return note
    clear = entry.clear
    on = date.fromisoformat(clear["on_day"])
    return {"on": on, "by": clear["by"], "mode": clear["mode"], "note": note}
