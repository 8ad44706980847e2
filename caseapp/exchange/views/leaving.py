"""The rows that were left out, as a file to mend in Excel and bring in again."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from flask import Response, abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.domain.lists.course import Decision
from caseapp.domain.lists.kept import RowSaid, RunFacts
from caseapp.domain.lists.number_cells import holds_bsn
from caseapp.domain.lists.sentences import VERDICTS, of_problem
from caseapp.domain.lists.words import ListKind, Verdict
from caseapp.domain.policy import Permission
from caseapp.exchange import queries
from caseapp.exchange.queries import ShownRow
from caseapp.exchange.scope import the_run
from caseapp.exchange.views.blueprint import bp
from caseapp.exchange.views.columns import ADDRESSES
from caseapp.kernel.seals import readable
from caseapp.kernel.work import Work
from caseapp.web.guard import guard
from caseapp.web.sheets import harmless

if TYPE_CHECKING:
    from caseapp.exchange.models import ListRun

AT_ONCE = 500


@bp.route("/verhuizingen/lijsten/<uuid:run_id>/achtergebleven")
@guard(Permission.LIST_IMPORT, on=the_run)
def left_out(work: Work, found: "ListRun") -> ResponseReturnValue:
    """Give the refused rows, and those in doubt that nobody took, as CSV that a Dutch Excel opens well."""
    facts = readable(found, "facts")
    if not isinstance(facts, RunFacts):
        abort(404)
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_safe([_("row"), _("what becomes of it"), _("what is wrong"), *facts.header]))
    for row in _rows(work, found):
        writer.writerow(_safe(_cells(row, len(facts.header))))
    answer = Response(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    kind, ending = ADDRESSES[ListKind(found.list_kind)], _("left-out")
    name = f"{kind}-{found.on_day.isoformat()}-{ending}.csv"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _rows(work: Work, run: "ListRun") -> Iterator[ShownRow]:
    """Yield the rows that are not written, refused ones and doubtful ones each in the order of the file."""
    for verdict in (Verdict.REFUSED, Verdict.DOUBTFUL):
        page = 1
        while found := queries.rows(work, run, verdict, page=page, size=AT_ONCE):
            yield from (row for row in found if row.decision is not Decision.TAKE)
            page += 1


def _cells(row: ShownRow, width: int) -> list[str]:
    """Return a row with its number, what becomes of it, and every sentence about it."""
    if not isinstance(row.said, RowSaid):
        return [str(row.number), _(VERDICTS[row.verdict]), _("This row cannot be read any more.")]
    told = " ".join(of_problem(problem, _) for problem in row.said.problems)
    cells = [_discreet(cell) for cell in row.said.cells[:width]]
    return [str(row.number), _(VERDICTS[row.verdict]), told, *cells]


def _discreet(cell: str) -> str:
    """Return a cell, or nothing of one that may hold a BSN: that number has no place in any file of ours."""
    return "" if holds_bsn(cell) else cell


def _safe(cells: Sequence[str]) -> list[str]:
    return [harmless(cell) for cell in cells]
