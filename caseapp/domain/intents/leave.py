"""What can be asked about doing the work of a colleague."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LeaveWish:
    """Who does whose work, from which day up to and including which day, and with which right alone."""

    absent_id: UUID
    stand_in_id: UUID
    from_on: date
    until_on: date
    grant_id: UUID | None = None
    """Nothing: all that the colleague has."""
