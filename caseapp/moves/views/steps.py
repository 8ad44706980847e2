"""Planning a move, and the steps that it takes."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.domain.codes import MoveReason
from caseapp.domain.moving import Refusal, RefusedError
from caseapp.domain.periods import PeriodError
from caseapp.domain.policy import Permission, Role
from caseapp.kernel.work import LostRaceError, Work
from caseapp.moves import actions, queries
from caseapp.moves.forms import (
    REFUSALS,
    CancelForm,
    DayForm,
    PlanForm,
    UnannouncedForm,
    VersionForm,
)
from caseapp.moves.scope import MoveOf, the_move, the_move_at_the_door, the_own_move
from caseapp.moves.views.blueprint import STATUSES, bearer, bp, shown, to_move
from caseapp.moves.views.holding import holds_of, told_why
from caseapp.moves.views.racing import over, raced
from caseapp.people import queries as people
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.reference import queries as reference
from caseapp.web.forms import Form, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.labels import TRANSFER_STATUSES
from caseapp.web.past import meanwhile
from caseapp.web.places import location_options

if TYPE_CHECKING:
    from caseapp.moves.models import Transfer


@bp.route("/kinderen/<uuid:child_id>/verhuizing", methods=["GET", "POST"])
@guard(Permission.MOVE_PLAN, on=the_open_child)
def plan(work: Work, child: Sight) -> ResponseReturnValue:
    """Plan a move."""
    at = people.here(work, [child.id]).get(child.id)
    form = PlanForm(request.form, values={"version": 0, "announced_on": work.today})
    if at is not None and at.location_id is not None:
        del form["from_name"]
    form.to_location.choices = location_options(
        one
        for one in reference.locations(work, open_only=True)
        if at is None or one.id != at.location_id
    )
    form.announced_on.latest = work.today
    if form.submitted:
        try:
            row = actions.plan(work, child.id, form.read())
        except RefusedError as refused:
            form.to_location.errors = [str(REFUSALS[refused.why])]
        else:
            return to_move(work, MoveOf(child, row), _("The move is planned."))
    return render_template("moves/plan.html", form=form, child=child, move=None, race=None)


@bp.route("/kinderen/<uuid:child_id>/verhuizing/zonder-bericht", methods=["GET", "POST"])
@guard(Permission.MOVE_ARRIVE, on=the_open_child)
def unannounced(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down that a child was moved without notice."""
    form = UnannouncedForm(request.form, values={"on": work.today})
    form.to_location.choices = location_options(reference.locations(work))
    form.on.latest = work.today
    if form.submitted:
        try:
            row = actions.record_unannounced(work, child.id, form.read_place(), some(form.on))
            return to_move(work, MoveOf(child, row), _("The move is written down."))
        except RefusedError as refused:
            form.to_location.errors = [str(REFUSALS[refused.why])]
        except PeriodError:
            work.undo()
            form.on.errors = [
                _("On this day the child lived somewhere else already. Check the day.")
            ]
    return render_template("moves/unannounced.html", form=form, child=child)


