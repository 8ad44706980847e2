"""The cookie by which a browser is known after somebody came in with it: it opens nothing by itself."""

from typing import Final

from flask import Response, after_this_request, current_app, request

from caseapp.accounts import actions
from caseapp.accounts.actions.throttling import KNOWN_FOR
from caseapp.kernel.work import Work

NAME: Final = "caseapp-browser"


def cookie_name() -> str:
    """Return the name of the cookie; over TLS it is bound to this very host."""
    return f"__Host-{NAME}" if current_app.config["SESSION_COOKIE_SECURE"] else NAME


def mark(work: Work) -> str:
    """Return the mark of this browser, or a new one for a browser that has none of ours."""
    kept = request.cookies.get(cookie_name(), "")
    return kept if actions.is_our_mark(work, kept) else actions.new_mark(work)


def keep(mark: str) -> None:
    """Give the browser its mark, anew for as long as it stays known."""

    @after_this_request
    def _keep(answer: Response) -> Response:
        answer.set_cookie(
            cookie_name(),
            mark,
            max_age=KNOWN_FOR,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Strict",
        )
        return answer
