"""The way back to the list of what is missing, for whoever came from there to a form.

The address of the form holds two codes, the list and the place, and no address to go to. So a form that is
saved leads back to the list, where what was filled in is gone, and never anywhere else.
"""

import re
from typing import Any, Final

from flask import Flask, Response, request, url_for

from caseapp.web.request import SAFE_METHODS

LIST: Final = "gegevens"
PLACE: Final = "plek"
SEE_OTHER: Final = 303

_SLUG: Final = re.compile(r"[a-z]+(-[a-z]+)*")
_CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,20}")


def way_back() -> str:
    """Return the address of the list that led to this page, or nothing."""
    slug, place = request.args.get(LIST, ""), request.args.get(PLACE, "")
    if not _SLUG.fullmatch(slug):
        return ""
    code = place if _CODE.fullmatch(place) else None
    return url_for("continuity.gap_list", slug=slug, locatie=code)


def wire_returning(app: Flask) -> None:
    """Tell templates the way back, and take it when a form was saved."""

    @app.context_processor
    def _way() -> dict[str, Any]:
        return {"way_back": way_back() if request.endpoint else ""}

    @app.after_request
    def _lead_back(answer: Response) -> Response:
        if answer.status_code == SEE_OTHER and request.method not in SAFE_METHODS:
            answer.location = way_back() or answer.location
        return answer
