"""Pages on which people meet children: Today, the caseload, one child, its family and history, a new child."""

from caseapp.casefile.views import (
    caseload,
    child,
    consents,
    day,
    emergency,
    family,
    newcomer,
    passing,
    today,
    together,
)
from caseapp.casefile.views.blueprint import bp

__all__ = [
    "bp",
    "caseload",
    "child",
    "consents",
    "day",
    "emergency",
    "family",
    "newcomer",
    "passing",
    "today",
    "together",
]
