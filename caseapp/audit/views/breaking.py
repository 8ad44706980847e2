"""A break of the trail: what was found, and how two people let the house do everything again."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts.actions import only_once
from caseapp.accounts.forms import REFUSALS, SureForm
from caseapp.audit import actions
from caseapp.audit.forms import AskForm
from caseapp.audit.scope import BreakFound, the_break
from caseapp.audit.views.blueprint import bp
from caseapp.domain.granting import RefusedError
from caseapp.domain.policy import Permission
from caseapp.domain.trail import Wrong
from caseapp.kernel.work import Work
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard


@bp.route("/controle/breuk/<uuid:break_id>", methods=["GET", "POST"])
@guard(Permission.DECIDE_TOGETHER, on=the_break, fresh=True)
def break_(work: Work, found: BreakFound) -> ResponseReturnValue:
    """Show what was found; ask a second person to let the house go on."""
    form = AskForm(request.form)
    if form.submitted:
        reason = some(form.reason)
        only_once(
            work,
            maybe(form.once),
            lambda: actions.ask_to_acknowledge(work, found.row, reason),
        )
        work.commit()
        say("good", _("A second person is asked."))
        return redirect(url_for("audit.break_", break_id=found.row.id), 303)
    return render_template(
        "audit/break.html",
        found=found,
        form=form,
        kinds=[Wrong(one) for one in found.row.kinds.split(",")],
    )


@bp.route("/controle/breuk/<uuid:break_id>/verder", methods=["POST"])
@guard(Permission.DECIDE_TOGETHER, on=the_break, fresh=True)
def go_on(work: Work, found: BreakFound) -> ResponseReturnValue:
    """Let the house do everything again, when a second person agreed."""
    SureForm(request.form)  # a button only: whatever else is sent is refused
    try:
        actions.acknowledge(work, found.row)
    except RefusedError as refused:
        work.undo()
        say("critical", REFUSALS[refused.code])
    else:
        work.commit()
        say("good", _("The break is acknowledged. The house does everything again."))
    return redirect(url_for("audit.break_", break_id=found.row.id), 303)
