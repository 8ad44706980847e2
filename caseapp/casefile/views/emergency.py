"""Break-glass: looking into a file beside the own scope, stopping it, and judging what others did."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Final

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import queries as accounts
from caseapp.accounts.actions import emergency as glass
from caseapp.accounts.forms import REFUSALS, SureForm
from caseapp.accounts.scope import the_emergency_to_review, the_own_emergency
from caseapp.casefile.forms import GlassForm, JudgeForm
from caseapp.casefile.queries import asked_glass
from caseapp.casefile.views.blueprint import bp
from caseapp.domain.emergency import Judgement, Why
from caseapp.domain.granting import Refusal, RefusedError
from caseapp.domain.intents.emergency import Glass
from caseapp.domain.names import is_v_number
from caseapp.domain.policy import Permission
from caseapp.kernel.work import Sighting, Work
from caseapp.people import queries as people
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard, own
from caseapp.web.i18n import Words
from caseapp.web.request import current_actor, current_work
from caseapp.web.right_labels import WHYS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from caseapp.accounts.models import Emergency

SHOWN: Final = timedelta(days=30)
"""How far back the own page shows one's own looks."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A look in an emergency as a line: who looked, at whom, why, and when."""

    row: "Emergency"
    who: str
    child: str
    why: Words
    reason: str
    runs: bool
    late: bool


@bp.route("/noodtoegang", methods=["GET", "POST"])
@guard(Permission.BREAK_GLASS, fresh=True)
def emergency(work: Work) -> ResponseReturnValue:
    """Open one file beside the own scope, by its exact V-number, for three hours of reading."""
    form = GlassForm(request.form)
    if form.submitted:
        try:
            row = _start(work, form)
        except RefusedError as refused:
            form.complain(REFUSALS[refused.code])
        else:
            return redirect(url_for("casefile.show", child_id=row.child_id), 303)
    mine = _looked(work, accounts.emergencies_of(work, _me(work), work.now - SHOWN))
    return render_template("casefile/emergency.html", form=form, mine=mine)


@bp.route("/noodtoegang/<uuid:emergency_id>/stoppen", methods=["POST"])
@own(the_own_emergency)
def stop_emergency(work: Work, row: "Emergency") -> ResponseReturnValue:
    """End a look before its time."""
    if SureForm(request.form).submitted:
        try:
            glass.stop(work, row)
        except RefusedError as refused:
            say("", REFUSALS[refused.code])
        else:
            work.commit()
            say("good", _("You look into this file no longer."))
    return redirect("/", 303)


@bp.route("/noodtoegang/beoordelen")
@guard(Permission.EMERGENCY_REVIEW)
def emergencies(work: Work) -> ResponseReturnValue:
    """Show the looks in emergencies that I have to judge."""
    return render_template(
        "casefile/emergencies.html", rows=_looked(work, accounts.to_review(work))
    )


@bp.route("/noodtoegang/<uuid:emergency_id>/oordeel", methods=["GET", "POST"])
@guard(Permission.EMERGENCY_REVIEW, on=the_emergency_to_review)
def review_emergency(work: Work, row: "Emergency") -> ResponseReturnValue:
    """Judge a look in an emergency."""
    form = JudgeForm(request.form)
    if form.submitted:
        try:
            glass.review(work, row, Judgement(some(form.verdict)), maybe(form.note) or "")
        except RefusedError as refused:
            form.complain(REFUSALS[refused.code])
        else:
            work.commit()
            say("good", _("Your judgement is saved."))
            return redirect(url_for("casefile.emergencies"), 303)
    (looked,) = _looked(work, [row])
    return render_template("casefile/review_emergency.html", form=form, looked=looked)


@bp.app_template_global()
def emergency_here() -> tuple["Emergency", int] | None:
    """Return the look that the page of a child stands under, and how many minutes are left of it."""
    if not current_actor().looks_only or g.get("is_refusal"):
        return None
    child_id: UUID = (request.view_args or {})["child_id"]
    work = current_work()
    row = accounts.running_at(work, _me(work), child_id)
    return (row, ceil((row.ends_at - work.now) / timedelta(minutes=1))) if row is not None else None


def _start(work: Work, form: GlassForm) -> "Emergency":
    """Start a look; what is refused stands in the trail, and reads the same for no child and no neighbour."""
    typed = some(form.v_number)
    asked = (
        asked_glass(work, typed, Why(some(form.why)), some(form.reason))
        if is_v_number(typed)
        else None
    )
    try:
        row = _opened(work, asked)
    except RefusedError as refused:
        children = (asked.child_id,) if asked is not None else ()
        work.trail.append(
            Sighting(
                "denied",
                children,
                object="emergency",
                fields=(refused.code.value,),
                outcome="denied",
            )
        )
        raise
    work.commit()
    return row


def _opened(work: Work, asked: Glass | None) -> "Emergency":
    if asked is None:
        raise RefusedError(Refusal.NO_NEIGHBOUR)
    return glass.start(work, asked)


def _looked(work: Work, rows: "Iterable[Emergency]") -> list[Looked]:
    found = list(rows)
    names = accounts.names(work, {row.account_id for row in found})
    with work.beyond("who judges a look reads of which child it was, and why"):
        cards = people.cards(work, {row.child_id for row in found})
        if found:
            work.saw("list-emergencies", [row.child_id for row in found], object="emergency")
        return [
            Looked(
                row=row,
                who=names.get(row.account_id, ""),
                child=cards[row.child_id].name if row.child_id in cards else "",
                why=WHYS[Why(row.why)],
                reason=row.reason,
                runs=row.stopped_at is None and row.ends_at > work.now,
                late=row.reviewed_at is None and row.review_by < work.today,
            )
            for row in found
        ]


def _me(work: Work) -> "UUID":
    assert work.actor.account_id is not None  # noqa: S101 (the guard let nobody else in)
    return work.actor.account_id
