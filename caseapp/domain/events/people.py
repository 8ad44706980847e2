"""What can happen to children and their families."""

from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.events.base import Action, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildRegistered(Event):
    """A child was registered."""

    action = Action.CREATE
    object = "child"

    unaccompanied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildCorrected(Event):
    """Facts of a child were corrected."""

    action = Action.UPDATE
    object = "child"

    unaccompanied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildClosed(Event):
    """A file was closed: nobody follows this child any more."""

    action = Action.UPDATE
    object = "child"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildReopened(Event):
    """A closed file was opened again."""

    action = Action.UPDATE
    object = "child"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeRecorded(Event):
    """A family member was written down."""

    action = Action.CREATE
    object = "relative"

    relative_child_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeCorrected(Event):
    """What is known of a family member changed."""

    action = Action.UPDATE
    object = "relative"

    relative_child_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRecorded(Event):
    """A consent was written down."""

    action = Action.CREATE
    object = "consent"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentCorrected(Event):
    """A consent was corrected or taken back."""

    action = Action.UPDATE
    object = "consent"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierImported(Event):
    """A whole dossier document came in."""

    action = Action.CREATE
    object = "child"
