"""Pages of alerts: the board, one alert, and what people do with it."""

from caseapp.continuity.views import acting, board, limits, showing
from caseapp.continuity.views.blueprint import bp

__all__ = ["acting", "board", "bp", "limits", "showing"]
