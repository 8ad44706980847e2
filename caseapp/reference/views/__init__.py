"""Pages of locations, schools, limits and the health of the system."""

from caseapp.reference.views import house, places
from caseapp.reference.views.blueprint import bp

__all__ = ["bp", "house", "places"]
