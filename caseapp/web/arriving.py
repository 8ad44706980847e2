"""What is looked at before any view: from which site a request comes, and what its address asks.

An address may ask only what a page of ours ever asks, once each and no longer than it can be; what a
name means is checked by its page. Fields of a form are checked by the form (caseapp.web.forms).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask import Flask, abort, request

from caseapp.web.request import SAFE_METHODS

OURS: Final = frozenset({"same-origin", "none"})
"""Sites as a browser names them from which anything may come: this one, and the hand of a person."""

CODE: Final = 60
NUMBER: Final = 6
DAY: Final = 20
ADDRESS: Final = 2000
ASKED: Final[Mapping[str, int]] = MappingProxyType({
    "dag": DAY, "tot": DAY, "van": DAY,
    "eigenaar": CODE, "ernst": CODE, "gegevens": CODE, "groep": CODE, "lijst": CODE, "locatie": CODE,
    "naar": CODE, "plek": CODE, "print": CODE, "reden": CODE, "regio": CODE, "richting": CODE, "rol": CODE,
    "signalering": CODE, "soort": CODE, "staat": CODE, "stand": CODE, "stuk": CODE, "termijn": CODE,
    "uitkomst": CODE, "v": CODE, "vorm": CODE,
    "bladzijde": NUMBER, "pagina": NUMBER, "signaleringen": NUMBER,
    "next": ADDRESS,
})  # fmt: skip
"""Every name that an address may ask with, and how many signs its value has at most; none may come twice."""

OF_OTHERS: Final = frozenset({"provider.come_back"})
"""Where somebody else writes the address: the provider, whose answer has names of its own."""
FROM_THE_BROWSER: Final = frozenset({"web.browser_report"})
"""What a browser sends by itself, without a page."""


def wire_arriving(app: Flask) -> None:
    """Refuse a request of another site, and an address that no page of ours makes."""

    @app.before_request
    def _look() -> None:
        if request.endpoint is None or request.endpoint in FROM_THE_BROWSER:
            return
        if _is_elsewhere() or not all(map(_may_ask, request.args)):
            abort(400)


def _is_elsewhere() -> bool:
    """Say whether another site made the request; a person may come from there by a link, and only look."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site in OURS:
        return False
    is_a_visit = (
        request.headers.get("Sec-Fetch-Mode") == "navigate"
        and request.headers.get("Sec-Fetch-Dest") == "document"
    )
    return request.method not in SAFE_METHODS or not is_a_visit


def _may_ask(name: str) -> bool:
    """Say whether the address asks this as a page of ours would: once, printable and not too long."""
    values = request.args.getlist(name)
    most = ADDRESS if request.endpoint in OF_OTHERS else ASKED.get(name, -1)
    return len(values) == 1 and len(values[0]) <= most and values[0].isprintable()
