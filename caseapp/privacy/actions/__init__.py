"""The privacy desk at work: requests with their clock, statements, what is due to go, packages."""

from caseapp.privacy.actions.destroying import ask_erasure, close_erased, refuse_erasure
from caseapp.privacy.actions.erasing import (
    Erased,
    NoSuchChildError,
    erase_child,
    erasure_content,
    finish,
    replay,
)
from caseapp.privacy.actions.keeping import all_over, ask_to_destroy, find_due, keep, last_term
from caseapp.privacy.actions.packing import (
    ask_package,
    deciders,
    give_package,
    pack,
    refuse_package,
)
from caseapp.privacy.actions.registering import (
    close,
    extend,
    note_late,
    refuse_closed,
    refuse_not_allowed,
    register,
)
from caseapp.privacy.actions.stating import (
    record_for_request,
    record_statement,
    withdraw_statement,
)

__all__ = [
    "Erased",
    "NoSuchChildError",
    "all_over",
    "ask_erasure",
    "ask_package",
    "ask_to_destroy",
    "close",
    "close_erased",
    "deciders",
    "erase_child",
    "erasure_content",
    "extend",
    "find_due",
    "finish",
    "give_package",
    "keep",
    "last_term",
    "note_late",
    "pack",
    "record_for_request",
    "record_statement",
    "refuse_closed",
    "refuse_erasure",
    "refuse_not_allowed",
    "refuse_package",
    "register",
    "replay",
    "withdraw_statement",
]
