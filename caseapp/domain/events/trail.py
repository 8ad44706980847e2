"""What can happen to the trail itself, and to the weekly look at it."""

from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.events.base import Action, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailVerified(Event):
    """The trail was looked at, and was whole or not (`fields`)."""

    action = Action.EXECUTE
    object = "audit_check"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailBroken(Event):
    """The trail was found broken: privacy officers and administrators are told at once."""

    action = Action.CREATE
    object = "audit_break"

    told: tuple[UUID, ...]
    severity: str = "critical"


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakAcknowledged(Event):
    """Two people looked at a break of the trail and let the house go on."""

    action = Action.UPDATE
    object = "audit_break"

    told: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMade(Event):
    """The records of a week that a person looks at were drawn."""

    action = Action.CREATE
    object = "log_review"

    told: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewJudged(Event):
    """The privacy officer said something of a record."""

    action = Action.UPDATE
    object = "log_review_item"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewClosed(Event):
    """Something was said of each record of a week."""

    action = Action.UPDATE
    object = "log_review"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOverdue(Event):
    """The records of a week were not looked at in time."""

    action = Action.UPDATE
    object = "log_review"

    told: tuple[UUID, ...]
    severity: str = "warning"
