"""The unit of work of one request."""

from dataclasses import replace
from typing import cast

from flask import current_app, g, request
from flask_login import current_user

from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.web.access import access_now, trace_now
from caseapp.web.login import SignedIn

NOBODY = Actor(account_id=None, name="anonymous")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def machine() -> Machine:
    """Return the machine room of this application."""
    return cast("Machine", current_app.extensions["caseapp"])


def visitor() -> SignedIn | None:
    """Return who is signed in with this browser, and how far; nothing for nobody."""
    user: object = current_user._get_current_object()  # noqa: SLF001 (the proxy's own door)
    return user if isinstance(user, SignedIn) else None


def current_actor() -> Actor:
    """Return who is asking; nobody, when not signed in; who broke the glass only looks at that child."""
    who = visitor()
    if who is None:
        return NOBODY
    child_id = (request.view_args or {}).get("child_id")
    return replace(who.actor, looks_only=True) if child_id in who.actor.child_ids else who.actor


def current_work() -> Work:
    """Return the unit of work of this request, begun at its first use."""
    if "work" not in g:
        writes = request.method not in SAFE_METHODS
        route = str(request.url_rule) if request.url_rule else ""
        g.work = machine().work(current_actor(), writes=writes, route=f"{request.method} {route}")
        g.work.access, g.work.trace_id = access_now(), trace_now()
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
