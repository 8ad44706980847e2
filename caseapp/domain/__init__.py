"""What the house decides, in pure Python: no clock, no database, no files."""
