"""What can happen to holds on moves, and to lists of moves."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp.domain.events.base import Action, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OfAHold(Event):
    """What happens to a hold; who is concerned is told."""

    object = "hold"

    told: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSet(OfAHold):
    """A move was put on hold until a day."""

    action = Action.CREATE

    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLifted(OfAHold):
    """A hold was lifted before its day, or an objection was answered."""

    action = Action.UPDATE


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldOverridden(OfAHold):
    """The national desk ended a hold of another desk."""

    action = Action.UPDATE


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveObjected(OfAHold):
    """Somebody asked the coordinators to look at a move again."""

    action = Action.CREATE


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveListChanged(Event):
    """One child of a list is to go to another place, or on another day, than the others."""

    action = Action.UPDATE
    object = "move_list"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveListMade(Event):
    """Children were put on a list, to decide about their moves together."""

    action = Action.CREATE
    object = "move_list"
