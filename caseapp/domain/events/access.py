"""What can happen to accounts, rights, reference data and lists."""

from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.events.base import Action, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationRecorded(Event):
    """A location was added."""

    action = Action.CREATE
    object = "location"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationCorrected(Event):
    """A location changed."""

    action = Action.UPDATE
    object = "location"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitChanged(Event):
    """A number of a rule was set anew."""

    action = Action.CREATE
    object = "limit"

    rule: str
    limit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolListed(Event):
    """A school was added to the list."""

    action = Action.CREATE
    object = "school"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolListCorrected(Event):
    """A school on the list changed."""

    action = Action.UPDATE
    object = "school"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpened(Event):
    """An account was opened."""

    action = Action.CREATE
    object = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCorrected(Event):
    """An account changed."""

    action = Action.UPDATE
    object = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountClosed(Event):
    """An account was closed."""

    action = Action.UPDATE
    object = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordSet(Event):
    """A password was set; its owner is told, whoever did it."""

    action = Action.UPDATE
    object = "account"

    told: tuple[UUID, ...] = ()
    spell: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Event):
    """Somebody signed in."""

    action = Action.EXECUTE
    object = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRefused(Event):
    """A sign-in was refused."""

    action = Action.EXECUTE
    object = "session"

    throttled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut(Event):
    """Somebody signed out."""

    action = Action.EXECUTE
    object = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRevoked(Event):
    """A session was ended from elsewhere."""

    action = Action.UPDATE
    object = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantAsked(Event):
    """A right was asked for somebody."""

    action = Action.CREATE
    object = "grant"

    account_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantApproved(Event):
    """A right was approved by a second person."""

    action = Action.UPDATE
    object = "grant"

    account_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRevoked(Event):
    """A right was taken back."""

    action = Action.UPDATE
    object = "grant"

    account_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTried(Event):
    """A list was tried out: nothing was written."""

    action = Action.EXECUTE
    object = "list_run"

    list_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListApplied(Event):
    """A list was applied."""

    action = Action.EXECUTE
    object = "list_run"

    list_kind: str
