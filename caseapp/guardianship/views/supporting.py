"""Deciding on support after 18, and on the road to it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts.actions import only_once
from caseapp.audit import queries as audit
from caseapp.audit.views import what_stood
from caseapp.domain.calendar import birthdays
from caseapp.domain.policy import Permission
from caseapp.guardianship import actions, queries
from caseapp.guardianship.forms import (
    RunwayForm,
    SupportCorrectionForm,
    SupportForm,
    SupportQuestions,
)
from caseapp.guardianship.scope import SupportOf, the_support
from caseapp.guardianship.views.blueprint import (
    attempt,
    bp,
    guardians,
    refused,
    repairs,
    to_chapter,
)
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.past import Was, meanwhile

ADULT: Final = 18


@bp.route("/kinderen/<uuid:child_id>/steun/nieuw", methods=["GET", "POST"])
@guard(Permission.SUPPORT_EDIT, on=the_open_child)
def support_add(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down support after 18, also coming support; it begins on birthday 18 unless said otherwise."""
    start = max(birthdays(child.card.birth, ADULT).first, work.today)
    form = SupportForm(request.form, values={"from_on": start, "version": 0})
    form.offer(guardians(work))
    if form.submitted and attempt(
        form,
        form.to_on,
        lambda: only_once(
            work, maybe(form.once), lambda: actions.decide_support(work, child.id, form.read())
        ),
    ):
        work.commit()
        say("good", _("The support is saved."))
        return to_chapter(child)
    return _page(form, child, None)


@bp.route("/kinderen/<uuid:child_id>/steun/<uuid:row_id>", methods=["GET", "POST"])
@guard(Permission.SUPPORT_EDIT, on=the_support)
def support_edit(work: Work, given: SupportOf) -> ResponseReturnValue:
    """Correct or end support; what was there stays readable."""
    row, child = given.row, given.child
    facts = readable(row, "facts")
    if isinstance(facts, Unreadable):
        return refused(child, facts)
    stored = _values(row.worker_account_id, row.from_on, row.to_on, facts)
    form = SupportCorrectionForm(request.form, values=stored | {"version": row.version})
    form.offer(guardians(work, row.worker_account_id))
    race = None
    if form.submitted:
        try:
            done = _corrected(work, row, form)
        except LostRaceError:
            done, race = False, meanwhile(form, stored, row.version)
        if done:
            work.commit()
            say("good", _("The support is changed."))
            return to_chapter(child)
    past = what_stood(work, form, stored, ("support", row.id), _was)
    return _page(form, child, row, past, race)


def _page(
    form: SupportQuestions, child: Sight, row: Any, past: Sequence[Was] = (), race: Any = None
) -> ResponseReturnValue:
    return render_template(
        "guardianship/support.html",
        form=form,
        child=child,
        past=past,
        race=race,
        row=row,
        repairs=repairs(),
    )


def _corrected(work: Work, row: Any, form: SupportCorrectionForm) -> bool:
    version = some(form.version)
    return attempt(
        form, form.to_on, lambda: actions.correct_support(work, row, version, form.read())
    )


@bp.route("/kinderen/<uuid:child_id>/weg-naar-18", methods=["GET", "POST"])
@guard(Permission.SUPPORT_EDIT, on=the_open_child)
def runway(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down the plan for 18, or that support was declined."""
    row = queries.runway(work, child.id)
    facts = readable(row, "facts") if row else None
    if isinstance(facts, Unreadable):
        return refused(child, facts)
    stored = asdict(facts) if facts else {}
    form = RunwayForm(request.form, values=stored | {"version": row.version if row else 0})
    form.until(work.today)
    race = None
    if form.submitted:
        try:
            actions.decide_runway(work, child.id, some(form.version), form.read())
        except LostRaceError:
            race = meanwhile(form, stored, row.version if row else 0)
        else:
            work.commit()
            say("good", _("The road to 18 is saved."))
            return to_chapter(child)
    past = what_stood(work, form, stored, ("runway", row.id), _runway_was) if row else []
    return render_template("guardianship/runway.html", form=form, child=child, past=past, race=race)


def _values(
    worker_id: UUID | str | None, from_on: date, to_on: date | None, facts: Any
) -> dict[str, Any]:
    return {
        "regime": facts.regime.value,
        "organisation": facts.organisation.value if facts.organisation else None,
        "from_on": from_on,
        "to_on": to_on,
        "worker": str(worker_id) if worker_id else None,
    }


def _was(entry: audit.Earlier) -> Mapping[str, Any] | Unreadable:
    if isinstance(entry.facts, Unreadable):
        return entry.facts
    clear = entry.clear
    ended = clear["to_on"]
    return _values(
        clear["worker_account_id"],
        date.fromisoformat(clear["from_on"]),
        date.fromisoformat(ended) if ended else None,
        entry.facts,
    )


def _runway_was(entry: audit.Earlier) -> Mapping[str, Any] | Unreadable:
    return entry.facts if isinstance(entry.facts, Unreadable) else asdict(entry.facts)
