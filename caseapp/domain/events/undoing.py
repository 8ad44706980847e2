"""What can happen when a list is undone: it never came in, and all is as it was before."""

from dataclasses import dataclass

from caseapp.domain.events.base import Action, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ListUndoAsked(Event):
    """Somebody said that an applied list is to be undone; a worker does it."""

    action = Action.UPDATE
    object = "list_run"

    list_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListUndone(Event):
    """A list that was applied was undone as a whole."""

    action = Action.EXECUTE
    object = "list_run"

    list_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildRemoved(Event):
    """A child that a list had added was removed when the list was undone."""

    action = Action.DELETE
    object = "child"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildRestored(Event):
    """The file of a child is as it was before a list that was undone."""

    action = Action.UPDATE
    object = "child"

    unaccompanied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationRemoved(Event):
    """A location that a list had added was removed when the list was undone."""

    action = Action.DELETE
    object = "location"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationRestored(Event):
    """A location is as it was before a list that was undone."""

    action = Action.UPDATE
    object = "location"
