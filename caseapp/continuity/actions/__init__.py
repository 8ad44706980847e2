"""Alerts: raised and closed by facts; taken, assigned and put off by people."""

from caseapp.continuity.actions.assessing import (
    look_at_lacking,
    on_change,
    on_family_change,
    on_owner_gone,
    reassess,
)
from caseapp.continuity.actions.climbing import climb
from caseapp.continuity.actions.following import follow
from caseapp.continuity.actions.judging import NotMistakenError, call_mistaken, call_right
from caseapp.continuity.actions.loads import follow_loads, on_load_change, take_load
from caseapp.continuity.actions.marking import begin, mark
from caseapp.continuity.actions.owning import (
    FARTHEST,
    MOST_TIMES,
    AlertClosedError,
    NotAChoiceError,
    NotTheOwnerError,
    PutOffTooFarError,
    PutOffTooOftenError,
    assign,
    candidates,
    may_put_off,
    put_off,
    take,
)
from caseapp.continuity.actions.promising import hasten, on_arrival
from caseapp.continuity.actions.turns import hold
from caseapp.continuity.actions.undoing import settle_back, take_back

__all__ = [
    "FARTHEST",
    "MOST_TIMES",
    "AlertClosedError",
    "NotAChoiceError",
    "NotMistakenError",
    "NotTheOwnerError",
    "PutOffTooFarError",
    "PutOffTooOftenError",
    "assign",
    "begin",
    "call_mistaken",
    "call_right",
    "candidates",
    "climb",
    "follow",
    "follow_loads",
    "hasten",
    "hold",
    "look_at_lacking",
    "mark",
    "may_put_off",
    "on_arrival",
    "on_change",
    "on_family_change",
    "on_load_change",
    "on_owner_gone",
    "put_off",
    "reassess",
    "settle_back",
    "take",
    "take_back",
    "take_load",
]
