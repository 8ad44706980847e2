"""Somebody opens files faster than a person reads: the answer is 429, and those who have to know are told."""

from datetime import timedelta
from typing import NoReturn

from flask import Response, after_this_request, g
from werkzeug.exceptions import TooManyRequests

from caseapp.accounts import queries as accounts
from caseapp.accounts.actions import emergency
from caseapp.domain.events import ReadingSlowed
from caseapp.kernel.work import Work
from caseapp.web.request import machine

HOUR = 3600


def too_fast(work: Work, wait: timedelta) -> NoReturn:
    """Tell coordinator and privacy officer, once an hour, and refuse; raises TooManyRequests."""
    mine = machine().work(work.actor, route=work.route)
    regions: list[str | None] = [*sorted(emergency.own_regions(mine, work.actor))] or [None]
    told = [one for region in regions for one in accounts.reviewers(mine, region)]
    hour = int(work.now.timestamp()) // HOUR
    mine.record(
        ReadingSlowed(object_id=work.actor.account_id, told=tuple(dict.fromkeys(told)), spell=hour)
    )
    mine.commit()
    mine.session.close()
    g.is_too_fast = True

    @after_this_request
    def _later(answer: Response) -> Response:
        answer.headers["Retry-After"] = str(int(wait.total_seconds()))
        return answer

    raise TooManyRequests
