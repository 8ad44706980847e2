"""Registering and correcting children, and moving the reach that says who may see whom."""

from caseapp.people.actions.children import (
    KnownVNumberError,
    NoSuchRelativeError,
    card_of,
    close,
    correct,
    correct_relative,
    facts_of,
    go_on_from,
    indexes_of,
    next_numbers,
    record_relative,
    register,
    reopen,
    v_number_index,
)
from caseapp.people.actions.consents import (
    NotYetError,
    assess_needs,
    correct_consent,
    record_consent,
)
from caseapp.people.actions.documents import (
    details_of,
    take_in,
)
from caseapp.people.actions.erasing import forget_as_relative
from caseapp.people.actions.reaching import (
    end_reach,
    follow_desk,
    goes_on,
    keep_reach,
    open_reach,
    set_reach,
    take_in_reach,
)

__all__ = [
    "KnownVNumberError",
    "NoSuchRelativeError",
    "NotYetError",
    "assess_needs",
    "card_of",
    "close",
    "correct",
    "correct_consent",
    "correct_relative",
    "details_of",
    "end_reach",
    "facts_of",
    "follow_desk",
    "forget_as_relative",
    "go_on_from",
    "goes_on",
    "indexes_of",
    "keep_reach",
    "next_numbers",
    "open_reach",
    "record_consent",
    "record_relative",
    "register",
    "reopen",
    "set_reach",
    "take_in",
    "take_in_reach",
    "v_number_index",
]
