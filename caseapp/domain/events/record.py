"""What can happen to school, care, observations, guardianship and support."""

from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.events.base import Action, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRecorded(Event):
    """A school place, waiting list or exemption was written down."""

    action = Action.CREATE
    object = "school_record"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolCorrected(Event):
    """A school record changed."""

    action = Action.UPDATE
    object = "school_record"


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceRecorded(Event):
    """An absence was written down."""

    action = Action.CREATE
    object = "absence"


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceCorrected(Event):
    """An absence was corrected or taken back."""

    action = Action.UPDATE
    object = "absence"


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceReported(Event):
    """A report of absence by the school was written down."""

    action = Action.CREATE
    object = "absence_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceReportCorrected(Event):
    """A report of absence was corrected or taken back."""

    action = Action.UPDATE
    object = "absence_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class CareRecorded(Event):
    """A line of care was written down."""

    action = Action.CREATE
    object = "care_line"


@dataclass(frozen=True, slots=True, kw_only=True)
class CareCorrected(Event):
    """A line of care changed."""

    action = Action.UPDATE
    object = "care_line"


@dataclass(frozen=True, slots=True, kw_only=True)
class CareSeen(Event):
    """The provider saw the child."""

    action = Action.CREATE
    object = "care_contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAnswered(Event):
    """An answer of a provider was written down."""

    action = Action.CREATE
    object = "provider_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAnswerCorrected(Event):
    """An answer of a provider was corrected or taken back."""

    action = Action.UPDATE
    object = "provider_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationRecorded(Event):
    """An observation was written down."""

    action = Action.CREATE
    object = "observation"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationCorrected(Event):
    """An observation was corrected."""

    action = Action.UPDATE
    object = "observation"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRecorded(Event):
    """A contact with the child was written down."""

    action = Action.CREATE
    object = "contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCorrected(Event):
    """A contact was corrected."""

    action = Action.UPDATE
    object = "contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRecorded(Event):
    """A multidisciplinary meeting was written down."""

    action = Action.CREATE
    object = "meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCorrected(Event):
    """A multidisciplinary meeting was corrected or taken back."""

    action = Action.UPDATE
    object = "meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianAssigned(Event):
    """A guardian was assigned."""

    action = Action.CREATE
    object = "guardianship"

    account_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianshipCorrected(Event):
    """A guardianship changed or ended."""

    action = Action.UPDATE
    object = "guardianship"

    account_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRecorded(Event):
    """A plan or review was written down."""

    action = Action.CREATE
    object = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCorrected(Event):
    """A plan or review was corrected or taken back."""

    action = Action.UPDATE
    object = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportRecorded(Event):
    """Support after 18 was decided."""

    action = Action.CREATE
    object = "support"

    worker_account_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportCorrected(Event):
    """Support after 18 changed or ended."""

    action = Action.UPDATE
    object = "support"

    worker_account_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunwayRecorded(Event):
    """A step on the road to 18, 21 and 23 was written down."""

    action = Action.UPDATE
    object = "runway"
