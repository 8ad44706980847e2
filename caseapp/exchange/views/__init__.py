"""Pages about the lists that come in."""

from caseapp.exchange.views import (
    applying,
    brought,
    deciding,
    leaving,
    listing,
    running,
    undoing,
    uploading,
)
from caseapp.exchange.views.blueprint import bp

__all__ = [
    "applying",
    "bp",
    "brought",
    "deciding",
    "leaving",
    "listing",
    "running",
    "undoing",
    "uploading",
]
