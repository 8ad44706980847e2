"""The guard of a route: an object, so that a test can see it and the app can refuse to start without."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.domain.policy import Permission
from caseapp.kernel.work import Sighting, Work
from caseapp.web.request import SAFE_METHODS, current_work, finish_work, must_change_password

Subject = Callable[..., Any]


class View(Protocol):
    """A view function: it gets the work, then its subject, then what is left of the address."""

    __name__: str

    def __call__(self, *args: Any, **kwargs: Any) -> ResponseReturnValue:
        """Answer a request."""


class UnguardedRouteError(RuntimeError):
    """A route has no guard; the application refuses to start."""


@dataclass(slots=True)
class Guarded:
    """A view with its permission, its subject and its reason for being open."""

    view: View
    permission: Permission | None = None
    subject: Subject | None = None
    open_because: str | None = None
    signed_in: bool = False
    bare: bool = False
    """No unit of work: a file of ours, the same for everyone."""
    takes: tuple[str, ...] = ()
    """The parts of the address that the scope uses; the view gets the others."""

    def __post_init__(self) -> None:
        """Read from the scope which parts of the address it takes."""
        if self.subject is not None:
            self.takes = tuple(inspect.signature(self.subject).parameters)[1:]

    @property
    def __name__(self) -> str:
        """Return the name of the view, by which Flask knows the endpoint."""
        return self.view.__name__

    def __call__(self, **url: Any) -> ResponseReturnValue:
        """Check the role (403), then the scope (404), run the view, and write the trail before answering."""
        if self.bare:
            return self.view(**url)
        work = current_work()
        if self.open_because is None:
            refusal = self._refuse(work)
            if refusal is not None:
                return refusal
        answer = self._answer(work, url)
        finish_work()
        return answer

    def _refuse(self, work: Work) -> ResponseReturnValue | None:
        if work.actor.account_id is None:
            if request.method in SAFE_METHODS:
                return redirect(
                    url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303
                )
            abort(401)
        if (
            self.permission is not None
            and must_change_password()
            and request.method in SAFE_METHODS
        ):
            return redirect(url_for("accounts.password"), 303)
        if self.permission is not None and not work.actor.may(self.permission):
            _denied(work, 403)
        return None

    def _answer(self, work: Work, url: dict[str, Any]) -> ResponseReturnValue:
        if self.subject is None:
            return self.view(work, **url)
        subject = self.subject(work, **{name: url[name] for name in self.takes})
        if subject is None:
            _denied(work, 404)
        rest = {name: value for name, value in url.items() if name not in self.takes}
        return self.view(work, subject, **rest)


def _denied(work: Work, status: int) -> None:
    work.trail[:] = [Sighting(code="denied", object=request.endpoint or "", outcome="denied")]
    finish_work()
    abort(status)


def guard(permission: Permission, on: Subject | None = None) -> Callable[[View], Guarded]:
    """Guard a view with a permission and, when it is about something, the scope that fetches its subject."""
    return lambda view: Guarded(view, permission=permission, subject=on)


def signed_in(view: View) -> Guarded:
    """Guard a view that everyone with an account may use: their own things."""
    return Guarded(view, signed_in=True)


def own(on: Subject) -> Callable[[View], Guarded]:
    """Guard a view about something of one's own, which the scope fetches for its owner only."""
    return lambda view: Guarded(view, signed_in=True, subject=on)


def public(because: str) -> Callable[[View], Guarded]:
    """Leave a view open, and say why."""
    return lambda view: Guarded(view, open_because=because)


def open_file(because: str) -> Callable[[View], Guarded]:
    """Leave a view open that never touches data: it gets no unit of work."""
    return lambda view: Guarded(view, open_because=because, bare=True)


def refuse_unguarded(app: Flask) -> None:
    """Raise UnguardedRouteError when a route has no guard."""
    bare = [name for name, view in app.view_functions.items() if not isinstance(view, Guarded)]
    if bare:
        raise UnguardedRouteError(f"No guard on: {', '.join(sorted(bare))}")
