"""Pages about the lists that come in."""

from caseapp.exchange.views import listing
from caseapp.exchange.views.blueprint import bp

__all__ = ["bp", "listing"]
