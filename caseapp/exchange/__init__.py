"""Lists in, documents in."""
