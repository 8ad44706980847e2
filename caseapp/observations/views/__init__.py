"""Pages about observations, contacts and meetings."""

from caseapp.observations.views import agreeing, choosing, contacting, meeting, observing
from caseapp.observations.views.blueprint import bp

__all__ = ["agreeing", "bp", "choosing", "contacting", "meeting", "observing"]
