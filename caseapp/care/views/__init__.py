"""Pages about the care of a child: its lines, what providers answer, and the waiting."""

from caseapp.care.views import lines, waiting
from caseapp.care.views.blueprint import bp

__all__ = ["bp", "lines", "waiting"]
