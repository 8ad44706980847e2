"""Where a child lives, and where it is when it is not there."""
