"""A line in the log for each request: by its route and never by its address, and by the id of who asks."""

import logging
import time
from typing import Final

import structlog
from flask import Flask, Response, g, request

from caseapp.web.access import trace_now
from caseapp.web.login import SignedIn

log: Final = logging.getLogger("caseapp.web")


def wire_log(app: Flask) -> None:
    """Tie what is logged in a request to it, and say how it was answered."""
    app.before_request(_begin)
    app.after_request(_answered)
    app.teardown_request(_end)


def _begin() -> None:
    g.began = time.monotonic()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(
        request=trace_now(), route=str(request.url_rule or "-"), method=request.method
    )


def _answered(answer: Response) -> Response:
    """Log an answer, files of ours excepted; who asks only when that is known by now: it may be the fault."""
    who = g.get("_login_user")
    if request.endpoint != "static":
        about = {
            "status": answer.status_code,
            "milliseconds": round((time.monotonic() - g.get("began", time.monotonic())) * 1000),
            "account": who.actor.account_id if isinstance(who, SignedIn) else None,
        }
        log.info("answered", extra=about)
    return answer


def _end(_error: BaseException | None = None) -> None:
    structlog.contextvars.clear_contextvars()
