"""How fast the pages are, against the floor: the same statements and an empty template."""
