"""The trail: every write and every look, append only."""
