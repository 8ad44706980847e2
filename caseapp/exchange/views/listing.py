"""The page of the lists: what is going on, and what came in before."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from caseapp.accounts import queries as accounts
from caseapp.domain.policy import Permission
from caseapp.exchange import queries
from caseapp.exchange.views.blueprint import bp
from caseapp.exchange.views.headings import Heading, heading_of
from caseapp.exchange.views.words import GOING_ON
from caseapp.kernel.work import Work
from caseapp.web.guard import guard

if TYPE_CHECKING:
    from caseapp.exchange.models import ListRun


@bp.route("/verhuizingen/lijsten")
@guard(Permission.LIST_IMPORT)
def lists(work: Work) -> ResponseReturnValue:
    """Show which lists are going on and which came in, who brought them, and what became of their rows."""
    found = _shown(work, queries.runs(work))
    return render_template(
        "exchange/lists.html",
        going_on=[one for one in found if one.state in GOING_ON],
        earlier=[one for one in found if one.state not in GOING_ON],
        is_full=len(found) == queries.MOST_RUNS,
    )


def _shown(work: Work, rows: "Sequence[ListRun]") -> list[Heading]:
    names = accounts.names(work, [row.account_id for row in rows])
    return [heading_of(row, names) for row in rows]
