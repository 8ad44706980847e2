"""Pages of alerts: the board, one alert, and what people do with it."""

from caseapp.continuity.views import acting, board, judging, limits, loads, precision, showing
from caseapp.continuity.views.blueprint import bp

__all__ = ["acting", "board", "bp", "judging", "limits", "loads", "precision", "showing"]
