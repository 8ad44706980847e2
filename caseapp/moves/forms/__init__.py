"""Questions about a move, its handover and who is responsible."""

from caseapp.moves.forms.handing import AcceptForm, PromiseForm, SendForm, TakeOverForm
from caseapp.moves.forms.holding import AnswerForm, EndHoldForm, HoldForm, ObjectForm
from caseapp.moves.forms.refusals import REFUSALS
from caseapp.moves.forms.steps import CancelForm, DayForm, PlanForm, UnannouncedForm, VersionForm

__all__ = [
    "REFUSALS",
    "AcceptForm",
    "AnswerForm",
    "CancelForm",
    "DayForm",
    "EndHoldForm",
    "HoldForm",
    "ObjectForm",
    "PlanForm",
    "PromiseForm",
    "SendForm",
    "TakeOverForm",
    "UnannouncedForm",
    "VersionForm",
]
