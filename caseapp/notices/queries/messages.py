"""Reading messages."""

from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import Select, func, select, union

from caseapp.kernel.work import Work
from caseapp.notices.models import Bundled, Notice, Told

LIST: Final = "ListBrought"
"""The code of the one notice of a list; its numbers stand in `Bundled`."""


def unread(work: Work, account_id: UUID) -> int:
    """Return how many messages an account has not read."""
    return (
        work.session.scalar(
            select(func.count()).where(Notice.account_id == account_id, Notice.read_at.is_(None))
        )
        or 0
    )


def notices(work: Work, account_id: UUID, most: int = 50) -> Sequence[Notice]:
    """Return the messages of an account, the newest first."""
    return work.session.scalars(
        select(Notice)
        .where(Notice.account_id == account_id)
        .order_by(Notice.at.desc(), Notice.id.desc())
        .limit(most)
    ).all()


def notice(work: Work, notice_id: UUID) -> Notice | None:
    """Return a message."""
    return work.session.get(Notice, notice_id)


def told_of(account_id: UUID | None) -> Select[UUID | None]:
    """Return the keys of the alerts that an account was ever told of, for use inside another select.

    By a notice, or in the bundle of a list.
    """
    by_notice = Notice.account_id == account_id, Notice.alert_id.is_not(None)
    in_a_bundle = select(Told.alert_id).where(Told.account_id == account_id)
    return select(
        union(select(Notice.alert_id).where(*by_notice), in_a_bundle).subquery().c.alert_id
    )


def notices_of_list(work: Work, run_id: UUID) -> dict[UUID, UUID]:
    """Return the key of the notice that each account has of a list."""
    of_it = select(Notice.account_id, Notice.id).where(
        Notice.object_id == run_id, Notice.event == LIST
    )
    return {row[0]: row[1] for row in work.session.execute(of_it)}


def bundled(work: Work, notice_ids: Collection[UUID]) -> dict[UUID, Bundled]:
    """Return how much each of these notices stands for, of those that are of a list."""
    rows = work.session.scalars(select(Bundled).where(Bundled.notice_id.in_(notice_ids)))
    return {row.notice_id: row for row in rows}
