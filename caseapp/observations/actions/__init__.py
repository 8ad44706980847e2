"""Writing down and correcting observations, contacts and meetings; what was there before stays readable."""

from caseapp.observations.actions.documents import take_in
from caseapp.observations.actions.entries import (
    agree,
    correct,
    correct_contact,
    finish_action,
    log_contact,
    record,
)
from caseapp.observations.actions.meetings import correct_meeting, record_meeting
from caseapp.observations.actions.refusing import NothingAgreedError, NotYetError, NoWordsError

__all__ = [
    "NoWordsError",
    "NotYetError",
    "NothingAgreedError",
    "agree",
    "correct",
    "correct_contact",
    "correct_meeting",
    "finish_action",
    "log_contact",
    "record",
    "record_meeting",
    "take_in",
]
