"""What can happen when a whole caseload goes to others at once."""

from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.events.base import Action, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadHandedOver(Event):
    """Children of one colleague went to another in one act; who receives them is told once."""

    action = Action.UPDATE
    object = "account"

    from_account_id: UUID
    account_id: UUID
    children: int
    reason: str
    told: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertFollowed(Event):
    """An alert went with the child to who took the caseload over."""

    action = Action.UPDATE
    object = "alert"

    account_id: UUID
