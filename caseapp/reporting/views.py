"""The page of the monitor: figures on continuity in which no child can be recognised."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from caseapp.domain.policy import Permission
from caseapp.kernel.work import Work
from caseapp.reporting import queries
from caseapp.web.guard import guard
from caseapp.web.sentences import TELLINGS

bp = Blueprint("reporting", __name__)


@bp.route("/monitor")
@guard(Permission.MONITOR_READ)
def monitor(work: Work) -> ResponseReturnValue:
    """Show how many children have an open alert of each kind, over the whole country."""
    figures = [(TELLINGS[one.rule].short, one.children) for one in queries.open_alerts(work)]
    return render_template(
        "reporting/monitor.html", figures=figures, hidden_below=queries.HIDDEN_BELOW
    )
