"""Children and their families, and who may see whom now."""
