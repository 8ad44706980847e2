"""What people ask for: what a form gives and an action takes; one module per slice."""
