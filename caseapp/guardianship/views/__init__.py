"""Pages about guardians, support after 18, and the road to it."""

from caseapp.guardianship.views import guardians, planning, showing, supporting
from caseapp.guardianship.views.blueprint import bp

__all__ = ["bp", "guardians", "planning", "showing", "supporting"]
