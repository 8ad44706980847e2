"""Where a browser tells that a page wanted to load or run what our policy forbids.

A report says which address the page had and what stood in it, and an address names a child. So a report
is counted in the log by the directive and the kind of thing that was kept out, and by nothing else.
"""

import json
import logging
from typing import Any, Final

from flask import Flask, Response, abort, request
from flask.typing import ResponseReturnValue

from caseapp.web.guard import open_file
from caseapp.web.headers import REPORTS

log: Final = logging.getLogger("caseapp.web")

KINDS: Final = frozenset({"application/csp-report", "application/reports+json"})
LARGEST: Final = 16 * 1024
"""Bytes that a report may have."""
MOST: Final = 10
"""Reports that are read of one message."""
DIRECTIVES: Final = frozenset({
    "base-uri", "connect-src", "default-src", "font-src", "form-action", "frame-ancestors", "frame-src",
    "img-src", "manifest-src", "media-src", "object-src", "script-src", "script-src-attr", "script-src-elem",
    "style-src", "style-src-attr", "style-src-elem", "worker-src",
})  # fmt: skip
THINGS: Final = frozenset({"inline", "eval", "wasm-eval", "data", "blob", "self"})


@open_file("a browser tells without a session what it kept out; nothing is read or kept of it")
def browser_report() -> ResponseReturnValue:
    """Count what a browser kept out of a page of ours."""
    if request.mimetype not in KINDS or (request.content_length or LARGEST + 1) > LARGEST:
        abort(400)
    for directive, thing in dict.fromkeys(told(request.get_data(cache=False))):
        log.warning("a browser kept out %s: %s", directive, thing)
    return Response(status=204)


def wire_reports(app: Flask) -> None:
    """Give reports of browsers their address; a browser cannot send a token with them."""
    app.add_url_rule(REPORTS, "web.browser_report", browser_report, methods=["POST"])
    app.extensions["csrf"].exempt(f"{browser_report.__module__}.{browser_report.__name__}")


def told(data: bytes) -> list[tuple[str, str]]:
    """Return directive and kind of each report of a message, in codes of ours; nothing of what is none."""
    try:
        sent = json.loads(data)
    except (ValueError, RecursionError):
        return []
    reports = sent if isinstance(sent, list) else [sent]
    return [pair for each in reports[:MOST] if (pair := _codes(each)) is not None]


def _codes(report: Any) -> tuple[str, str] | None:
    """Read a report in either of the two shapes that browsers send."""
    if not isinstance(report, dict):
        return None
    body = report.get("csp-report", report.get("body"))
    if not isinstance(body, dict):
        return None
    names = ("effectiveDirective", "effective-directive", "violated-directive")
    said = next((str(body[name]) for name in names if name in body), "")
    blocked = str(body.get("blockedURL", body.get("blocked-uri", "")))
    directive = said.split(" ", 1)[0]
    return (
        directive if directive in DIRECTIVES else "other",
        blocked if blocked in THINGS else "elsewhere",
    )
