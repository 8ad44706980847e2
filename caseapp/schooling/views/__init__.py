"""Pages about school: places, absences, and the reports of absence by the school."""

from caseapp.schooling.views import absences, places
from caseapp.schooling.views.blueprint import bp

__all__ = ["absences", "bp", "places"]
