"""What can be asked about a move, its handover and who is responsible."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp.domain.codes import MoveReason, Outcome, Topic


@dataclass(frozen=True, slots=True)
class Plan:
    """A move: to where, when, why. A place that is no location of ours is kept by its name.

    Without `from_location_id` and `from_name` the move begins where the child lives now.
    """

    planned_on: date
    announced_on: date
    to_location_id: UUID | None = None
    to_name: str | None = None
    from_location_id: UUID | None = None
    from_name: str | None = None
    announced_known: bool = True
    reason: MoveReason | None = None
    reason_text: str | None = None
    term_time_reason: str | None = None


@dataclass(frozen=True, slots=True)
class PromiseDetails:
    """One thing promised to the child, and what becomes of it."""

    topic: Topic
    text: str
    outcome: Outcome | None = None
    outcome_on: date | None = None
    outcome_to: str | None = None
    outcome_reason: str | None = None
