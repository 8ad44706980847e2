"""Pages of signing in, the own account, and the administration of accounts and rights."""

from caseapp.accounts.views import (
    door,
    factors,
    first,
    leave,
    own,
    resetting,
    rights,
    second_step,
    staff,
)
from caseapp.accounts.views.blueprint import bp

__all__ = [
    "bp",
    "door",
    "factors",
    "first",
    "leave",
    "own",
    "resetting",
    "rights",
    "second_step",
    "staff",
]
