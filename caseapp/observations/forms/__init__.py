"""Questions about observations and contacts."""

from caseapp.observations.forms.contacting import (
    BY_ROLE,
    ContactCorrectionForm,
    ContactForm,
    FindForm,
)
from caseapp.observations.forms.marks import FULL_NAMES, MARKS, mark_fields
from caseapp.observations.forms.observing import (
    NOT_ASKED,
    CorrectionForm,
    DoneForm,
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
    "ContactCorrectionForm",
    "ContactForm",
    "CorrectionForm",
    "DoneForm",
    "FindForm",
    "ObservationForm",
    "ObservationQuestions",
    "mark_fields",
    "owners",
    "values_of",
]
