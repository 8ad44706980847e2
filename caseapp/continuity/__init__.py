"""Alerts and their life, and the nightly look."""
