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
from caseapp.moves.forms.lists import (
    MOST,
    STEPS,
    WAIT,
    DecisionForm,
    FamilyForm,
    ListForm,
    RowForm,
    TogetherForm,
)
from caseapp.moves.forms.refusals import REFUSALS
from caseapp.moves.forms.settling import OutcomeSheet
from caseapp.moves.forms.steps import CancelForm, DayForm, PlanForm, UnannouncedForm, VersionForm

__all__ = [
    "MOST",
    "REFUSALS",
    "STEPS",
    "WAIT",
    "AcceptForm",
    "AnswerForm",
    "BestDecisionForm",
    "CancelForm",
    "DayForm",
    "DecisionForm",
    "EndHoldForm",
    "FamilyForm",
    "HoldForm",
    "ListForm",
    "MessageForm",
    "ObjectForm",
    "OutcomeSheet",
    "PlanForm",
    "PromiseForm",
    "RefuseForm",
    "RowForm",
    "SendForm",
    "TakeOverForm",
    "TogetherForm",
    "UnannouncedForm",
    "VersionForm",
]
