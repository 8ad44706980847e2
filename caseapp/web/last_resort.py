"""What is answered when even the page of an error fails: a sentence and a number, never the inside."""

import logging
import secrets
from collections.abc import Callable, Iterable
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Response

from caseapp.web.headers import ALWAYS

log: Final = logging.getLogger("caseapp")

WORDS: Final = "Er ging iets mis. Something went wrong. ({reference})\n"
"""In both languages, for the words of a page may be what failed."""


def bare(status: int, reference: str) -> Response:
    """Return an answer that needs neither a template nor a catalogue nor the database."""
    return Response(WORDS.format(reference=reference), status, mimetype="text/plain")


class LastResort:
    """Stands around the application: whatever comes through it becomes a bare 500, and the process goes on."""

    def __init__(self, inner: WSGIApplication) -> None:
        self.inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        try:
            return self.inner(environ, start_response)
        except Exception as error:  # noqa: BLE001 - the last one that can
            reference = secrets.token_hex(16)
            log.error("unforeseen %s in an answer, reference %s", type(error).__name__, reference)  # noqa: TRY400 (no words of an error)
            answer = bare(500, reference)
            answer.headers.extend(ALWAYS)
            answer.headers["Cache-Control"] = "no-store"
            return answer(environ, start_response)


def silent(tell: Callable[[BaseException], None]) -> Callable[[Any], None]:
    """Return what Flask calls for an error of its own, without the address that it would write down."""

    def told(about: Any) -> None:
        tell(about[1])

    return told
