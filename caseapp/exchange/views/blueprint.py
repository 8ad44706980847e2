"""What all pages about lists share: the blueprint, and how large a list may be."""

from typing import Any, Final

from flask import Blueprint, request

from caseapp.domain.policy import Permission
from caseapp.exchange.forms import MOST_BYTES
from caseapp.web.request import current_actor

bp = Blueprint("exchange", __name__)

JOB: Final = "lists"
"""The job of the worker that looks at lists and writes them (caseapp/exchange/jobs.py)."""

ROUND_IT: Final = 2 * 1024 * 1024
"""Bytes for what travels round the file, and for one that is a little too large to be told so kindly."""


@bp.url_value_preprocessor
def let_a_list_through(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Allow who may bring in lists a larger request on this one address, before anything reads it."""
    if endpoint == "exchange.upload" and current_actor().may(Permission.LIST_IMPORT):
        request.max_content_length = MOST_BYTES + ROUND_IT
