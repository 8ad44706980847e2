"""Pages about what is agreed after an observation: agreeing it, and saying that it is done."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import queries as accounts
from caseapp.domain.policy import Permission
from caseapp.kernel.seals import Unreadable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.observations import actions, facts, queries
from caseapp.observations.forms import NOT_ASKED, AgreeForm, DoneForm, FinishForm, owners
from caseapp.observations.scope import ObservationOf, the_observation
from caseapp.observations.views.blueprint import bp, refused, to_chapter
from caseapp.web.days import write_day
from caseapp.web.forms import Form, Option, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.past import meanwhile


@bp.route("/kinderen/<uuid:child_id>/observaties/<uuid:row_id>/afspraak", methods=["GET", "POST"])
@guard(Permission.OBSERVE, on=the_observation)
def agree(work: Work, observation: ObservationOf) -> ResponseReturnValue:
    """Agree what happens after an observation: what, who does it, and by when."""
    row, entry = observation.row, facts.entry_of(observation.row)
    if isinstance(entry.facts, Unreadable):
        return refused(observation.child, entry.facts)
    stored = _agreed(entry.facts)
    form = AgreeForm(request.form, values=stored | {"version": row.version})
    form.offer(_owners(work, observation, stored["owner"]))
    race = None
    if form.submitted:
        try:
            actions.agree(work, row, some(form.version), form.read())
        except LostRaceError:
            race = meanwhile(form, stored, row.version)
        else:
            work.commit()
            say("good", _("It is agreed."))
            return to_chapter(observation.child)
    return _page("observations/agree.html", form, observation, entry, race)


@bp.route("/kinderen/<uuid:child_id>/observaties/<uuid:row_id>/klaar", methods=["GET", "POST"])
@guard(Permission.OBSERVE, on=the_observation)
def finish(work: Work, observation: ObservationOf) -> ResponseReturnValue:
    """Write down on which day what was agreed was done."""
    row, entry = observation.row, facts.entry_of(observation.row)
    if isinstance(entry.facts, Unreadable):
        return refused(observation.child, entry.facts)
    form = FinishForm(request.form, values={"done_on": work.today, "version": row.version})
    form.done_on.earliest, form.done_on.latest = row.on_day, work.today
    race = None
    if form.submitted:
        try:
            done = _finished(work, observation, some(form.version), some(form.done_on))
        except LostRaceError:
            done, race = False, meanwhile(form, {"done_on": _done_on(row)}, row.version)
        if done or race is None:
            return to_chapter(observation.child)
    return _page("observations/finish.html", form, observation, entry, race)


@bp.route("/kinderen/<uuid:child_id>/observaties/<uuid:row_id>/gedaan", methods=["POST"])
@guard(Permission.OBSERVE, on=the_observation)
def action_done(work: Work, observation: ObservationOf) -> ResponseReturnValue:
    """Write down that what was agreed is done, today."""
    form = DoneForm(request.form)
    if form.submitted:
        _finished(work, observation, some(form.version), work.today)
    return to_chapter(observation.child)


def _finished(work: Work, observation: ObservationOf, version: int, on: Any) -> bool:
    """Save it and say so, or say that nothing was agreed; raises LostRaceError."""
    try:
        actions.finish_action(work, observation.row, version, on)
    except actions.NothingAgreedError:
        say("warning", _("Nothing was agreed here any more."))
        return False
    work.commit()
    say("good", _("The action is done."))
    return True


def _page(
    template: str, form: Form, observation: ObservationOf, entry: facts.Entry, race: Any
) -> ResponseReturnValue:
    """Show a short form below the observation that it is about."""
    return render_template(
        template,
        form=form,
        child=observation.child,
        entry=entry,
        not_asked=NOT_ASKED,
        race=race,
        seen_on=write_day(entry.on),
    )


def _done_on(row: Any) -> Any:
    return row.facts.action_done_on


def _agreed(stored: Any) -> dict[str, Any]:
    return {
        "action": stored.action_text,
        "owner": stored.action_owner,
        "due_on": stored.action_due_on,
    }


def _owners(work: Work, observation: ObservationOf, kept: str | None) -> list[Option]:
    guardian_id = queries.guardian_now(work, observation.child.id)
    names = accounts.names(work, [guardian_id])
    return owners(work.actor.name, names.get(guardian_id) if guardian_id else None, kept)
