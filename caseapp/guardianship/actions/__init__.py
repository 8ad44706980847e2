"""What can be done to guardianships, support after 18 and the road to it."""

from caseapp.guardianship.actions.coming import take_in
from caseapp.guardianship.actions.following import (
    follow_guardian,
    follow_support,
    guardian_reach,
    support_reach,
)
from caseapp.guardianship.actions.guardians import assign, correct
from caseapp.guardianship.actions.passing import pass_on
from caseapp.guardianship.actions.plans import correct_plan, record_plan
from caseapp.guardianship.actions.refusing import (
    NobodyNamedError,
    NoGuardianError,
    NotTheirsError,
    NotYetError,
    NotYoursError,
)
from caseapp.guardianship.actions.support import correct_support, decide_runway, decide_support

__all__ = [
    "NoGuardianError",
    "NobodyNamedError",
    "NotTheirsError",
    "NotYetError",
    "NotYoursError",
    "assign",
    "correct",
    "correct_plan",
    "correct_support",
    "decide_runway",
    "decide_support",
    "follow_guardian",
    "follow_support",
    "guardian_reach",
    "pass_on",
    "record_plan",
    "support_reach",
    "take_in",
]
