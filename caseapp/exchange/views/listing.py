"""The page of the lists that came in."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import queries as accounts
from caseapp.domain.lists.sentences import KINDS, VERDICTS
from caseapp.domain.lists.words import ListKind, Verdict
from caseapp.domain.policy import Permission
from caseapp.exchange import queries
from caseapp.exchange.views.blueprint import bp
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.web.guard import guard
from caseapp.web.i18n import Words


@dataclass(frozen=True, slots=True)
class CameIn:
    """One list as the page shows it; without a name of the file when that cannot be read."""

    at: datetime
    kind: Words
    on: date
    file_name: str | None
    reference: str
    who: str
    counts: tuple[tuple[Words, int], ...]


@bp.route("/verhuizingen/lijsten")
@guard(Permission.LIST_IMPORT)
def lists(work: Work) -> ResponseReturnValue:
    """Show which lists came in, who brought them, and what became of their rows."""
    rows = queries.runs(work)
    names = accounts.names(work, [row.account_id for row in rows])
    came_in = []
    for row in rows:
        file_name = readable(row, "file_name")
        is_broken = isinstance(file_name, Unreadable)
        came_in.append(
            CameIn(
                at=row.at,
                kind=_(KINDS[ListKind(row.list_kind)]),
                on=row.on_day,
                file_name=None if is_broken else file_name,
                reference=file_name.reference if is_broken else "",
                who=names.get(row.account_id, "") if row.account_id else "",
                counts=tuple((_(VERDICTS[one]), row.counts.get(one.value, 0)) for one in Verdict),
            )
        )
    return render_template("exchange/lists.html", lists=came_in, most=queries.MOST_RUNS)
