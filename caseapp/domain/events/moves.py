"""What can happen to where a child lives, its moves, and who is responsible."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp.domain.events.base import Action, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementRecorded(Event):
    """A stay was written down."""

    action = Action.CREATE
    object = "placement"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementCorrected(Event):
    """A stay was corrected."""

    action = Action.UPDATE
    object = "placement"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementEnded(Event):
    """A stay ended without a next one."""

    action = Action.UPDATE
    object = "placement"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereaboutsRecorded(Event):
    """It was written down that a child is missing or elsewhere."""

    action = Action.CREATE
    object = "whereabouts"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereaboutsCorrected(Event):
    """A record of whereabouts was corrected or ended."""

    action = Action.UPDATE
    object = "whereabouts"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferPlanned(Event):
    """A move was planned."""

    action = Action.CREATE
    object = "transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferChanged(Event):
    """The plan of a move changed, or it was confirmed."""

    action = Action.UPDATE
    object = "transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferDeparted(Event):
    """A child left and is under way."""

    action = Action.UPDATE
    object = "transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferCancelled(Event):
    """A planned move was cancelled."""

    action = Action.UPDATE
    object = "transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferArrived(Event):
    """A child arrived; the stay turns over."""

    action = Action.UPDATE
    object = "transfer"

    on: date
    to_location_id: UUID | None = None
    reason: str | None = None
    turns_over: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverOpened(Event):
    """A handover began by itself, with what the record promises to the child; its id is that of the move."""

    action = Action.CREATE
    object = "handover"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverFollowed(Event):
    """Promises of a handover changed because the record says something else; its id is that of the move."""

    action = Action.UPDATE
    object = "handover"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverSent(Event):
    """A handover was sent to the receiver, who is told; its id is that of the move."""

    action = Action.UPDATE
    object = "handover"

    told: tuple[UUID, ...] = ()
    spell: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverAccepted(Event):
    """The receiver accepted a handover, the sender is told; its id is that of the move."""

    action = Action.UPDATE
    object = "handover"

    told: tuple[UUID, ...] = ()
    spell: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverRefused(Event):
    """The receiver could not accept a handover, both desks are told; its id is that of the move."""

    action = Action.UPDATE
    object = "handover"

    told: tuple[UUID, ...] = ()
    spell: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverDeadlineMissed(Event):
    """Nobody answered a handover in time, the receiving desk is told; its id is that of the move."""

    action = Action.UPDATE
    object = "handover"

    told: tuple[UUID, ...] = ()
    spell: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRecorded(Event):
    """Something promised to the child was put on the handover."""

    action = Action.CREATE
    object = "promise"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseCorrected(Event):
    """A promise got its outcome."""

    action = Action.UPDATE
    object = "promise"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseAsked(Event):
    """One side of a handover asked or answered, the other is told; its id is that of the move."""

    action = Action.UPDATE
    object = "handover"

    told: tuple[UUID, ...] = ()
    spell: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BestDecisionWritten(Event):
    """The best decision for the child about a move was written, or changed."""

    action = Action.UPDATE
    object = "best_decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityTaken(Event):
    """Somebody became responsible for a child."""

    action = Action.CREATE
    object = "responsible"

    account_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityEnded(Event):
    """Somebody is no longer responsible for a child."""

    action = Action.UPDATE
    object = "responsible"
