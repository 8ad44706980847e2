"""What can be done to moves, handovers and responsibility."""

from caseapp.moves.actions.answering import note_missed
from caseapp.moves.actions.baton import give, may_hold, pass_baton, receiver_of, stand_in, take_over
from caseapp.moves.actions.deciding import decide
from caseapp.moves.actions.documents import take_in
from caseapp.moves.actions.following import follow_record
from caseapp.moves.actions.handing import (
    accept,
    add_promise,
    hasten,
    refuse,
    send,
    settle,
    settle_promise,
)
from caseapp.moves.actions.holding import lift, object_to, override, put_on_hold
from caseapp.moves.actions.leaving import end_with_account, lay_down
from caseapp.moves.actions.listed import correct_arrival, follow_list, take_listed
from caseapp.moves.actions.lists import NotAllError, change_row, make_list, take_steps
from caseapp.moves.actions.many import Taken, accept_all, arrive_all, depart_all
from caseapp.moves.actions.passing import hand_over, may_receive
from caseapp.moves.actions.steps import (
    arrive,
    cancel,
    change,
    confirm,
    depart,
    plan,
    record_unannounced,
)
from caseapp.moves.actions.talking import ask

__all__ = [
    "NotAllError",
    "Taken",
    "accept",
    "accept_all",
    "add_promise",
    "arrive",
    "arrive_all",
    "ask",
    "cancel",
    "change",
    "change_row",
    "confirm",
    "correct_arrival",
    "decide",
    "depart",
    "depart_all",
    "end_with_account",
    "follow_list",
    "follow_record",
    "give",
    "hand_over",
    "hasten",
    "lay_down",
    "lift",
    "make_list",
    "may_hold",
    "may_receive",
    "note_missed",
    "object_to",
    "override",
    "pass_baton",
    "plan",
    "put_on_hold",
    "receiver_of",
    "record_unannounced",
    "refuse",
    "send",
    "settle",
    "settle_promise",
    "stand_in",
    "take_in",
    "take_listed",
    "take_over",
    "take_steps",
]
