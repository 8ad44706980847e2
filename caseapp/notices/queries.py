"""Reading notices."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, func, select

from caseapp.kernel.work import Work
from caseapp.notices.models import Notice


def unread(work: Work, account_id: UUID) -> int:
    """Return how many notices an account has not read."""
    return (
        work.session.scalar(
            select(func.count()).where(Notice.account_id == account_id, Notice.read_at.is_(None))
        )
        or 0
    )


def notices(work: Work, account_id: UUID, most: int = 50) -> Sequence[Notice]:
    """Return the notices of an account, the newest first."""
    return work.session.scalars(
        select(Notice)
        .where(Notice.account_id == account_id)
        .order_by(Notice.at.desc(), Notice.id.desc())
        .limit(most)
    ).all()


def told_of(account_id: UUID | None) -> Select[UUID | None]:
    """Return the keys of the alerts that an account was ever told of, for use inside another select."""
    return select(Notice.alert_id).where(
        Notice.account_id == account_id, Notice.alert_id.is_not(None)
    )
