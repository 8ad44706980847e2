"""What became of a list that was written: what it set off, and whether it can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from flask import request, url_for
from flask_babel import gettext as _

from caseapp.continuity import queries as continuity
from caseapp.continuity.views.blueprint import reading_of
from caseapp.domain.lists.sentences import VERDICTS
from caseapp.domain.lists.words import Verdict
from caseapp.exchange import queries
from caseapp.kernel.work import Work
from caseapp.web.alert_rows import row_of
from caseapp.web.filters import number
from caseapp.web.paging import Pages, page_asked
from caseapp.web.tiles import AlertRow

if TYPE_CHECKING:
    from caseapp.exchange.models import ListRun

SIZE: Final = 25
"""Alerts on a page."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a list wrote, what is left of it, and the alerts that it opened and that are open still."""

    at: datetime
    new: int
    changed: int
    left_out: int
    alerts: Sequence[AlertRow]
    pages: Pages
    children: int
    address: str
    counts: str

    @property
    def words(self) -> str:
        """Return what was written, in a sentence."""
        return _(
            "%(new)s new and %(changed)s changed.",
            new=number(self.new),
            changed=number(self.changed),
        )

    def href(self, page: int) -> str:
        """Return the address of another page of the alerts."""
        return f"{self.address}?signaleringen={page}#alerts"


def outcome_of(work: Work, run: "ListRun") -> Outcome:
    """Return what a written list did, as far as this person may see it; that it was seen is noted."""
    at = run.applied_at or run.at
    page = page_asked({"pagina": request.args.get("signaleringen", "")})
    found, total = continuity.raised(work, queries.children_of(run), at, page, SIZE)
    children = list(dict.fromkeys(alert.child_id for alert in found))
    if children:
        work.saw("list-alerts", children, object="list_run", object_id=run.id)
    reading = reading_of(work, found)
    rows = {verdict: run.counts.get(verdict.value, 0) for verdict in Verdict}
    return Outcome(
        at=at,
        new=rows[Verdict.NEW],
        changed=rows[Verdict.CHANGED],
        left_out=rows[Verdict.DOUBTFUL] + rows[Verdict.REFUSED],
        alerts=[row_of(alert, reading) for alert in found],
        pages=Pages(total, page, SIZE),
        children=queries.count_children(work, run),
        address=url_for("exchange.run", run_id=run.id),
        counts=", ".join(f"{number(rows[one])} {_(VERDICTS[one])}" for one in Verdict),
    )
