"""What can be asked about the care of a child."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from caseapp.domain.care_codes import CareKind, EndReason, ProviderAnswer


class AtMove(StrEnum):
    """How care ended that ended close to a move: the paperwork of a break is no end (product.md 2)."""

    FINISHED = "finished"
    BROKEN_OFF = "broken_off"


@dataclass(frozen=True, slots=True)
class CareEnd:
    """When care ended and why; `at_move` answers the question that is asked close to a move."""

    ended_on: date
    end_reason: EndReason
    at_move: AtMove | None = None


@dataclass(frozen=True, slots=True)
class CareDetails:
    """Everything that a person can say of a line of care.

    Without `place_bound` the kind decides. `end` stays None while the care goes on.
    """

    kind: CareKind
    referred_on: date
    place_bound: bool | None = None
    provider: str | None = None
    continues_id: UUID | None = None
    intake_on: date | None = None
    started_on: date | None = None
    next_contact_on: date | None = None
    medication_until: date | None = None
    waiting_kept_on: date | None = None
    end: CareEnd | None = None
    needs_asked: bool = False
    """Whether `needs` was asked: who may not read them leaves them as they are."""
    needs: str | None = None


@dataclass(frozen=True, slots=True)
class SeenByProvider:
    """The provider saw the child, and perhaps made the next appointment."""

    on: date
    next_contact_on: date | None = None


@dataclass(frozen=True, slots=True)
class FollowOn:
    """A referral to another provider that goes on from a line: the waiting keeps its first day."""

    referred_on: date
    provider: str
    next_contact_on: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerDetails:
    """What a provider said: on which day, who there said it, and the day that it gave."""

    on: date
    answer: ProviderAnswer
    expected_on: date | None = None
    said_by: str | None = None
    note: str | None = None
