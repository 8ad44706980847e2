"""Today of the privacy officer: what is late, what is due, what waits for somebody to look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, cast

from flask import Flask, current_app, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from caseapp.accounts import queries as accounts
from caseapp.audit import queries as audit
from caseapp.domain.policy import Permission
from caseapp.domain.two_people import SECOND, Together
from caseapp.kernel.work import Work
from caseapp.notices import queries as notices
from caseapp.notices.views.saying import words_of
from caseapp.privacy import queries
from caseapp.privacy.views.blueprint import bp
from caseapp.privacy.views.lines import request_lines
from caseapp.web.frame import Count, frame_sources
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.request import current_work
from caseapp.web.tiles import Tally

REVIEWS: Final = "audit.review"
SHOWN_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class ToldLine:
    """Something that the officer was told of: what, and where it leads."""

    words: Words
    opens: str
    at: object


@bp.route("/privacy")
@guard(Permission.PRIVACY_DESK)
def desk(work: Work) -> ResponseReturnValue:
    """Show what needs the privacy officer today, the late answers first."""
    lines = request_lines(work, queries.open_requests(work))
    late = [line for line in lines if line.clock.is_late]
    return render_template(
        "privacy/desk.html",
        late=late,
        others=[line for line in lines if not line.clock.is_late],
        tallies=_tallies(work, len(lines), len(late)),
        told=_told(work),
        is_broken=audit.is_broken(work),
        looks=_often(work),
    )


def _tallies(work: Work, open_requests: int, late: int) -> list[Tally]:
    """Return the counts that open what they count; what waits for nobody is left out."""
    due, agree = len(queries.waiting_items(work)), _waiting(work)
    looks, weeks = _emergencies(work), len(audit.open_reviews(work))
    words = ngettext("open request", "open requests", open_requests)
    severity = "critical" if late else ""
    found = [Tally(open_requests, words, url_for("privacy.requests"), severity)]
    words = ngettext("file is due to go", "files are due to go", due)
    found.append(Tally(due, words, url_for("privacy.retention"), "warning" if due else ""))
    more = (
        (agree, ngettext("waits for a second person", "wait for a second person", agree), "casefile.together"),
        (looks, ngettext("emergency to judge", "emergencies to judge", looks), "casefile.emergencies"),
        (weeks, ngettext("week of the trail to look at", "weeks of the trail to look at", weeks), REVIEWS),
    )  # fmt: skip
    return found + [
        Tally(number, said, url_for(endpoint), "warning")
        for number, said, endpoint in more
        if number and endpoint in current_app.view_functions
    ]


def _emergencies(work: Work) -> int:
    with work.beyond("which looks in an emergency wait for somebody to judge them"):
        return accounts.count_to_review(work)


def _waiting(work: Work) -> int:
    mine = [kind for kind in Together if work.actor.role in SECOND[kind].roles]
    with work.beyond("what waits for a second person"):
        rows = accounts.waiting_for_second(work, mine)
    return sum(row.asked_by != work.actor.account_id for row in rows)


def _often(work: Work) -> int:
    """Return how many looks in an emergency there were in the last thirty days."""
    with work.beyond("how often somebody looked in an emergency"):
        return accounts.count_emergencies(work, work.now - timedelta(days=SHOWN_DAYS))


def _told(work: Work) -> Sequence[ToldLine]:
    account_id = work.actor.account_id
    rows = notices.notices(work, account_id) if account_id else []
    return [
        ToldLine(words_of(row, None), url_for("notices.open_one", notice_id=row.id), row.at)
        for row in rows
        if row.read_at is None
    ]


@bp.record
def _tell_frame(state: BlueprintSetupState) -> None:
    """Add the number beside Requests to what others say of the menu."""
    sources = frame_sources(cast("Flask", state.app))
    others = sources.counts
    sources.counts = lambda: {**others(), **_menu_counts()}


def _menu_counts() -> Mapping[str, Count]:
    work = current_work()
    if not work.actor.may(Permission.PRIVACY_DESK):
        return {}
    rows = queries.open_requests(work)
    late = any(row.due_on < work.today for row in rows)
    return {"privacy.requests": Count(len(rows), critical=late)}
