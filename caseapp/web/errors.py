"""One page for every error: a clear sentence, a number to quote, and nothing personal."""

import logging
from collections.abc import Mapping
from typing import Final

from flask import Flask, Response, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError

from caseapp.kernel.providers import KeysAwayError
from caseapp.kernel.seals import Unreadable
from caseapp.kernel.work import LostRaceError, TrailError
from caseapp.web.access import trace_now
from caseapp.web.forms import BadFieldsError
from caseapp.web.last_resort import LastResort, bare, silent

log = logging.getLogger("caseapp")

PAGES: Final = frozenset({400, 401, 403, 404, 409, 413, 429, 500, 503})
OUR_FAULT: Final = frozenset({500, 503})
"""Pages whose frame asks the database for nothing: it may be the reason for the page."""
MEANT: Final[Mapping[type[Exception], int]] = {
    LostRaceError: 409,
    BadFieldsError: 400,
    CSRFError: 400,
    TrailError: 503,
    KeysAwayError: 503,
    PoolTimeout: 503,
}


def wire_errors(app: Flask) -> None:
    """Give every error its page."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _strange_host)
    for kind, status in MEANT.items():
        app.register_error_handler(kind, lambda _error, status=status: _page(status))
    app.register_error_handler(DBAPIError, _no_database)
    app.register_error_handler(IntegrityError, _clash)
    app.register_error_handler(Unreadable, _unreadable)
    app.register_error_handler(Exception, _unforeseen)
    app.log_exception = silent(_tell)  # type: ignore[method-assign, assignment]
    app.wsgi_app = LastResort(app.wsgi_app)  # type: ignore[method-assign]


def _strange_host(_error: SecurityError) -> ResponseReturnValue:
    """Answer in one sentence: a host that is not ours has no addresses, and a page is full of them."""
    return Response(_("This address is not one of ours."), 400, mimetype="text/plain")


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    status = error.code or 500
    answer = _page(status if status in PAGES else (400 if status < 500 else 500), status)  # noqa: PLR2004
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        return (*answer, {"Allow": ", ".join(sorted(allowed))})
    return answer


def _no_database(error: DBAPIError) -> ResponseReturnValue:
    log.error("database error %s, reference %s", type(error.orig).__name__, _reference())
    return _page(503)


def _clash(error: IntegrityError) -> ResponseReturnValue:
    """Show a promise of the database that was the last guard as what it is: somebody else was first."""
    log.warning("clash %s, reference %s", type(error.orig).__name__, _reference())
    return _page(409)


def _unreadable(error: Unreadable) -> ResponseReturnValue:
    log.error("unreadable %s, reference %s", error.code, error.reference)
    return _page(503)


def _unforeseen(error: Exception) -> ResponseReturnValue:
    _tell(error)
    return _page(500)


def _tell(error: BaseException) -> None:
    log.error(
        "unforeseen %s at %s, reference %s", type(error).__name__, _where(error), _reference()
    )


def _where(error: BaseException) -> str:
    """Name the last line of ours that was reached: a place in the code, never a value."""
    place = "?"
    trace = error.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        if "caseapp" in frame.f_code.co_filename:
            place = f"{frame.f_globals.get('__name__')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _reference() -> str:
    return trace_now()


def _page(page: int, status: int | None = None) -> tuple[str, int] | tuple[Response, int]:
    """Return the page of an error; a bare sentence when that fails too."""
    g.plain_frame = page in OUR_FAULT
    g.is_refusal = True
    try:
        return render_template(f"errors/{page}.html", reference=_reference()), status or page
    except Exception as error:  # noqa: BLE001 - whatever it is, it may not be shown
        _tell(error)
        return bare(status or page, _reference()), status or page
