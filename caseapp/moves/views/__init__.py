"""Pages about moves, handovers and who is responsible."""

from caseapp.moves.views import baton, handing, holding, listing, steps
from caseapp.moves.views.blueprint import bp

__all__ = ["baton", "bp", "handing", "holding", "listing", "steps"]
