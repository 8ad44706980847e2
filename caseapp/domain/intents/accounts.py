"""What can be asked about accounts and rights."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp.domain.policy import Role, ScopeKind


@dataclass(frozen=True, slots=True)
class AccountDetails:
    """Who somebody is, how to reach them, and what they are here to do."""

    name: str
    email: str
    role: Role
    organisation: str | None = None
    """A code of domain.codes.Organisation."""
    phone: str | None = None
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class GrantWish:
    """A right for an account: where it holds, and from which day up to and including which day."""

    account_id: UUID
    scope: ScopeKind
    place: str | None = None
    """The key of a location, or a region; nothing for the other scopes."""
    from_on: date | None = None
    """Nothing: at once."""
    until_on: date | None = None
    """Nothing: without an end."""
    reason: str | None = None
    origin: str = "employment"
