"""Reading accounts, sessions and grants."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Engine, or_, select
from sqlalchemy.orm import Session

from caseapp.accounts.models import Account, Grant
from caseapp.domain.policy import HeldGrant, ScopeKind

if TYPE_CHECKING:
    from caseapp.kernel.machine import Machine


def has_demo_accounts(engine: Engine) -> bool:
    """Say whether an account of the demo world stands in this database."""
    with Session(engine) as session:
        return session.scalar(select(Grant.id).where(Grant.origin == "demo").limit(1)) is not None


def valid_grants(session: Session, account_id: UUID, now: datetime) -> tuple[HeldGrant, ...]:
    """Return the grants of an account that hold at a moment: begun, not ended, not revoked, and approved where that is needed."""
    rows = session.scalars(
        select(Grant)
        .where(
            Grant.account_id == account_id,
            Grant.valid_from <= now,
            or_(Grant.valid_to.is_(None), Grant.valid_to > now),
            Grant.revoked_at.is_(None),
            or_(Grant.approved_at.is_not(None), Grant.needs_approval.is_(False)),
        )
        .order_by(Grant.id)
    )
    return tuple(HeldGrant(row.id, ScopeKind(row.scope_kind), row.scope_id) for row in rows)


def account(session: Session, account_id: UUID) -> Account | None:
    """Return an account."""
    return session.get(Account, account_id)
