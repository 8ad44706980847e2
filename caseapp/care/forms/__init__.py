"""Questions about the care of a child, and about waiting for it."""

from caseapp.care.forms.lines import (
    AppointmentForm,
    CareCorrectionForm,
    CareForm,
    CareQuestions,
    EndForm,
    KeepWaitingForm,
    SeenForm,
    TakeBackForm,
    values_of,
)
from caseapp.care.forms.waiting import (
    AnswerCorrectionForm,
    AnswerForm,
    AnswerQuestions,
    FollowOnForm,
    answer_values,
)

__all__ = [
    "AnswerCorrectionForm",
    "AnswerForm",
    "AnswerQuestions",
    "AppointmentForm",
    "CareCorrectionForm",
    "CareForm",
    "CareQuestions",
    "EndForm",
    "FollowOnForm",
    "KeepWaitingForm",
    "SeenForm",
    "TakeBackForm",
    "answer_values",
    "values_of",
]
