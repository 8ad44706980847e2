"""Questions about a move, its handover and who is responsible."""

from caseapp.moves.forms.deciding import BestDecisionForm
from caseapp.moves.forms.handing import (
    AcceptForm,
    MessageForm,
    PromiseForm,
    RefuseForm,
    SendForm,
    TakeOverForm,
)
from caseapp.moves.forms.holding import AnswerForm, EndHoldForm, HoldForm, ObjectForm
from caseapp.moves.forms.refusals import REFUSALS
from caseapp.moves.forms.settling import OutcomeSheet
from caseapp.moves.forms.steps import CancelForm, DayForm, PlanForm, UnannouncedForm, VersionForm

__all__ = [
    "REFUSALS",
    "AcceptForm",
    "AnswerForm",
    "BestDecisionForm",
    "CancelForm",
    "DayForm",
    "EndHoldForm",
    "HoldForm",
    "MessageForm",
    "ObjectForm",
    "OutcomeSheet",
    "PlanForm",
    "PromiseForm",
    "RefuseForm",
    "SendForm",
    "TakeOverForm",
    "UnannouncedForm",
    "VersionForm",
]
