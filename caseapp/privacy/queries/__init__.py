"""Reading what the privacy desk works with: children by V-number, requests, statements, looks, terms."""

from caseapp.privacy.queries.erasures import (
    erased_at,
    erasure_of,
    last_number,
    tombstone,
    tombstones,
    unfinished,
)
from caseapp.privacy.queries.looks import Period, who_saw
from caseapp.privacy.queries.replaying import lacking, refuse_unreplayed
from caseapp.privacy.queries.requests import (
    DESK,
    FAR,
    Found,
    found,
    late,
    of_child,
    open_requests,
    request,
)
from caseapp.privacy.queries.retention import (
    closed_children,
    item,
    items_of,
    term_of,
    terms,
    waiting_items,
)
from caseapp.privacy.queries.statements import statement, statements

__all__ = [
    "DESK",
    "FAR",
    "Found",
    "Period",
    "closed_children",
    "erased_at",
    "erasure_of",
    "found",
    "item",
    "items_of",
    "lacking",
    "last_number",
    "late",
    "of_child",
    "open_requests",
    "refuse_unreplayed",
    "request",
    "statement",
    "statements",
    "term_of",
    "terms",
    "tombstone",
    "tombstones",
    "unfinished",
    "waiting_items",
    "who_saw",
]
