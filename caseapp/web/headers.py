"""The headers of every answer, errors too."""

from typing import Final

from flask import Flask, Response, request

REPORTS: Final = "/browser-melding"
"""Where a browser tells what it kept out of a page (caseapp.web.browser_report)."""

POLICY: Final = (
    "default-src 'none'; object-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; "
    f"connect-src 'self'; report-uri {REPORTS}; report-to house; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

ALWAYS: Final = {
    "Content-Security-Policy": POLICY,
    "Reporting-Endpoints": f'house="{REPORTS}"',
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
YEAR_AND_SUBDOMAINS: Final = "max-age=63072000; includeSubDomains"
STATIC: Final = "public, max-age=31536000, immutable"


def wire_headers(app: Flask) -> None:
    """Set the headers on every answer; only static files may be kept by a browser."""

    @app.after_request
    def _headers(answer: Response) -> Response:
        for name, value in ALWAYS.items():
            answer.headers.setdefault(name, value)
        if app.config["SESSION_COOKIE_SECURE"]:
            answer.headers.setdefault("Strict-Transport-Security", YEAR_AND_SUBDOMAINS)
        is_static = request.endpoint == "static" and answer.status_code == 200  # noqa: PLR2004 (the plain OK)
        answer.headers["Cache-Control"] = (
            STATIC if is_static and request.args.get("v") else "no-store"
        )
        return answer
