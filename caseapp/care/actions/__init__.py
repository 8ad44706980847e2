"""Changing the lines of care of a child."""

from caseapp.care.actions.answers import correct_answer, record_answer
from caseapp.care.actions.contacts import take_back
from caseapp.care.actions.documents import take_in
from caseapp.care.actions.lines import (
    book,
    correct,
    end,
    keep_waiting,
    record,
    refer_on,
    saw,
)
from caseapp.care.actions.listed import follow_list
from caseapp.care.actions.refusals import (
    AlreadySeenError,
    ContradictionError,
    DayOrderError,
    FollowedEarlierError,
    LineEndedError,
    MeaningError,
    MoveQuestionError,
    NoDateError,
    NotEarlierError,
    NotSeenError,
)

__all__ = [
    "AlreadySeenError",
    "ContradictionError",
    "DayOrderError",
    "FollowedEarlierError",
    "LineEndedError",
    "MeaningError",
    "MoveQuestionError",
    "NoDateError",
    "NotEarlierError",
    "NotSeenError",
    "book",
    "correct",
    "correct_answer",
    "end",
    "follow_list",
    "keep_waiting",
    "record",
    "record_answer",
    "refer_on",
    "saw",
    "take_back",
    "take_in",
]
