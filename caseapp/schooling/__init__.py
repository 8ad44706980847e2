"""School places, waiting lists and absence."""
