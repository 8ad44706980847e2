"""What is asked and known when somebody wants to look into a file beside the own scope."""

from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.emergency import Why


@dataclass(frozen=True, slots=True)
class Glass:
    """Which child, why, and what the house knows about it that decides whether it may be."""

    child_id: UUID
    why: Why
    reason: str
    region: str | None
    """Where the child lives now, or lived last."""
    has_guardian: bool
    is_seen: bool
    """Who asks can open this file already."""
    told: tuple[UUID, ...]
    """Guardian, coordinators and privacy officers: told at once."""
    trail_broken: bool = False
