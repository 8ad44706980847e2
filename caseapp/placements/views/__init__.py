"""Pages about where a child lives and where it is."""

from caseapp.placements.views import living, whereabouts
from caseapp.placements.views.blueprint import bp

__all__ = ["bp", "living", "whereabouts"]
