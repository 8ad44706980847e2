"""Alerts: raised and closed by facts; taken, assigned and put off by people."""

from caseapp.continuity.actions.assessing import (
    mark,
    on_change,
    on_family_change,
    on_owner_gone,
    reassess,
)
from caseapp.continuity.actions.climbing import climb
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

__all__ = [
    "FARTHEST",
    "MOST_TIMES",
    "AlertClosedError",
    "NotAChoiceError",
    "NotTheOwnerError",
    "PutOffTooFarError",
    "PutOffTooOftenError",
    "assign",
    "candidates",
    "climb",
    "mark",
    "may_put_off",
    "on_change",
    "on_family_change",
    "on_owner_gone",
    "put_off",
    "reassess",
    "take",
]
