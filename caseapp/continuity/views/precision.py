"""How precise each rule is: the share of its interruptions that nobody called a mistake."""

from typing import Final

from flask import render_template
from flask.typing import ResponseReturnValue

from caseapp.continuity import queries
from caseapp.continuity.views.blueprint import bp
from caseapp.domain.calendar import plus_months
from caseapp.domain.policy import Permission
from caseapp.kernel import clock
from caseapp.kernel.work import Work
from caseapp.web.guard import guard
from caseapp.web.sentences import TELLINGS

MONTHS: Final = 12
"""So far back the figures look."""


@bp.route("/signaleringen/juistheid")
@guard(Permission.ALERT_ASSIGN)
def precision(work: Work) -> ResponseReturnValue:
    """Show for each rule how many interruptions ended, and how many of those were a mistake."""
    first = plus_months(work.today, -MONTHS)
    rows = queries.precision(work, clock.midnight(first))
    return render_template(
        "continuity/precision.html",
        rows=[(TELLINGS[row.rule].short, row) for row in rows],
        first=first,
        months=MONTHS,
        enough=queries.ENOUGH,
    )
