"""What is done to the trail: it is written, chained, vouched for outside the database, and looked at."""

from caseapp.audit.actions.breaking import (
    acknowledge,
    ask_to_acknowledge,
    content_of,
    declare_broken,
    note_look,
    officers,
)
from caseapp.audit.actions.closing import NotClosedError, close_year, take_away
from caseapp.audit.actions.failing import tell_failures
from caseapp.audit.actions.reviewing import NoteNeededError, judge, make_review, tell_late
from caseapp.audit.actions.vouching import tell_syslog, vouch
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
    "NotClosedError",
    "NoteNeededError",
    "acknowledge",
    "ask_to_acknowledge",
    "close_year",
    "code_of",
    "content_of",
    "declare_broken",
    "envelopes_as_text",
    "judge",
    "make_review",
    "note_look",
    "officers",
    "plain_value",
    "take_away",
    "take_in",
    "tell_failures",
    "tell_late",
    "tell_syslog",
    "told_together",
    "vouch",
    "write",
]
