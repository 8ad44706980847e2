"""Locations, schools and the other things that are not about a person."""
