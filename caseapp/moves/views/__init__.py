"""Pages about moves, handovers and who is responsible."""

from caseapp.moves.views import baton, deciding, handing, holding, listing, promising, steps
from caseapp.moves.views.blueprint import bp

__all__ = ["baton", "bp", "deciding", "handing", "holding", "listing", "promising", "steps"]
