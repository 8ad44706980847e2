"""What is done to the keys themselves: which act, on which key; never a byte of one."""

from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.events.base import Action, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyActBegun(Event):
    """Somebody at the command line began to do something to a key."""

    action = Action.EXECUTE
    object = "kek"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyActEnded(Event):
    """What was begun with a key ended, or failed."""

    action = Action.EXECUTE
    object = "kek"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealsBroken(Event):
    """Something in a file could not be read: administrators are told, once a day at most."""

    action = Action.READ
    object = "audit_event"

    told: tuple[UUID, ...]
    severity: str = "critical"
