"""What can happen at the privacy desk: requests, statements beside the record, and what is due to go."""

from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.events.base import Action, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OfARequest(Event):
    """What happens to a request of a child or parent."""

    object = "privacy_request"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRegistered(OfARequest):
    """A child, or somebody for it, used a right over what is kept; its month began."""

    action = Action.CREATE


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestExtended(OfARequest):
    """The answer comes up to two months later, and who asks was told why."""

    action = Action.UPDATE


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestClosed(OfARequest):
    """A request was answered, refused or taken back."""

    action = Action.UPDATE


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOverdue(OfARequest):
    """The day for an answer went by; the privacy officers, who see no child, are told of the request."""

    action = Action.UPDATE

    told: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageGiven(OfARequest):
    """All that is kept of a child left the house as one package, once, on the word of two people."""

    action = Action.EXECUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecorded(Event):
    """A child, or somebody for it, said something beside a chapter of the file."""

    action = Action.CREATE
    object = "statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementWithdrawn(Event):
    """Who said it took a statement back; it stays in the history."""

    action = Action.UPDATE
    object = "statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionDue(Event):
    """The term of a file is over in a zone; the privacy officers are told, and nothing is destroyed."""

    action = Action.CREATE
    object = "retention_item"

    told: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionDecided(Event):
    """Somebody decided to keep a file longer, or asked to destroy it."""

    action = Action.UPDATE
    object = "retention_item"
