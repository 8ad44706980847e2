"""The machine room: clock, keys and seals, database, unit of work, log."""
