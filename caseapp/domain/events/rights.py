"""What can happen to what takes two people, to leave, and to looks in an emergency."""

from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.events.base import Action, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OfARight(Event):
    """What happens to rights for a while; who is concerned is told."""

    told: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherAsked(OfARight):
    """Somebody asked for what takes two people."""

    action = Action.CREATE
    object = "two_people"


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherDecided(OfARight):
    """The second person agreed, or did not."""

    action = Action.UPDATE
    object = "two_people"


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherUsed(OfARight):
    """What two people agreed to is being done."""

    action = Action.EXECUTE
    object = "two_people"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveArranged(OfARight):
    """Somebody is going to do the work of a colleague."""

    action = Action.CREATE
    object = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveEnded(OfARight):
    """Doing the work of a colleague ended before its day."""

    action = Action.UPDATE
    object = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyStarted(OfARight):
    """Somebody looks into a file beside the own scope (DCM 110127)."""

    action = Action.EXECUTE
    object = "emergency"

    severity: str = "critical"
    """For who is mailed of it: at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyStopped(Event):
    """A look in an emergency ended: by hand, or because its time was over (`fields`)."""

    action = Action.EXECUTE
    object = "emergency"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyReviewed(OfARight):
    """Somebody judged a look in an emergency."""

    action = Action.UPDATE
    object = "emergency"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyUnreviewed(OfARight):
    """A look in an emergency was not judged in time."""

    action = Action.EXECUTE
    object = "emergency"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyOften(OfARight):
    """One person looked in emergencies more often in a week than is usual."""

    action = Action.EXECUTE
    object = "account"

    spell: int = 1
    """How often, so that each time more is told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSlowed(OfARight):
    """One person opened so many files in a short time that it was slowed."""

    action = Action.EXECUTE
    object = "account"

    severity: str = "critical"
    spell: int = 1
    """The hour since 1970 in which it was, so that it is told once an hour."""
