"""Pages about what was seen and heard."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import queries as accounts
from caseapp.accounts.actions import only_once
from caseapp.audit import queries as audit
from caseapp.audit.views import what_stood
from caseapp.domain.care_codes import Level
from caseapp.domain.policy import Permission
from caseapp.kernel.seals import Unreadable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.observations import actions, facts, queries
from caseapp.observations.forms import (
    FULL_NAMES,
    NOT_ASKED,
    CorrectionForm,
    ObservationForm,
    ObservationQuestions,
    mark_fields,
    owners,
    values_of,
)
from caseapp.observations.scope import (
    ObservationOf,
    correctable,
    the_history,
    the_observation,
    the_observation_to_correct,
)
from caseapp.observations.views.blueprint import bp, refused, show_earlier, to_chapter
from caseapp.people import queries as people
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.reference import queries as reference
from caseapp.web.forms import Option, maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.past import meanwhile

TEXTS: Final = ("text", "child_view", "interpretation")
SEALED: Final = ("facts", *TEXTS)
ASKS_FOR_ACTION: Final = frozenset({Level.CONCERN, Level.ACUTE})


@bp.route("/kinderen/<uuid:child_id>/observaties")
@guard(Permission.OBSERVATION_READ, on=the_history)
def chapter(work: Work, child: Sight) -> ResponseReturnValue:
    """Show what was seen and heard, the newest first."""
    entries = facts.history(work, child.id, child.until_on)
    writes = {
        facts.What.OBSERVATION: work.actor.may(Permission.OBSERVE),
        facts.What.CONTACT: work.actor.may(Permission.CONTACT_LOG),
        facts.What.MEETING: work.actor.may(Permission.CONTACT_LOG),
    }
    written = [entry for entry in entries if child.open_file and writes.get(entry.what)]
    may = correctable(work, child, [entry.row for entry in written])
    mine = {entry.id for entry in written if entry.row.id in may}
    return render_template(
        "observations/chapter.html",
        child=child,
        entries=entries,
        names=accounts.names(work, {entry.author for entry in entries}),
        mine=mine,
        not_asked=NOT_ASKED,
    )


@bp.route("/kinderen/<uuid:child_id>/observatie", methods=["GET", "POST"])
@guard(Permission.OBSERVE, on=the_open_child)
def record_for(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down what was seen or heard, on one screen."""
    form = ObservationForm(request.form, values={"on": work.today})
    form.about(child.card.first_name, work.today).offer(_owners(work, child.id))
    form.due_on.earliest = work.today
    if form.submitted:
        said = form.read()
        only_once(work, maybe(form.once), lambda: actions.record(work, child.id, said))
        work.commit()
        if said.level in ASKS_FOR_ACTION and said.agreed is None:
            say(
                "warning",
                _("The observation is saved. Nothing is agreed yet."),
                _("Choose “Change” to write down what happens now."),
            )
        else:
            say("good", _("The observation is saved."))
        return to_chapter(child)
    return _asked(work, child, form, "observations/record_for.html")


@bp.route("/kinderen/<uuid:child_id>/observaties/<uuid:row_id>", methods=["GET", "POST"])
@guard(Permission.OBSERVE, on=the_observation_to_correct)
def edit(work: Work, observation: ObservationOf) -> ResponseReturnValue:
    """Correct an observation; what was there stays readable."""
    child, row = observation.child, observation.row
    stored = _stored(facts.entry_of(row))
    if isinstance(stored, Unreadable):
        return refused(child, stored)
    form = CorrectionForm(request.form, values=stored | {"version": row.version})
    form.about(child.card.first_name, work.today)
    form.offer(_owners(work, child.id, stored["owner"]))
    race = None
    if form.submitted:
        try:
            actions.correct(work, row, some(form.version), form.read())
        except LostRaceError:
            race = meanwhile(form, stored, row.version)
        else:
            work.commit()
            say("good", _("The observation is changed."))
            return to_chapter(child)
    past = what_stood(work, form, stored, ("observation", row.id), _was, SEALED)
    return _asked(work, child, form, "observations/edit.html", past=past, race=race)


@bp.route("/kinderen/<uuid:child_id>/observaties/<uuid:row_id>/eerder")
@guard(Permission.OBSERVATION_READ, on=the_observation)
def earlier(work: Work, observation: ObservationOf) -> ResponseReturnValue:
    """Show an observation with what stood there before."""
    child, entry = observation.child, facts.entry_of(observation.row)
    stored = _stored(entry)
    form = CorrectionForm()
    form.about(child.card.first_name, work.today).offer(_owners(work, child.id))
    record = ("observation", entry.id)
    past = (
        []
        if isinstance(stored, Unreadable)
        else what_stood(work, form, stored, record, _was, SEALED)
    )
    return show_earlier(work, child, entry, past)


def _asked(
    work: Work, child: Sight, form: ObservationQuestions, page: str, **more: Any
) -> ResponseReturnValue:
    """Show the form, with the head of the child above it."""
    here = people.here(work, [child.id]).get(child.id)
    place = reference.location(work, here.location_id) if here and here.location_id else None
    family, society = mark_fields(form)
    return render_template(
        page,
        form=form,
        child=child,
        place=reference.name_of(work, place) if place else "",
        family=family,
        society=society,
        full_names=FULL_NAMES.values(),
        **more,
    )


def _owners(work: Work, child_id: UUID, kept: str | None = None) -> list[Option]:
    """Return who can do what is agreed about this child."""
    guardian_id = queries.guardian_now(work, child_id)
    names = accounts.names(work, [guardian_id])
    return owners(work.actor.name, names.get(guardian_id) if guardian_id else None, kept)


def _stored(entry: facts.Entry) -> dict[str, Any] | Unreadable:
    """Return an observation as the form shows it, or the first part of it that does not open."""
    parts = (entry.facts, entry.text, entry.child_view, entry.interpretation)
    fault = next((part for part in parts if isinstance(part, Unreadable)), None)
    texts = dict(zip(TEXTS, parts[1:], strict=True))
    return fault or values_of(entry.on, entry.facts, texts)


def _was(entry: audit.Earlier) -> Mapping[str, Any] | Unreadable:
    fault = next((part for part in entry.sealed.values() if isinstance(part, Unreadable)), None)
    if fault is not None:
        return fault
    texts = {name: entry.sealed.get(name) for name in TEXTS}
    return values_of(date.fromisoformat(entry.clear["on_day"]), entry.facts, texts)
