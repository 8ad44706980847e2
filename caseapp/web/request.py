"""The unit of work of one request."""

from typing import cast

from flask import current_app, g, request
from flask_login import current_user

from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.web.login import SignedIn

NOBODY = Actor(account_id=None, name="anonymous")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def machine() -> Machine:
    """Return the machine room of this application."""
    return cast("Machine", current_app.extensions["caseapp"])


def current_actor() -> Actor:
    """Return who is asking; nobody, when not signed in."""
    user: object = current_user._get_current_object()  # noqa: SLF001 (the proxy's own door)
    return user.actor if isinstance(user, SignedIn) else NOBODY


def must_change_password() -> bool:
    """Say whether the one who asks signed in with an initial password, which opens nothing yet."""
    user: object = current_user._get_current_object()  # noqa: SLF001 (the proxy's own door)
    return isinstance(user, SignedIn) and user.must_change


def current_work() -> Work:
    """Return the unit of work of this request, begun at its first use."""
    if "work" not in g:
        writes = request.method not in SAFE_METHODS
        route = str(request.url_rule) if request.url_rule else ""
        g.work = machine().work(current_actor(), writes=writes, route=f"{request.method} {route}")
        g.work.trace_id = g.get("trace_id")
    return cast("Work", g.work)


def finish_work() -> None:
    """Write what this request saw; called before the answer leaves."""
    work = g.get("work")
    if work is not None:
        machine().finish(work)


def drop_work(_error: BaseException | None = None) -> None:
    """Close what is left open when the request ends, however it ends."""
    work = g.pop("work", None)
    if work is not None:
        work.session.close()
        work.vault.forget()
