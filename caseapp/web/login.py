"""Who is signed in: the object that Flask-Login keeps for a request."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from flask_login import LoginManager, UserMixin

from caseapp.domain.pace import STILL, Pace
from caseapp.domain.policy import Actor
from caseapp.domain.second_factor import Level


@dataclass(frozen=True, slots=True)
class SignedIn(UserMixin):
    """Somebody who is signed in: the opaque token of the browser, and the actor it stands for."""

    token: str
    session_id: UUID
    actor: Actor
    language: str = "nl"
    must_change: bool = False
    """The password is an initial one: nothing else until it is replaced."""
    level: Level = Level.FULL
    """At the level of the password only the second step opens."""
    proved_at: datetime | None = None
    """When the second factor was proved in this session."""
    pace: Pace = STILL
    """How many files this account opened just now."""
    has_factor: bool = True
    """Whether there is a second factor to prove; without one it is set up first."""

    def get_id(self) -> str:
        """Return the opaque token; the database knows only its hash."""
        return self.token


def login_manager() -> LoginManager:
    """Return a manager that never remembers and never guesses."""
    manager: Any = LoginManager()  # type: ignore[no-untyped-call]
    manager.session_protection = None
    return cast("LoginManager", manager)
