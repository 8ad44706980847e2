"""The handover of a move, for both sides: settle, send, accept or refuse."""

from math import ceil
from typing import Any, Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.accounts import queries as accounts
from caseapp.domain.codes import TransferStatus
from caseapp.domain.moving import RefusedError
from caseapp.domain.policy import Permission
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.moves import actions, queries
from caseapp.moves.forms import REFUSALS, AcceptForm, OutcomeSheet, RefuseForm, SendForm
from caseapp.moves.scope import MoveOf, the_move, the_own_move
from caseapp.moves.views.blueprint import Shown, bearer, bp, shown, to_handover
from caseapp.moves.views.promised import Line, lines
from caseapp.web.filters import day_short, moment
from caseapp.web.forms import some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.languages import language_names

HOUR: Final = 3600


@bp.route("/kinderen/<uuid:child_id>/overdracht/<uuid:transfer_id>")
@guard(Permission.MOVE_READ, on=the_move)
def handover(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Show the handover: who is responsible now, what was promised, and what this side can do."""
    return _page(work, move, AcceptForm())


def _page(
    work: Work, move: MoveOf, form: AcceptForm, sheet: OutcomeSheet | None = None
) -> ResponseReturnValue:
    seen = shown(work, move.row)
    who = bearer(work, move.child.id)
    before = day_short(move.row.arrived_on or move.row.planned_on, work.today)
    by = _("%(who)s · before %(day)s", who=who.name, day=before) if who else ""
    every = lines(work, move.row, seen.goes_to, by)
    listed = [one for one in every if not one.is_withdrawn]
    may = _may(work, move, seen)
    return render_template(
        "moves/handover.html",
        form=form,
        sheet=sheet or _sheet(every, None),
        wrong=sheet if sheet and sheet.wrong else form,
        child=move.child,
        languages=move.child.facts.language_text or language_names(move.child.facts.languages),
        move=seen,
        bearer=who,
        lines=listed,
        withdrawn=[one for one in every if one.is_withdrawn],
        done=sum(not one.is_open for one in listed),
        still_open=[one.title for one in listed if one.is_open],
        time_left=_time_left(work, seen),
        refused=_refused(work, seen),
        decision=queries.best_decision(work, move.row.id) if move.child.open_file else None,
        may=may,
    )


def _may(work: Work, move: MoveOf, seen: Shown) -> dict[str, bool]:
    """Say what this actor can do with this handover now."""
    may = work.actor.may
    goes_on = move.row.status != TransferStatus.CANCELLED
    own = move.child.open_file and may(Permission.HANDOVER_SEND) and goes_on
    answers = (
        goes_on
        and not seen.accepted
        and (seen.sent or move.row.arrived_on is not None)
        and may(Permission.HANDOVER_ACCEPT)
        and queries.receives(work, move.row)
    )
    return {
        "write": own,
        "talk": goes_on and may(Permission.HANDOVER_SEND),
        "send": own and not seen.accepted and (not seen.sent or seen.refused),
        "accept": answers,
        "refuse": answers and not seen.refused,
        "decide": own and may(Permission.MOVE_PLAN),
    }


def _time_left(work: Work, seen: Shown) -> str:
    """Return how long the receiver has to answer, or that it is too late."""
    row = seen.handover
    if row is None or row.due_at is None or seen.accepted or seen.refused:
        return ""
    if row.due_at <= work.now:
        return _("There was an answer due %(when)s.", when=moment(row.due_at, work.today))
    hours = ceil((row.due_at - work.now).total_seconds() / HOUR)
    return ngettext("%(num)s hour left to answer.", "%(num)s hours left to answer.", hours)


def _refused(work: Work, seen: Shown) -> dict[str, str] | None:
    """Return who could not accept it, when and why."""
    row = seen.handover
    if row is None or not seen.refused or row.refused_at is None:
        return None
    facts = readable(row, "facts")
    if isinstance(facts, Unreadable):
        because = _("Not readable - ref %(reference)s", reference=facts.reference)
    else:
        because = facts.refused_because or "" if facts else ""
    names = accounts.names(work, [row.refused_by])
    who = names.get(row.refused_by, "?") if row.refused_by else "?"
    return {"who": who, "when": moment(row.refused_at, work.today), "because": because}


def _sheet(every: list[Line], sent: Any) -> OutcomeSheet:
    """Return the forms of what is open; of what was sent also those that somebody settled meanwhile."""
    rows = [one.row for one in every if one.is_open or (sent is not None and not one.fault)]
    return OutcomeSheet.read(((row.id, row.version) for row in rows), sent)


@bp.route(
    "/kinderen/<uuid:child_id>/overdracht/<uuid:transfer_id>/uitkomsten", methods=["GET", "POST"]
)
@guard(Permission.HANDOVER_SEND, on=the_own_move)
def settle(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Write down what becomes of several promises in one go."""
    if request.method == "GET":
        return _page(work, move, AcceptForm())
    rows = {row.id: row for row in queries.promises(work, move.row.id)}
    sheet = _sheet(lines(work, move.row, "", ""), request.form)
    if sheet.submitted:
        try:
            done = actions.settle(
                work,
                move.row,
                [
                    (rows[key], some(form.version), form.read())
                    for key, form in sheet.chosen.items()
                ],
            )
        except RefusedError as refused:
            sheet.complain(REFUSALS[refused.why])
        except LostRaceError:
            work.undo()
            sheet.complain(
                _("Somebody else settled one of these meanwhile. Look again, then save.")
            )
        else:
            words = ngettext("%(num)s promise is settled.", "%(num)s promises are settled.", done)
            return to_handover(work, move, words)
    return _page(work, move, AcceptForm(), sheet)


def _to(move: MoveOf) -> ResponseReturnValue:
    address = url_for("moves.handover", child_id=move.child.id, transfer_id=move.row.id)
    return redirect(address, 303)


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
    return _to(move)


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
            return to_handover(work, move, _("The handover is accepted."))
        except RefusedError as refused:
            form.complain(REFUSALS[refused.why])
        except LostRaceError:
            work.undo()
            form.complain(_("Somebody else was first. This is how it stands now."))
    return _page(work, move, form)


@bp.route(
    "/kinderen/<uuid:child_id>/overdracht/<uuid:transfer_id>/weigeren", methods=["GET", "POST"]
)
@guard(Permission.HANDOVER_ACCEPT, on=the_move)
def refuse(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Say why the handover cannot be accepted; the coordinators get to know."""
    form = RefuseForm(request.form)
    if form.submitted:
        try:
            actions.refuse(work, move.row, some(form.because))
            return to_handover(work, move, _("The coordinators know that you cannot accept this."))
        except RefusedError as refused:
            form.complain(REFUSALS[refused.why])
        except LostRaceError:
            work.undo()
            form.complain(_("Somebody else was first. This is how it stands now."))
    return render_template(
        "moves/refuse.html", form=form, child=move.child, move=shown(work, move.row)
    )
