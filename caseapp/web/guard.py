"""The guard of a route: an object, so that a test can see it and the app can refuse to start without."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, NoReturn, Protocol, cast

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.domain.policy import Permission
from caseapp.domain.second_factor import Level, is_fresh
from caseapp.kernel.work import OutOfReachError, Sighting, Work
from caseapp.web.login import SignedIn
from caseapp.web.request import SAFE_METHODS, current_work, finish_work, machine, visitor

Subject = Callable[..., Any]
HalfWay = Callable[[SignedIn], bool]
AskProof = Callable[[Work], ResponseReturnValue]

TooFast = Callable[[Work, timedelta], NoReturn]

PROOF: Final = "caseapp.proof"
PACE: Final = "caseapp.pace"


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
    fresh: bool = False
    """A dangerous act: the second factor has to be proved in the last ten minutes."""
    half_way: HalfWay | None = None
    """Whom it lets in at the level of the password; nothing: nobody before the second step."""
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
        who = visitor()
        if who is None:
            return _first("accounts.sign_in")
        if who.level is Level.PASSWORD and not (self.half_way and self.half_way(who)):
            return _first("accounts.second_step")
        if self.permission is not None:
            if who.must_change and request.method in SAFE_METHODS:
                return redirect(url_for("accounts.password"), 303)
            if not work.actor.may(self.permission) or _writes_under_glass(work):
                _denied(work, 403)
        if self.fresh and who.level is Level.FULL and not is_fresh(who.proved_at, work.now):
            return _proof(work)
        return None

    def _answer(self, work: Work, url: dict[str, Any]) -> ResponseReturnValue:
        try:
            return self._seen(work, url)
        except OutOfReachError:  # it was in reach when this request began
            work.undo()
            return _denied(work, 404)

    def _seen(self, work: Work, url: dict[str, Any]) -> ResponseReturnValue:
        if self.subject is None:
            return self.view(work, **url)
        subject = self.subject(work, **{name: url[name] for name in self.takes})
        if subject is None:
            _denied(work, 404)
        if "child_id" in url:
            _go_slowly(work)
        rest = {name: value for name, value in url.items() if name not in self.takes}
        return self.view(work, subject, **rest)


def _first(endpoint: str) -> ResponseReturnValue:
    """Lead to what has to be done first, and back; what is sent without it is refused."""
    if request.method not in SAFE_METHODS:
        abort(401)
    return redirect(url_for(endpoint, next=request.full_path.rstrip("?")), 303)


def _proof(work: Work) -> ResponseReturnValue:
    """Ask for the second factor once more; what was sent is kept in the page that asks."""
    if request.method in SAFE_METHODS:
        return _first("accounts.proof")
    return cast("AskProof", current_app.extensions[PROOF])(work)


def _go_slowly(work: Work) -> None:
    """Refuse the next file of a child to who opens so many that nobody reads them."""
    who = visitor()
    settings = machine().settings
    wait = who.pace.wait(work.now, settings.reading_slow, settings.reading_stop) if who else None
    if wait is not None:
        work.trail.clear()
        work.undo()
        cast("TooFast", current_app.extensions[PACE])(work, wait)


def tell_pace(app: Flask, refuse: TooFast) -> None:
    """Let the guard know who tells the others, and refuses, when somebody opens files too fast."""
    app.extensions[PACE] = refuse


def tell_proof(app: Flask, ask: AskProof) -> None:
    """Let the guard know the page that asks for the second factor and keeps what was sent."""
    app.extensions[PROOF] = ask


def _writes_under_glass(work: Work) -> bool:
    """Say whether somebody who only looks at this child, in an emergency, sends something about it."""
    return work.actor.looks_only and request.method not in SAFE_METHODS


def _denied(work: Work, status: int) -> NoReturn:
    work.trail[:] = [Sighting(code="denied", object=request.endpoint or "", outcome="denied")]
    finish_work()
    abort(status)


def guard(
    permission: Permission, on: Subject | None = None, *, fresh: bool = False
) -> Callable[[View], Guarded]:
    """Guard a view with a permission and, when it is about something, the scope that fetches its subject.

    `fresh` asks that the second factor was proved in this session in the last ten minutes.
    """
    return lambda view: Guarded(view, permission=permission, subject=on, fresh=fresh)


def signed_in(view: View) -> Guarded:
    """Guard a view that everyone with an account may use: their own things."""
    return Guarded(view, signed_in=True)


def signed_in_freshly(view: View) -> Guarded:
    """Guard one's own things that a thief of an open browser would like to change."""
    return Guarded(view, signed_in=True, fresh=True)


def half_way(opens: HalfWay, *, fresh: bool = False) -> Callable[[View], Guarded]:
    """Guard a view that opens before the second step too, to whom `opens` lets in."""
    return lambda view: Guarded(view, signed_in=True, half_way=opens, fresh=fresh)


def own(on: Subject, *, fresh: bool = False) -> Callable[[View], Guarded]:
    """Guard a view about something of one's own, which the scope fetches for its owner only."""
    return lambda view: Guarded(view, signed_in=True, subject=on, fresh=fresh)


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
