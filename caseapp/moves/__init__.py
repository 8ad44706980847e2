"""Getting a child from one place to another: transfer, handover, promises, who is responsible."""
