"""Where a message about a list leads."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.domain.policy import Permission
from caseapp.exchange.scope import Brought, what_brought_it
from caseapp.exchange.views.blueprint import bp
from caseapp.kernel.work import Work
from caseapp.web.guard import guard
from caseapp.web.repairs import allows


@bp.route("/verhuizingen/lijsten/<uuid:run_id>/bericht")
@guard(Permission.ALERT_READ, on=what_brought_it)
def brought(work: Work, told: Brought) -> ResponseReturnValue:
    """Lead on to the list for who may see it, else to the alerts that it brought among all others."""
    if told.run is not None and allows(work.actor, "exchange.run"):
        return redirect(url_for("exchange.run", run_id=told.run.id), 303)
    desk = allows(work.actor, "continuity.board")
    return redirect(url_for("continuity.board" if desk else "casefile.today"), 303)
