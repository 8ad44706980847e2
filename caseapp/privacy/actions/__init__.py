"""The privacy desk at work: requests with their clock, statements, what is due to go, packages."""

from caseapp.privacy.actions.keeping import all_over, ask_to_destroy, find_due, keep, last_term
from caseapp.privacy.actions.registering import (
    close,
    extend,
    note_late,
    refuse_closed,
    refuse_not_allowed,
    register,
)
from caseapp.privacy.actions.stating import record_statement, withdraw_statement

__all__ = [
    "all_over",
    "ask_to_destroy",
    "close",
    "extend",
    "find_due",
    "keep",
    "last_term",
    "note_late",
    "record_statement",
    "refuse_closed",
    "refuse_not_allowed",
    "register",
    "withdraw_statement",
]
