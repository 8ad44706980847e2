"""Pages of the privacy desk, and of who sees a child: who looked, requests, statements, what is due to go."""

from caseapp.privacy.views import (
    desk,
    erasing,
    finding,
    keeping,
    looking,
    packing,
    requesting,
    stating,
)
from caseapp.privacy.views.blueprint import bp

__all__ = [
    "bp",
    "desk",
    "erasing",
    "finding",
    "keeping",
    "looking",
    "packing",
    "requesting",
    "stating",
]
