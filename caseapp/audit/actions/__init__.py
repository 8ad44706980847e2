"""What is done to the trail: it is written, chained, vouched for outside the database, and looked at."""

from caseapp.audit.actions.writing import (
    Lines,
    code_of,
    envelopes_as_text,
    plain_value,
    take_in,
    told_together,
    write,
)

__all__ = [
    "Lines",
    "code_of",
    "envelopes_as_text",
    "plain_value",
    "take_in",
    "told_together",
    "write",
]
