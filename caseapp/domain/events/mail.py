"""What can happen to messages on their way to somebody: the mail about them, and who hears when it fails."""

from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.events.base import Action, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeHandedUp(Event):
    """A message became the coordinator's: nobody read it in time, or it could not be mailed."""

    action = Action.UPDATE
    object = "notice"

    reason: str
    """The code under which the coordinators are told."""
    told: tuple[UUID, ...] = ()
    alert_id: UUID | None = None
    about_id: UUID | None = None
    """What the message is about when that is no alert."""
    rule: str | None = None
    severity: str | None = None
    spell: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MailChosen(Event):
    """Somebody chose how to be mailed."""

    action = Action.UPDATE
    object = "mailbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSent(Event):
    """A mail was taken by the mail server."""

    action = Action.EXECUTE
    object = "letter"

    account_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterGivenUp(Event):
    """A mail could not be delivered: somebody has to look at it."""

    action = Action.UPDATE
    object = "letter"

    account_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterResent(Event):
    """Somebody had a mail that failed sent again."""

    action = Action.UPDATE
    object = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDropped(Event):
    """A mail that failed needs not be sent any more."""

    action = Action.UPDATE
    object = "letter"
