"""The second factor and the session it opens: levels, lifetimes by role, and how often one may try.

The numbers stand in docs/signing-in.md too; a test compares them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from caseapp.domain.policy import Role


class Level(StrEnum):
    """How far somebody has come in this session."""

    PASSWORD = "password"  # noqa: S105 (a code, not a secret)
    """The password was right: that opens the second step and nothing else."""
    FULL = "full"


class FactorKind(StrEnum):
    """What somebody can have as second factor."""

    APP = "app"
    """An app on a phone that shows a code of six digits every thirty seconds."""
    PASSKEY = "passkey"


class Wrong(StrEnum):
    """Why a proof was refused: each has a sentence that says what to do."""

    NOT_RIGHT = "not_right"
    CLOCK = "clock"
    """The code of the half minute before or after: typed too late, or the clock of the phone is off."""
    USED = "used"
    SPENT = "spent"
    """The tries of this session are used up."""
    PASSKEY = "passkey"


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long a session of a role lasts: without a sign of life, and at most."""

    idle: timedelta
    whole: timedelta


LASTING: Final[Mapping[Role, Lasting]] = {
    Role.CPK: Lasting(timedelta(minutes=30), timedelta(hours=12)),
    Role.GUARDIAN: Lasting(timedelta(minutes=30), timedelta(hours=12)),
    Role.COORDINATOR: Lasting(timedelta(minutes=30), timedelta(hours=12)),
    Role.MONITOR: Lasting(timedelta(minutes=30), timedelta(hours=12)),
    Role.PROTECTION_LEAD: Lasting(timedelta(minutes=15), timedelta(hours=8)),
    Role.PRIVACY_OFFICER: Lasting(timedelta(minutes=15), timedelta(hours=8)),
    Role.ADMINISTRATOR: Lasting(timedelta(minutes=15), timedelta(hours=4)),
}
"""Shorter where one account reaches more: who sees every log, every serious worry, or makes accounts."""

HALF_WAY_LASTS: Final = timedelta(minutes=30)
"""How long a session may stay at the password: time to choose a password and set up a factor."""
FRESH_FOR: Final = timedelta(minutes=10)
"""How long a proof of the second factor is good for dangerous acts."""
CHALLENGE_LASTS: Final = timedelta(minutes=5)
"""How long a passkey may take to answer."""
TRIES: Final = 5
"""How many wrong proofs a session may give; after that one has to sign in anew."""
MOST_SESSIONS: Final = 10
"""How many sessions an account may have at once; the one that was seen longest ago makes room."""
FORGET_ENDED_AFTER: Final = timedelta(days=30)
"""How long a session that ended stays in the database, for who looks into a theft."""

STEP: Final = timedelta(seconds=30)
DIGITS: Final = 6
SEED_BYTES: Final = 20
NEIGHBOURS: Final = (-2, -1, 1, 2)
"""Half minutes beside the present one, looked at only to say that the clock is off: they open nothing."""

RECOVERY_CODES: Final = 10
RECOVERY_GROUPS: Final = 6
RECOVERY_GROUP: Final = 4
RECOVERY_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Thirty-one letters and digits that nobody confuses: twenty-four of them are 118 bits."""


def step_of(now: datetime) -> int:
    """Return the number of the half minute that a moment lies in."""
    return int(now.timestamp()) // int(STEP.total_seconds())


def is_fresh(proved_at: datetime | None, now: datetime) -> bool:
    """Say whether a proof is recent; one from the future, after a clock was set back, is not."""
    return proved_at is not None and timedelta(0) <= now - proved_at < FRESH_FOR


def plain_code(typed: str) -> str:
    """Return a code as it was made: without the spaces, hyphens and capitals that people add."""
    return "".join(typed.split()).replace("-", "").lower()
