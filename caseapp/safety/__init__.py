"""The file of the reporting code: kept apart, for the child-protection lead of a location and nobody else."""
