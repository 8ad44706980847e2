"""Questions about observations and contacts."""

from caseapp.observations.forms.contacting import (
    BY_ROLE,
    ContactCorrectionForm,
    ContactForm,
    FindForm,
)
from caseapp.observations.forms.marks import FULL_NAMES, MARKS, mark_fields
from caseapp.observations.forms.meeting import (
    MeetingCorrectionForm,
    MeetingForm,
    meeting_values,
)
from caseapp.observations.forms.observing import (
    NOT_ASKED,
    AgreeForm,
    CorrectionForm,
    DoneForm,
    FinishForm,
    ObservationForm,
    ObservationQuestions,
    owners,
    values_of,
)

__all__ = [
    "BY_ROLE",
    "FULL_NAMES",
    "MARKS",
    "NOT_ASKED",
    "AgreeForm",
    "ContactCorrectionForm",
    "ContactForm",
    "CorrectionForm",
    "DoneForm",
    "FindForm",
    "FinishForm",
    "MeetingCorrectionForm",
    "MeetingForm",
    "ObservationForm",
    "ObservationQuestions",
    "mark_fields",
    "meeting_values",
    "owners",
    "values_of",
]
