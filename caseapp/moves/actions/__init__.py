"""What can be done to moves, handovers and responsibility."""

from caseapp.moves.actions.baton import give, may_hold, pass_baton, receiver_of, stand_in, take_over
from caseapp.moves.actions.documents import take_in
from caseapp.moves.actions.handing import accept, add_promise, send, settle_promise
from caseapp.moves.actions.leaving import end_with_account, lay_down
from caseapp.moves.actions.listed import follow_list, take_listed
from caseapp.moves.actions.steps import (
    arrive,
    cancel,
    change,
    confirm,
    depart,
    plan,
    record_unannounced,
)

__all__ = [
    "accept",
    "add_promise",
    "arrive",
    "cancel",
    "change",
    "confirm",
    "depart",
    "end_with_account",
    "follow_list",
    "give",
    "lay_down",
    "may_hold",
    "pass_baton",
    "plan",
    "receiver_of",
    "record_unannounced",
    "send",
    "settle_promise",
    "stand_in",
    "take_in",
    "take_listed",
    "take_over",
]
