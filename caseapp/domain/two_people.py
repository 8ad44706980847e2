"""What one person may not do alone: which roles may say yes to it, and how long that yes is good for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final
from uuid import UUID

from caseapp.domain.policy import Role


class Together(StrEnum):
    """What takes two people."""

    EXPORT = "export"
    """Taking a whole dossier out of the house."""
    ERASURE = "erasure"
    RESET = "reset"
    """Letting somebody in anew who lost password or second factor."""
    AUDIT_BREAK = "audit_break"
    """Going on after the trail was found broken."""


class Verdict(StrEnum):
    """What the second person said."""

    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Second:
    """Who may be the second person, and how long a request and its approval last, counted from asking."""

    roles: frozenset[Role]
    lasts: timedelta


SECOND: Final[Mapping[Together, Second]] = {
    Together.EXPORT: Second(frozenset({Role.COORDINATOR, Role.PRIVACY_OFFICER}), timedelta(days=7)),
    Together.ERASURE: Second(
        frozenset({Role.COORDINATOR, Role.PRIVACY_OFFICER}), timedelta(days=7)
    ),
    Together.RESET: Second(frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}), timedelta(days=2)),
    Together.AUDIT_BREAK: Second(
        frozenset({Role.PRIVACY_OFFICER, Role.ADMINISTRATOR}), timedelta(days=1)
    ),
}
"""A coordinator decides about children in the own reach only; the others about what they are told."""

DECIDERS: Final = frozenset().union(*(second.roles for second in SECOND.values()))
"""Every role that may be a second person for something."""


def fingerprint(kind: Together, about: tuple[UUID | None, ...], content: bytes) -> bytes:
    """Return the SHA-256 of what is asked: kind, whom it is about and content, each with its length."""
    parts = (kind.value.encode(), *(one.bytes if one else b"" for one in about), content)
    return sha256(b"".join(len(part).to_bytes(8) + part for part in parts)).digest()
