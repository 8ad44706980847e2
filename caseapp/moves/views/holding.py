"""Holding a move back, letting it go on, and objecting to it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import queries as accounts
from caseapp.domain.calendar import plus_days
from caseapp.domain.holding import MOST_DAYS, HoldEnd, HoldKind, holds_on
from caseapp.domain.moving import Refusal, RefusedError
from caseapp.domain.policy import Permission
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.moves import actions, queries
from caseapp.moves.forms import REFUSALS, AnswerForm, EndHoldForm, HoldForm, ObjectForm
from caseapp.moves.scope import HoldOf, MoveOf, the_hold, the_hold_to_override, the_own_move
from caseapp.moves.views.blueprint import bp, shown, to_move
from caseapp.web.filters import day_in_sentence
from caseapp.web.forms import Form, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.i18n import Words

if TYPE_CHECKING:
    from caseapp.moves.models import Hold, Transfer


@dataclass(frozen=True, slots=True)
class ShownHold:
    """A hold or objection as the page of a move shows it; its reason when it opens."""

    row: "Hold"
    who: str
    reason: str
    ended_because: str
    is_objection: bool
    stops: bool
    is_over: bool
    overridden: bool
    lift: str = ""
    override: str = ""


@bp.route(
    "/kinderen/<uuid:child_id>/verhuizing/<uuid:transfer_id>/vasthouden", methods=["GET", "POST"]
)
@guard(Permission.MOVE_CONFIRM, on=the_own_move)
def put_on_hold(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Let a move wait until a day, with a reason."""
    form = HoldForm(request.form)
    form.until.earliest = plus_days(work.today, 1)
    form.until.latest = plus_days(work.today, MOST_DAYS)
    if form.submitted:
        try:
            actions.put_on_hold(work, move.row, some(form.until), some(form.reason))
        except RefusedError as refused:
            form.complain(REFUSALS[refused.why])
        else:
            day = day_in_sentence(some(form.until), work.today)
            return to_move(work, move, _("The move is on hold until %(day)s.", day=day))
    return _page(work, move, form, _("The move of %(name)s has to wait"), _("Put the move on hold"))


