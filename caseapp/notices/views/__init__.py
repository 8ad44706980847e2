"""Pages of the own messages."""

from caseapp.notices.views import reading
from caseapp.notices.views.blueprint import bp

__all__ = ["bp", "reading"]
