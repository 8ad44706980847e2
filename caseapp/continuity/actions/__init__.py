"""Alerts: raised and closed by facts; taken, assigned and put off by people."""

from caseapp.continuity.actions.assessing import mark, on_change, on_family_change, reassess

__all__ = ["mark", "on_change", "on_family_change", "reassess"]
