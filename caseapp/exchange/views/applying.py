"""Letting a list be written after seeing exactly what that is, and withdrawing it."""

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.domain.lists.course import Decision, RunState
from caseapp.domain.policy import Permission
from caseapp.exchange import actions, queries
from caseapp.exchange.forms import ConfirmForm
from caseapp.exchange.queries import RowCounts
from caseapp.exchange.scope import the_run_to_change
from caseapp.exchange.views.blueprint import JOB, bp
from caseapp.exchange.views.report import writes_of
from caseapp.exchange.views.running import heading
from caseapp.kernel.queueing import nudge
from caseapp.kernel.work import Work
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.request import machine

if TYPE_CHECKING:
    from caseapp.exchange.models import ListRun


@bp.route("/verhuizingen/lijsten/<uuid:run_id>/verwerken", methods=["GET", "POST"])
@guard(Permission.LIST_IMPORT, on=the_run_to_change, fresh=True)
def apply(work: Work, found: "ListRun") -> ResponseReturnValue:
    """Show exactly what would be written, and let it be written once somebody says yes to that."""
    if found.state != RunState.READY:
        return _too_late(found)
    counts = queries.row_counts(work, found)
    seen = _seen(work, found, counts)
    form = ConfirmForm(request.form, values={"seen": seen})
    if form.submitted:
        if form.seen.data != seen:
            form.complain(_("Somebody decided about rows meanwhile. Look again at what changes."))
        elif actions.start_applying(work, found):
            work.commit()
            nudge(machine().settings, JOB)
            return redirect(url_for("exchange.run", run_id=found.id), 303)
        else:
            return _too_late(found)
        form.seen.typed = seen
    return render_template(
        "exchange/apply.html",
        form=form,
        head=heading(work, found),
        writes=writes_of(found, counts),
    )


def _seen(work: Work, run: "ListRun", counts: RowCounts) -> str:
    """Return what tells that nobody decided otherwise since the page was shown."""
    last = queries.last_decision(work, run)
    decided = "-".join(str(counts.decisions.get(one, 0)) for one in (None, *Decision))
    return f"{decided}/{last.isoformat() if last else 'never'}"


def _too_late(run: "ListRun") -> ResponseReturnValue:
    say("warning", _("This list is not waiting to be applied."), _("Here you see how far it is."))
    return redirect(url_for("exchange.run", run_id=run.id), 303)


@bp.route("/verhuizingen/lijsten/<uuid:run_id>/intrekken", methods=["GET", "POST"])
@guard(Permission.LIST_IMPORT, on=the_run_to_change)
def withdraw(work: Work, found: "ListRun") -> ResponseReturnValue:
    """Withdraw a list that is not written: nothing of it is kept but that it was there."""
    form = ConfirmForm(request.form)
    if form.submitted:
        if actions.withdraw(work, found):
            work.commit()
            say("good", _("The list is withdrawn."), _("Nothing of it was written."))
        else:
            say("warning", _("This list cannot be withdrawn any more."))
        return redirect(url_for("exchange.run", run_id=found.id), 303)
    return render_template("exchange/withdraw.html", form=form, head=heading(work, found))
