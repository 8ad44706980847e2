"""What can happen to alerts, notices and the nightly look."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp.domain.events.base import Action, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OfAnAlert(Event):
    """What is told of an alert: which rule, how serious, to whom, and which time it came."""

    object = "alert"
    together = "rule"

    rule: str
    severity: str
    told: tuple[UUID, ...] = ()
    spell: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRaised(OfAnAlert):
    """An alert was raised."""

    action = Action.CREATE


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertChanged(OfAnAlert):
    """An alert became more or less serious."""

    action = Action.UPDATE
    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertClosed(Event):
    """The facts mended an alert."""

    action = Action.UPDATE
    object = "alert"
    together = "rule"

    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertCameBack(OfAnAlert):
    """An alert came back."""

    action = Action.UPDATE


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertClimbed(OfAnAlert):
    """A serious alert that nobody took was brought to the national desk."""

    action = Action.UPDATE


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertTaken(Event):
    """Somebody made an alert their own."""

    action = Action.UPDATE
    object = "alert"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertAssigned(Event):
    """An alert was given to somebody."""

    action = Action.UPDATE
    object = "alert"
    together = "rule"

    rule: str = ""
    account_id: UUID | None = None
    """Whose it is now; nobody when it went back to a desk."""
    severity: str | None = None
    spell: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertPutOff(Event):
    """An alert was put off to a day, with a reason."""

    action = Action.UPDATE
    object = "alert"

    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertMistaken(Event):
    """Somebody judged an alert a mistake, with a reason."""

    action = Action.UPDATE
    object = "alert"
    together = "rule"

    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRestored(Event):
    """Somebody saw that an alert was right after all: it is open as it was."""

    action = Action.UPDATE
    object = "alert"
    together = "rule"

    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertWatched(Event):
    """The facts changed that were judged a mistake: from now on the rule speaks again."""

    action = Action.UPDATE
    object = "alert"
    together = "rule"

    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesRead(Event):
    """Somebody read the notices."""

    action = Action.UPDATE
    object = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class NightlyDone(Event):
    """The nightly look was completed for a day."""

    action = Action.EXECUTE
    object = "watermark"

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfALoad(Event):
    """What is told of an alert over many children: about a guardian or a place, never about a child."""

    object = "load_alert"

    rule: str
    severity: str
    told: tuple[UUID, ...] = ()
    spell: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadRaised(OfALoad):
    """A guardian carries too many children, or a place has no contact person."""

    action = Action.CREATE


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadChanged(OfALoad):
    """There are more or fewer children than before."""

    action = Action.UPDATE


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadMended(OfALoad):
    """A guardian has room again, or a place has a contact person."""

    action = Action.UPDATE


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadTaken(Event):
    """Somebody takes up an alert over many children."""

    action = Action.UPDATE
    object = "load_alert"
