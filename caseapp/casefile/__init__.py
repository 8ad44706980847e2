"""The page of one child, and Today: made of all slices."""
