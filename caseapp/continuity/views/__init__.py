"""Pages of alerts: the board, one alert, and what people do with it."""

from caseapp.continuity.views import (
    acting,
    board,
    impact,
    impact_choosing,
    impact_list,
    judging,
    lacking,
    lacking_list,
    limits,
    loads,
    precision,
    showing,
)
from caseapp.continuity.views.blueprint import bp

__all__ = [
    "acting",
    "board",
    "bp",
    "impact",
    "impact_choosing",
    "impact_list",
    "judging",
    "lacking",
    "lacking_list",
    "limits",
    "loads",
    "precision",
    "showing",
]
