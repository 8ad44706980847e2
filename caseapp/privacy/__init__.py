"""Who saw what, and the requests of children and parents."""
