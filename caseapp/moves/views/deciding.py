"""The best decision for the child about a move, in four steps."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.domain.moving import RefusedError
from caseapp.domain.policy import Permission
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.moves import actions, queries
from caseapp.moves.forms import REFUSALS, BestDecisionForm
from caseapp.moves.scope import MoveOf, the_own_move
from caseapp.moves.views.blueprint import bp, shown, to_move
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.web.forms import some
from caseapp.web.frame import say
from caseapp.web.guard import guard


@bp.route("/kinderen/<uuid:child_id>/beste-besluit")
@guard(Permission.MOVE_PLAN, on=the_open_child)
def decide_for_child(work: Work, child: Sight) -> ResponseReturnValue:
    """Lead to the best decision about the move that is next, else about the latest one."""
    move_id = _move_to_decide(work, child.id)
    if move_id is None:
        say("warning", _("No move of this child is on record. Plan the move first."))
        return redirect(url_for("moves.plan", child_id=child.id), 303)
    return redirect(url_for("moves.decide", child_id=child.id, transfer_id=move_id), 303)


def _move_to_decide(work: Work, child_id: UUID) -> UUID | None:
    every = queries.transfers(work, child_id)
    coming = [one for one in every if one.status in queries.OPEN]
    arrived = [one for one in every if one.arrived_on is not None]
    return next((one.id for one in (*coming[:1], *arrived[-1:])), None)


@bp.route(
    "/kinderen/<uuid:child_id>/verhuizing/<uuid:transfer_id>/beste-besluit",
    methods=["GET", "POST"],
)
@guard(Permission.MOVE_PLAN, on=the_own_move)
def decide(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Write down what is best for the child about a move: its view, the interests, weighing, explaining."""
    row = queries.best_decision(work, move.row.id)
    stored = readable(row, "facts") if row is not None else None
    if isinstance(stored, Unreadable):
        return _page(work, move, None, stored.reference)
    form = BestDecisionForm(request.form, values=_values(move, row, stored))
    form.explained_on.latest = work.today
    if form.submitted:
        try:
            actions.decide(work, move.row, some(form.version), form.read())
            return to_move(work, move, _("The best decision is saved."))
        except RefusedError as refused:
            form.complain(REFUSALS[refused.why])
        except LostRaceError:
            work.undo()
            form.complain(
                _(
                    "Somebody else wrote here meanwhile. Open the page again and put your words beside theirs."
                )
            )
    return _page(work, move, form, done=row is not None and row.done_on is not None)


def _values(move: MoveOf, row: Any, stored: Any) -> dict[str, object]:
    names = ("child_view", "not_asked_because", "development", "other_interests", "weighing",
             "prevails_because", "explained_on", "explained_by")  # fmt: skip
    values = {name: getattr(stored, name) for name in names} if stored is not None else {}
    facts = readable(move.row, "facts")
    reason = None if isinstance(facts, Unreadable) else facts.term_time_reason
    return values | {"version": row.version if row is not None else 0, "term_time_reason": reason}


def _page(
    work: Work,
    move: MoveOf,
    form: BestDecisionForm | None,
    fault: str = "",
    *,
    done: bool = False,
) -> ResponseReturnValue:
    return render_template(
        "moves/decision.html",
        form=form,
        child=move.child,
        move=shown(work, move.row),
        fault=fault,
        done=done,
    )
