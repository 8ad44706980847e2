"""Reading the trail: what rows were, who opened a file, whether it is whole, and what a person looks at."""

from caseapp.audit.queries.breaks import agreement_on, breaks, is_broken, last_look, one_break
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
from caseapp.audit.queries.reviewing import (
    Picked,
    ToJudge,
    left,
    one_to_judge,
    open_reviews,
    picked,
    review_of,
    reviews,
    to_judge,
)
from caseapp.audit.queries.seeing import Seen, who_saw
from caseapp.audit.queries.verifying import Found, verify

__all__ = [
    "Correction",
    "Earlier",
    "Found",
    "Later",
    "Picked",
    "Seen",
    "ToJudge",
    "agreement_on",
    "breaks",
    "changed_since",
    "corrections_of",
    "done_since",
    "done_to_objects",
    "first_opened",
    "happened_since",
    "is_broken",
    "last_look",
    "last_number",
    "last_opened",
    "left",
    "one_break",
    "one_to_judge",
    "open_reviews",
    "past_of",
    "picked",
    "review_of",
    "reviews",
    "to_judge",
    "verify",
    "who_saw",
]
