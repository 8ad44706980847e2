"""What can be asked about a move, its handover and who is responsible."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from caseapp.domain.codes import MoveReason, Outcome, Topic, TransferStatus
from caseapp.domain.promises import Changes


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


@dataclass(frozen=True, slots=True)
class Settlement:
    """What becomes of a promise: its day, person or reason belongs to the outcome."""

    outcome: Outcome
    outcome_on: date | None = None
    outcome_to: str | None = None
    outcome_reason: str | None = None


@dataclass(frozen=True, slots=True)
class BestDecisionDetails:
    """What was weighed for the child before a move (domain.md 9.1), and why on a school day.

    `done` false: a draft. `prevails_because` None: the interest of the child comes first.
    """

    done: bool
    child_view: str | None = None
    not_asked_because: str | None = None
    development: str | None = None
    other_interests: str | None = None
    weighing: str | None = None
    prevails_because: str | None = None
    explained_on: date | None = None
    explained_by: str | None = None
    term_time_reason: str | None = None


@dataclass(frozen=True, slots=True)
class ListedMove:
    """A move as a list tells it, whatever its state is already; every place is a location of ours.

    `arrived_on` is the day of arrival of one that arrived; `turns_over` when the child lives there since.
    """

    child_id: UUID
    from_location_id: UUID | None
    to_location_id: UUID
    planned_on: date
    announced_on: date
    announced_known: bool
    status: TransferStatus
    arrived_on: date | None = None
    turns_over: bool = False
    reason: MoveReason | None = None
    reason_text: str | None = None


@dataclass(frozen=True, slots=True)
class ListedStep:
    """What a list tells anew of a move that we know; what is None stays as it is.

    `on` is the day on which a child left or arrived.
    """

    on: date
    status: TransferStatus | None = None
    turns_over: bool = False
    from_location_id: UUID | None = None
    announced_on: date | None = None
    reason: MoveReason | None = None
    reason_text: str | None = None


@dataclass(frozen=True, slots=True)
class Following:
    """What has to be done so that the handover of a move says what the record says.

    `opened` false: there is no handover yet.
    """

    child_id: UUID
    transfer_id: UUID
    opened: bool
    changes: Changes


@dataclass(frozen=True, slots=True)
class ListWish:
    """Children to put on a list: all to the same place, on the same day, for the same reason."""

    child_ids: tuple[UUID, ...]
    to_location_id: UUID
    planned_on: date
    announced_on: date
    reason: MoveReason | None = None
    term_time_reason: str | None = None
    closes_id: UUID | None = None
    """The location that closes, when that is why they move."""


class ListStep(StrEnum):
    """What is done with the move of a child on a list."""

    PLAN = "plan"
    CONFIRM = "confirm"
    DEPART = "depart"


@dataclass(frozen=True, slots=True)
class ListDecision:
    """What is decided for one row of a list; `version` of the move that was seen, 0 without one."""

    row_id: UUID
    step: ListStep
    version: int
