"""What can happen to a file for good."""

from dataclasses import dataclass

from caseapp.domain.events.base import Action, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildErased(Event):
    """A child was erased: its rows are gone, its keys go next, and nobody can read it any more.

    `object_id` is the tombstone; `fields` says "replayed" when a restored copy was told of it.
    """

    action = Action.DELETE
    object = "child"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeErased(Event):
    """A family member on the file of another child was erased: who it was is not said there any more."""

    action = Action.UPDATE
    object = "relative"