@bp.route(
    "/kinderen/<uuid:child_id>/verhuizing/<uuid:transfer_id>/bezwaar", methods=["GET", "POST"]
)
@guard(Permission.MOVE_READ, on=the_own_move)
def object_to(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Ask the coordinators to look at a move again."""
    form = ObjectForm(request.form)
    if form.submitted:
        try:
            actions.object_to(work, move.row, some(form.reason))
        except RefusedError as refused:
            form.complain(REFUSALS[refused.why])
        else:
            return to_move(work, move, _("The coordinators are told."))
    return _page(
        work, move, form, _("Object to the move of %(name)s"), _("Send to the coordinators")
    )


@bp.route(
    "/kinderen/<uuid:child_id>/verhuizing/<uuid:transfer_id>/vasthouden/<uuid:hold_id>/opheffen",
    methods=["GET", "POST"],
)
@guard(Permission.MOVE_CONFIRM, on=the_hold)
def lift(work: Work, hold: HoldOf) -> ResponseReturnValue:
    """End a hold before its day, or answer an objection."""
    if hold.row.kind == HoldKind.OBJECTION:
        heading, submit, done = (
            _("Answer the objection"),
            _("Save the answer"),
            _("The answer is saved."),
        )
        form: EndHoldForm | AnswerForm = AnswerForm(request.form, values=_version(hold))
    else:
        heading, submit, done = _("Lift the hold"), _("Lift the hold"), _("The move can go on.")
        form = EndHoldForm(request.form, values=_version(hold))
    return _end(work, hold, form, actions.lift, (heading, submit, done))


@bp.route(
    "/kinderen/<uuid:child_id>/verhuizing/<uuid:transfer_id>/vasthouden/<uuid:hold_id>/doorzetten",
    methods=["GET", "POST"],
)
@guard(Permission.HOLD_OVERRIDE, on=the_hold_to_override)
def override(work: Work, hold: HoldOf) -> ResponseReturnValue:
    """Let the national desk end a hold of another desk, with a reason."""
    words = (_("Go on in spite of the hold"), _("End the hold"), _("The move can go on."))
    form = EndHoldForm(request.form, values=_version(hold))
    return _end(work, hold, form, actions.override, words)


def _version(hold: HoldOf) -> dict[str, int]:
    return {"version": hold.row.version}


def _end(
    work: Work,
    hold: HoldOf,
    form: "EndHoldForm | AnswerForm",
    act: Any,
    words: tuple[Words, Words, Words],
) -> ResponseReturnValue:
    """Take the step that ends a hold; when somebody was first, say so and show how it stands."""
    heading, submit, done = words
    move = MoveOf(hold.child, hold.move)
    if form.submitted:
        try:
            act(work, hold.move, hold.row, some(form.version), some(form.because))
            return to_move(work, move, done)
        except RefusedError as refused:
            form.complain(REFUSALS[refused.why])
        except LostRaceError:
            work.undo()
            say("warning", REFUSALS[Refusal.NOT_HELD])
            ids: dict[str, Any] = {"child_id": hold.child.id, "transfer_id": hold.move.id}
            return redirect(url_for("moves.transfer", **ids), 303)
    return _page(work, move, form, heading, submit)


def _page(
    work: Work, move: MoveOf, form: Form, heading: Words, submit: Words
) -> ResponseReturnValue:
    values: dict[str, Any] = {"name": move.child.card.first_name}
    return render_template(
        "moves/step.html",
        form=form,
        child=move.child,
        move=shown(work, move.row),
        heading=str(heading) % values,
        submit=submit,
    )


def holds_of(work: Work, move: MoveOf) -> list[ShownHold]:
    """Return the holds and objections of a move, with what this reader can do about each."""
    if not move.child.open_file:
        return []
    rows = queries.holds(work, move.row.id)
    names = accounts.names(work, [row.placed_by for row in rows])
    return [_shown(work, move, row, names.get(row.placed_by or row.id, "")) for row in rows]


def _shown(work: Work, move: MoveOf, row: "Hold", who: str) -> ShownHold:
    facts = readable(row, "facts")
    if isinstance(facts, Unreadable):
        reason, because = _("Not readable - ref %(reference)s", reference=facts.reference), ""
    else:
        reason, because = facts.reason, facts.ended_because or ""
    is_objection = row.kind == HoldKind.OBJECTION
    in_time = holds_on(row.until_on, is_ended=row.ended_at is not None, today=work.today)
    open_move = move.row.status in queries.OPEN
    waits = row.ended_at is None if is_objection else in_time
    lift_at, override_at = _ways(work, move, row) if waits and open_move else ("", "")
    return ShownHold(
        row=row,
        who=who,
        reason=reason,
        ended_because=because,
        is_objection=is_objection,
        stops=in_time and open_move and not is_objection,
        is_over=not waits,
        overridden=row.ended_how == HoldEnd.OVERRIDDEN,
        lift=lift_at,
        override=override_at,
    )


def _ways(work: Work, move: MoveOf, row: "Hold") -> tuple[str, str]:
    """Return the addresses at which this reader lifts and overrides a hold; empty where it may not."""
    ids: dict[str, Any] = {
        "child_id": move.child.id, "transfer_id": move.row.id, "hold_id": row.id,
    }  # fmt: skip
    may, own = work.actor.may, queries.sits_at(work.actor, row.desk)
    own = own or row.kind == HoldKind.OBJECTION
    lift_at = url_for("moves.lift", **ids) if own and may(Permission.MOVE_CONFIRM) else ""
    overrides = not own and work.actor.is_national and may(Permission.HOLD_OVERRIDE)
    return lift_at, url_for("moves.override", **ids) if overrides else ""


def told_why(work: Work, row: "Transfer", why: Refusal, *, in_full: bool = False) -> Words:
    """Return why a step is refused; of a hold until when, and in full also its reason (never in a cookie)."""
    held = queries.held(work, row.id) if why is Refusal.HELD else None
    if held is None:
        return REFUSALS[why]
    day = day_in_sentence(held.until_on, work.today)
    facts = readable(held, "facts")
    if in_full and not isinstance(facts, Unreadable):
        return _("This move is on hold until %(day)s: %(reason)s", day=day, reason=facts.reason)
    return _("This move is on hold until %(day)s.", day=day)
