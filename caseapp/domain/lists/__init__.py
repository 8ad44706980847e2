"""Lists that come in: pure steps from the bytes of a file to a report and what applying it does."""
