"""Reading what the privacy desk works with: children by V-number, requests, statements, looks, terms."""

from caseapp.privacy.queries.looks import Period, who_saw
from caseapp.privacy.queries.requests import (
    FAR,
    Found,
    found,
    late,
    of_child,
    officers,
    open_requests,
    request,
)
from caseapp.privacy.queries.retention import (
    closed_children,
    item,
    items_of,
    oldest_line,
    terms,
    waiting_items,
)
from caseapp.privacy.queries.statements import statement, statements

__all__ = [
    "FAR",
    "Found",
    "Period",
    "closed_children",
    "found",
    "item",
    "items_of",
    "late",
    "of_child",
    "officers",
    "oldest_line",
    "open_requests",
    "request",
    "statement",
    "statements",
    "terms",
    "waiting_items",
    "who_saw",
]
