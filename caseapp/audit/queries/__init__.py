"""Reading the trail: what rows were, who opened a file, whether it is whole, and what a person looks at."""

from caseapp.audit.queries.reading import (
    Correction,
    Earlier,
    Later,
    changed_since,
    corrections_of,
    done_since,
    done_to_objects,
    first_opened,
    happened_since,
    last_number,
    last_opened,
    past_of,
)

__all__ = [
    "Correction",
    "Earlier",
    "Later",
    "changed_since",
    "corrections_of",
    "done_since",
    "done_to_objects",
    "first_opened",
    "happened_since",
    "last_number",
    "last_opened",
    "past_of",
]
