"""Pages about observations and contacts."""

from caseapp.observations.views import choosing, contacting, observing
from caseapp.observations.views.blueprint import bp

__all__ = ["bp", "choosing", "contacting", "observing"]
