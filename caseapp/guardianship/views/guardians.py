"""Assigning a guardian, taking over, ending and correcting."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.audit import queries as audit
from caseapp.audit.views import what_stood
from caseapp.domain.intents.guardianship import GuardianDetails
from caseapp.domain.policy import Permission, Role
from caseapp.guardianship import actions
from caseapp.guardianship.forms import GuardianshipForm, OwnGuardianshipForm
from caseapp.guardianship.scope import GuardianshipOf, the_guardianship
from caseapp.guardianship.views.blueprint import attempt, bp, guardians, refused, to_chapter
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.past import meanwhile


@bp.route("/kinderen/<uuid:child_id>/voogdij/nieuw", methods=["GET", "POST"])
@guard(Permission.GUARDIAN_ASSIGN, on=the_open_child)
def assign(work: Work, child: Sight) -> ResponseReturnValue:
    """Assign a guardian from a day on; the present one ends on that day. A guardian takes over himself."""
    form = _form(work, {"from_on": work.today, "version": 0})
    if form.submitted and attempt(
        form, form.from_on, lambda: actions.assign(work, child.id, _told(work, form))
    ):
        work.commit()
        say("good", _("The guardian is saved."))
        return to_chapter(child)
    return render_template(
        "guardianship/assign.html", form=form, child=child, own=work.actor.role is Role.GUARDIAN
    )


@bp.route("/kinderen/<uuid:child_id>/voogdij/<uuid:row_id>", methods=["GET", "POST"])
@guard(Permission.GUARDIAN_ASSIGN, on=the_guardianship)
def edit(work: Work, held: GuardianshipOf) -> ResponseReturnValue:
    """Correct or end a guardianship; what was there stays readable."""
    row, child = held.row, held.child
    facts = readable(row, "facts")
    if isinstance(facts, Unreadable):
        return refused(child, facts)
    stored = _values(row.account_id, row.from_on, row.to_on, facts)
    form = _form(work, stored | {"version": row.version}, row.account_id)
    race = None
    if form.submitted:
        try:
            done = _corrected(work, row, form)
        except LostRaceError:
            done, race = False, meanwhile(form, stored, row.version)
        if done:
            work.commit()
            say("good", _("The guardianship is changed."))
            return to_chapter(child)
    past = what_stood(work, form, stored, ("guardianship", row.id), _was)
    return render_template("guardianship/edit.html", form=form, child=child, past=past, race=race)


def _corrected(work: Work, row: Any, form: OwnGuardianshipForm) -> bool:
    version = some(form.version)
    return attempt(
        form, form.from_on, lambda: actions.correct(work, row, version, _told(work, form))
    )


def _form(
    work: Work, values: Mapping[str, Any], kept: UUID | None = None
) -> OwnGuardianshipForm | GuardianshipForm:
    """Return the form; a guardian is not asked for whom."""
    if work.actor.role is Role.GUARDIAN:
        return OwnGuardianshipForm(request.form, values=values)
    return GuardianshipForm(request.form, values=values).offer(guardians(work, kept))


def _told(work: Work, form: OwnGuardianshipForm) -> GuardianDetails:
    if isinstance(form, GuardianshipForm):
        return form.told(form.who, maybe(form.name))
    return form.told(work.actor.account_id)


def _values(
    account_id: UUID | str | None, from_on: date, to_on: date | None, facts: Any
) -> dict[str, Any]:
    return {
        "account": str(account_id) if account_id else None,
        "name": facts.name,
        "from_on": from_on,
        "to_on": to_on,
        "kind": facts.kind.value if facts.kind else None,
    }


def _was(entry: audit.Earlier) -> Mapping[str, Any] | Unreadable:
    if isinstance(entry.facts, Unreadable):
        return entry.facts
    clear = entry.clear
    ended = clear["to_on"]
    return _values(
        clear["account_id"],
        date.fromisoformat(clear["from_on"]),
        date.fromisoformat(ended) if ended else None,
        entry.facts,
    )
