"""Guardians, plans, and support after 18 until 23."""
