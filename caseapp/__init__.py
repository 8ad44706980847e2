"""Keeps care, school and guardianship of children in reception whole when they move."""

VERSION = "0.1.0"
"""The version of the program, as pyproject.toml has it: each record of the trail names it."""
