"""Lines of care: that they run, wait or stopped; never a diagnosis."""
