"""What happens to a list before and after it is applied: codes and counts only."""

from dataclasses import dataclass

from caseapp.domain.events.base import Action, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSubmitted(Event):
    """A list was uploaded; it waits to be looked at."""

    action = Action.CREATE
    object = "list_run"

    list_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDecided(Event):
    """Somebody decided about doubtful rows of a list; the fields tell what, and of how many."""

    action = Action.UPDATE
    object = "list_run"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReleased(Event):
    """Somebody said that a list may be applied, with the decisions as they are."""

    action = Action.UPDATE
    object = "list_run"

    list_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWithdrawn(Event):
    """A list was withdrawn before it was applied; its table and rows are gone."""

    action = Action.DELETE
    object = "list_run"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFailed(Event):
    """A list could not be looked at or applied; the fields tell the code of why."""

    action = Action.UPDATE
    object = "list_run"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListKeyDestroyed(Event):
    """The key of an old list was destroyed: what was sealed under it opens for nobody any more."""

    action = Action.DELETE
    object = "list_run"
