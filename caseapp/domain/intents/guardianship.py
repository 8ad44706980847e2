"""What can be asked about guardians, support after 18, and the road to it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp.domain.care_codes import GuardianshipKind, PlanKind, Regime
from caseapp.domain.codes import Organisation


@dataclass(frozen=True, slots=True)
class GuardianDetails:
    """Who is the guardian: somebody with an account, or a name; from which day, and until which."""

    from_on: date
    to_on: date | None = None
    account_id: UUID | None = None
    name: str | None = None
    kind: GuardianshipKind | None = None


@dataclass(frozen=True, slots=True)
class SupportDetails:
    """Support after 18; without `to_on` it ends when the rules of its regime say so."""

    regime: Regime
    from_on: date
    to_on: date | None = None
    organisation: Organisation | None = None
    worker_account_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RunwayDetails:
    """What is decided on the road to 18; an empty day means that it is not."""

    transition_plan_on: date | None = None
    support_declined_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlanDetails:
    """A plan of the guardian, or a review of it, and its day."""

    on: date
    kind: PlanKind