@bp.route("/kinderen/<uuid:child_id>/verhuizing/<uuid:transfer_id>")
@guard(Permission.MOVE_READ, on=the_move)
def transfer(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Show a move: from where, to where, how far it is, and what can be done next."""
    version = {"version": move.row.version}
    return render_template(
        "moves/transfer.html",
        child=move.child,
        move=shown(work, move.row),
        steps=[TRANSFER_STATUSES[one] for one in STATUSES],
        bearer=bearer(work, move.child.id),
        may=_may(work, move),
        holds=holds_of(work, move),
        MoveReason=MoveReason,
        confirm_form=VersionForm(values=version, ids="confirm-"),
        arrive_form=DayForm(values=version | {"on": work.today}, ids="arrive-"),
        depart_form=DayForm(values=version | {"on": work.today}, ids="depart-"),
    )


def _may(work: Work, move: MoveOf) -> dict[str, bool]:
    """Say which steps this actor may take with this move now."""
    own = move.child.open_file and move.row.status in queries.OPEN
    may = work.actor.may
    return {
        "change": own and may(Permission.MOVE_PLAN),
        "confirm": own and may(Permission.MOVE_CONFIRM) and move.row.status == STATUSES[0],
        "depart": own and may(Permission.MOVE_PLAN) and move.row.status != STATUSES[2],
        "arrive": move.row.status in queries.OPEN
        and may(Permission.MOVE_ARRIVE)
        and may_arrive(work, move),
    }


def may_arrive(work: Work, move: MoveOf) -> bool:
    """Say whether this actor may say that the child arrived: at the receiving place, or as coordinator."""
    both_ends = work.actor.role is Role.COORDINATOR and queries.sends(work, move.row)
    return both_ends or queries.receives(work, move.row)


@bp.route(
    "/kinderen/<uuid:child_id>/verhuizing/<uuid:transfer_id>/wijzigen", methods=["GET", "POST"]
)
@guard(Permission.MOVE_PLAN, on=the_own_move)
def change(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Change the days and reasons of a move that is not over."""
    row = move.row
    form = PlanForm(request.form, values=_known(row))
    del form["from_name"]
    del form["to_location"]
    form.announced_on.latest = work.today
    race = None
    if form.submitted:
        try:
            actions.change(work, row, some(form.version), form.read())
            return to_move(work, move, _("The move is changed."))
        except RefusedError as refused:
            form.complain(over(work, row) or REFUSALS[refused.why])
        except LostRaceError:
            form.complain(raced(work, form, row))
            race = meanwhile(form, _known(row), row.version)
    seen = shown(work, row)
    return render_template("moves/plan.html", form=form, child=move.child, move=seen, race=race)


def _known(row: "Transfer") -> dict[str, Any]:
    facts = row.facts
    return {
        "version": row.version,
        "planned_on": row.planned_on,
        "announced_on": row.announced_on,
        "reason": facts.reason,
        "term_time_reason": facts.term_time_reason,
    }


@bp.route("/kinderen/<uuid:child_id>/verhuizing/<uuid:transfer_id>/bevestigen", methods=["POST"])
@guard(Permission.MOVE_CONFIRM, on=the_own_move)
def confirm(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Confirm a planned move."""
    form = VersionForm(request.form)
    if form.submitted:
        try:
            actions.confirm(work, move.row, some(form.version))
            return to_move(work, move, _("The move is confirmed."))
        except RefusedError as refused:
            say("warning", told_why(work, move.row, refused.why))
        except LostRaceError:
            say("warning", raced(work, form, move.row))
    address = url_for("moves.transfer", child_id=move.child.id, transfer_id=move.row.id)
    return redirect(address, 303)


@bp.route(
    "/kinderen/<uuid:child_id>/verhuizing/<uuid:transfer_id>/vertrek", methods=["GET", "POST"]
)
@guard(Permission.MOVE_PLAN, on=the_own_move)
def depart(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Write down that the child left."""
    form = _day_form(work, move)
    if form.submitted:
        answer = _step(
            *(work, move, form, _("The child is on the way.")),
            lambda: actions.depart(work, move.row, some(form.version), some(form.on)),
            lambda why: told_why(work, move.row, why, in_full=True),
        )
        if answer is not None:
            return answer
    return _step_page(work, move, form, _("%(name)s has left"), _("Save the departure"))


@bp.route(
    "/kinderen/<uuid:child_id>/verhuizing/<uuid:transfer_id>/aankomst", methods=["GET", "POST"]
)
@guard(Permission.MOVE_ARRIVE, on=the_move_at_the_door)
def arrive(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Write down that the child arrived: the stay turns over and the rules run, in one go."""
    form = _day_form(work, move)
    if form.submitted and not may_arrive(work, move):
        form.complain(REFUSALS[Refusal.NOT_THE_RECEIVER])
    elif form.submitted:
        try:
            actions.arrive(work, move.row, some(form.version), some(form.on))
            return to_move(work, move, _("The arrival is saved."))
        except RefusedError as refused:
            form.on.errors = [over(work, move.row) or str(REFUSALS[refused.why])]
        except LostRaceError:
            form.complain(raced(work, form, move.row))
        except PeriodError:
            work.undo()
            form.on.errors = [
                _("On this day the child lived somewhere else already. Check the day.")
            ]
    return _step_page(work, move, form, _("%(name)s has arrived"), _("Save the arrival"))


@bp.route(
    "/kinderen/<uuid:child_id>/verhuizing/<uuid:transfer_id>/annuleren", methods=["GET", "POST"]
)
@guard(Permission.MOVE_PLAN, on=the_own_move)
def cancel(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Cancel a move that is not over."""
    form = CancelForm(request.form, values={"version": move.row.version})
    if form.submitted:
        answer = _step(
            *(work, move, form, _("The move does not go on.")),
            lambda: actions.cancel(work, move.row, some(form.version), some(form.because)),
        )
        if answer is not None:
            return answer
    return _step_page(
        work, move, form, _("The move of %(name)s does not go on"), _("Cancel the move")
    )


def _day_form(work: Work, move: MoveOf) -> DayForm:
    form = DayForm(request.form, values={"version": move.row.version, "on": work.today})
    form.on.latest = work.today
    return form


def _step(
    work: Work,
    move: MoveOf,
    form: Form,
    done: Words,
    act: Callable[[], None],
    words: Callable[[Refusal], Words] = REFUSALS.__getitem__,
) -> ResponseReturnValue | None:
    """Take a step and go to the move; say on the form why it cannot be taken, or what happened meanwhile."""
    try:
        act()
        return to_move(work, move, done)
    except RefusedError as refused:
        form.complain(over(work, move.row) or words(refused.why))
    except LostRaceError:
        form.complain(raced(work, form, move.row))
    return None


def _step_page(
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
