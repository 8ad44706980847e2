"""The page of one list: what it waits for, its report, and what became of it."""

from typing import TYPE_CHECKING, Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import queries as accounts
from caseapp.domain.lists.course import RunState
from caseapp.domain.lists.problems import FileError
from caseapp.domain.lists.sentences import of_file
from caseapp.domain.lists.words import FileFault
from caseapp.domain.policy import Permission
from caseapp.exchange import queries
from caseapp.exchange.scope import the_run
from caseapp.exchange.views.blueprint import bp
from caseapp.exchange.views.headings import Heading, heading_of
from caseapp.exchange.views.outcome import outcome_of
from caseapp.exchange.views.report import report_of
from caseapp.exchange.views.words import BUSY, FAILURES, OTHER_FAILURE, STAGES
from caseapp.kernel.work import Work
from caseapp.web.guard import guard
from caseapp.web.i18n import Words

if TYPE_CHECKING:
    from caseapp.exchange.models import ListRun


@bp.route("/verhuizingen/lijsten/<uuid:run_id>")
@guard(Permission.LIST_IMPORT, on=the_run)
def run(work: Work, found: "ListRun") -> ResponseReturnValue:
    """Show one list: how far it is, its rows, what can be done with it, and what it set off."""
    head = heading(work, found)
    return render_template(
        "exchange/run.html",
        head=head,
        may=queries.may_bring(work.actor, head.kind),
        **_content(work, found, head),
    )


def heading(work: Work, found: "ListRun") -> Heading:
    """Return the heading of one list."""
    return heading_of(found, accounts.names(work, [found.account_id]))


def _content(work: Work, found: "ListRun", head: Heading) -> dict[str, Any]:
    """Return what the page holds below its heading, by how far the list is."""
    nothing: dict[str, Any] = {"progress_of": None, "report": None, "outcome": None, "failure": ""}
    if head.state in BUSY:
        return nothing | {"progress_of": _progress(found)}
    if head.state is RunState.FAILED:
        return nothing | {"failure": _failure(found)}
    if head.state is RunState.READY:
        failure = _failure(found) if found.error else ""
        return nothing | {"report": report_of(work, found), "failure": failure}
    if head.state is RunState.APPLIED:
        is_kept = found.key_gone_at is None
        return nothing | {
            "failure": _failure(found) if found.error else "",
            "outcome": outcome_of(work, found),
            "report": report_of(work, found) if is_kept else None,
        }
    return nothing


def _progress(found: "ListRun") -> dict[str, Any]:
    """Return what the worker is doing, and how many of how many are done, when it counts."""
    return {
        "stage": STAGES.get(found.stage or "", ""),
        "done": found.done or 0,
        "total": found.total or 0,
    }


def _failure(found: "ListRun") -> Words:
    """Return why a list came to nothing, and what to do."""
    error = found.error or {}
    code = str(error.get("code", ""))
    if code in set(FileFault):
        return of_file(FileError(FileFault(code), error.get("parameters", {})), _)
    return FAILURES.get(code, OTHER_FAILURE)
