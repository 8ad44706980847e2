"""The monitor's tables."""
