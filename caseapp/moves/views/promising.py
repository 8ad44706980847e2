"""One promise of a handover: put there by hand, settled or corrected, and talked about."""

from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts.actions import only_once
from caseapp.domain.moving import RefusedError
from caseapp.domain.policy import Permission
from caseapp.kernel.work import Work
from caseapp.moves import actions
from caseapp.moves.forms import REFUSALS, MessageForm, PromiseForm
from caseapp.moves.scope import (
    MoveOf,
    PromiseOf,
    the_own_move,
    the_promise,
    the_promise_to_discuss,
)
from caseapp.moves.views.blueprint import bp, shown, to_handover
from caseapp.moves.views.promised import lines
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard

if TYPE_CHECKING:
    from caseapp.moves.models import Promise


@bp.route(
    "/kinderen/<uuid:child_id>/overdracht/<uuid:transfer_id>/belofte", methods=["GET", "POST"]
)
@guard(Permission.HANDOVER_SEND, on=the_own_move)
def add_promise(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Put something that was promised on the handover."""
    form = PromiseForm(request.form, values={"version": 0})
    if form.submitted:
        try:
            only_once(
                work,
                maybe(form.once),
                lambda: actions.add_promise(work, move.row, form.read()),
            )
        except RefusedError as refused:
            form.complain(REFUSALS[refused.why])
        else:
            return to_handover(work, move, _("It is on the handover."))
    return _promise_page(work, move, form, _("What did we promise %(name)s?"))


@bp.route(
    "/kinderen/<uuid:child_id>/overdracht/<uuid:transfer_id>/belofte/<uuid:promise_id>",
    methods=["GET", "POST"],
)
@guard(Permission.HANDOVER_SEND, on=the_promise)
def settle_promise(work: Work, promise: PromiseOf) -> ResponseReturnValue:
    """Write down what becomes of a promise, or correct it."""
    row = promise.row
    form = PromiseForm(request.form, values=_values(row))
    if row.source is not None:
        del form["topic"]
        del form["text"]
    move = MoveOf(promise.child, promise.move)
    if form.submitted:
        said = form.read(row.topic, row.facts.text)
        actions.settle_promise(work, row, some(form.version), said)
        return to_handover(work, move, _("It is saved what becomes of it."))
    return _promise_page(work, move, form, _("What becomes of this promise to %(name)s?"), row)


def _values(row: "Promise") -> dict[str, Any]:
    facts = row.facts
    return {
        "version": row.version,
        "topic": row.topic,
        "outcome": row.outcome,
        "text": facts.text,
        "outcome_on": facts.outcome_on,
        "outcome_to": facts.outcome_to,
        "outcome_reason": facts.outcome_reason,
    }


def _promise_page(
    work: Work, move: MoveOf, form: PromiseForm, heading: str, row: "Promise | None" = None
) -> ResponseReturnValue:
    seen = shown(work, move.row)
    every = lines(work, move.row, seen.goes_to, "") if row is not None else []
    return render_template(
        "moves/promise.html",
        form=form,
        child=move.child,
        move=seen,
        line=next((one for one in every if row is not None and one.row.id == row.id), None),
        heading=heading % {"name": move.child.card.first_name},
    )


@bp.route(
    "/kinderen/<uuid:child_id>/overdracht/<uuid:transfer_id>/belofte/<uuid:promise_id>/vragen",
    methods=["GET", "POST"],
)
@guard(Permission.HANDOVER_SEND, on=the_promise_to_discuss)
def talk(work: Work, promise: PromiseOf) -> ResponseReturnValue:
    """Ask the other side something about a promise, or answer."""
    form = MessageForm(request.form)
    if form.submitted and _asked(work, promise, form):
        work.commit()
        say("good", _("Your message is there for the other side to read."))
        return redirect(_on_handover(promise), 303)
    seen = shown(work, promise.move)
    every = lines(work, promise.move, seen.goes_to, "")
    return render_template(
        "moves/talk.html",
        form=form,
        child=promise.child,
        move=seen,
        line=next(one for one in every if one.row.id == promise.row.id),
    )


def _asked(work: Work, promise: PromiseOf, form: MessageForm) -> bool:
    """Keep the message, once; say on the form why it cannot be kept."""
    row, move = promise.row, promise.move
    try:
        only_once(work, maybe(form.once), lambda: actions.ask(work, move, row, some(form.text)))
    except RefusedError as refused:
        form.complain(REFUSALS[refused.why])
        return False
    return True


def _on_handover(promise: PromiseOf) -> str:
    """Return the address of the promise on the page of its handover."""
    return url_for(
        "moves.handover",
        child_id=promise.child.id,
        transfer_id=promise.move.id,
        _anchor=f"p{promise.row.id.hex}",
    )
