"""Keeps care, school and guardianship of children in reception whole when they move."""
