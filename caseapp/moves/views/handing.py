"""The handover of a move, for both sides."""

from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.domain.codes import Outcome, Topic, TransferStatus
from caseapp.domain.moving import RefusedError
from caseapp.domain.policy import Permission
from caseapp.kernel.seals import readable
from caseapp.kernel.work import Work
from caseapp.moves import actions, queries
from caseapp.moves.forms import REFUSALS, AcceptForm, PromiseForm, SendForm
from caseapp.moves.scope import MoveOf, PromiseOf, the_move, the_own_move, the_promise
from caseapp.moves.views.blueprint import bearer, bp, shown, to_handover
from caseapp.web.forms import some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.languages import language_names

if TYPE_CHECKING:
    from caseapp.moves.models import Promise


@bp.route("/kinderen/<uuid:child_id>/overdracht/<uuid:transfer_id>")
@guard(Permission.MOVE_READ, on=the_move)
def handover(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Show the handover: who is responsible now, what was promised, and what this side can do."""
    return _page(work, move, AcceptForm())


def _page(work: Work, move: MoveOf, form: AcceptForm) -> ResponseReturnValue:
    seen = shown(work, move.row)
    promises = queries.promises(work, move.row.id)
    may, cancelled = work.actor.may, move.row.status == TransferStatus.CANCELLED
    own = move.child.open_file and may(Permission.HANDOVER_SEND) and not cancelled
    return render_template(
        "moves/handover.html",
        form=form,
        child=move.child,
        languages=move.child.facts.language_text or language_names(move.child.facts.languages),
        move=seen,
        bearer=bearer(work, move.child.id),
        promises=promises,
        done=sum(one.outcome is not None for one in promises),
        readable=readable,
        Topic=Topic,
        Outcome=Outcome,
        may_write=own,
        may_send=own and not seen.sent and not seen.accepted,
        may_accept=not cancelled
        and not seen.accepted
        and (seen.sent or move.row.arrived_on is not None)
        and may(Permission.HANDOVER_ACCEPT)
        and queries.receives(work, move.row),
    )


@bp.route("/kinderen/<uuid:child_id>/overdracht/<uuid:transfer_id>/sturen", methods=["POST"])
@guard(Permission.HANDOVER_SEND, on=the_own_move)
def send(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Send the handover to the place where the child goes."""
    if SendForm(request.form).submitted:
        try:
            actions.send(work, move.row)
        except RefusedError as refused:
            say("warning", REFUSALS[refused.why])
        else:
            return to_handover(work, move, _("The handover is sent."))
    address = url_for("moves.handover", child_id=move.child.id, transfer_id=move.row.id)
    return redirect(address, 303)


@bp.route(
    "/kinderen/<uuid:child_id>/overdracht/<uuid:transfer_id>/aanvaarden", methods=["GET", "POST"]
)
@guard(Permission.HANDOVER_ACCEPT, on=the_move)
def accept(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Accept the handover: who accepts is responsible once the child is there."""
    form = AcceptForm(request.form)
    if form.submitted:
        try:
            actions.accept(work, move.row)
        except RefusedError as refused:
            form.complain(REFUSALS[refused.why])
        else:
            return to_handover(work, move, _("The handover is accepted."))
    return _page(work, move, form)


@bp.route(
    "/kinderen/<uuid:child_id>/overdracht/<uuid:transfer_id>/belofte", methods=["GET", "POST"]
)
@guard(Permission.HANDOVER_SEND, on=the_own_move)
def add_promise(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Put something that was promised on the handover."""
    form = PromiseForm(request.form, values={"version": 0})
    if form.submitted:
        try:
            actions.add_promise(work, move.row, form.read())
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
    form = PromiseForm(request.form, values=_values(promise.row))
    move = MoveOf(promise.child, promise.move)
    if form.submitted:
        actions.settle_promise(work, promise.row, some(form.version), form.read())
        return to_handover(work, move, _("It is saved what becomes of it."))
    return _promise_page(work, move, form, _("What becomes of this promise to %(name)s?"))


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


def _promise_page(work: Work, move: MoveOf, form: PromiseForm, heading: str) -> ResponseReturnValue:
    return render_template(
        "moves/promise.html",
        form=form,
        child=move.child,
        move=shown(work, move.row),
        heading=heading % {"name": move.child.card.first_name},
    )
