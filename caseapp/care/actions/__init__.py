"""Changing the lines of care of a child."""

from caseapp.care.actions.contacts import take_back
from caseapp.care.actions.documents import take_in
from caseapp.care.actions.lines import book, correct, end, keep_waiting, record, saw
from caseapp.care.actions.listed import follow_list
from caseapp.care.actions.refusals import (
    AlreadySeenError,
    ContradictionError,
    DayOrderError,
    FollowedEarlierError,
    LineEndedError,
    MeaningError,
    MoveQuestionError,
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
    "NotEarlierError",
    "NotSeenError",
    "book",
    "correct",
    "end",
    "follow_list",
    "keep_waiting",
    "record",
    "saw",
    "take_back",
    "take_in",
]
