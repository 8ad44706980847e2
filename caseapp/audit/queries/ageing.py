"""How old the trail is, and when something was written about a child last: what terms count from."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from caseapp.audit.models import AuditEvent
from caseapp.domain.events import Action
from caseapp.kernel import clock
from caseapp.kernel.bulk import among, in_parts
from caseapp.kernel.work import Work

WRITES: Final = (Action.CREATE, Action.UPDATE, Action.DELETE)


def last_written(
    work: Work, child_ids: Collection[UUID], apart: Collection[str] = ()
) -> dict[UUID, date]:
    """Return the day on which a person wrote something about each child last, but in the tables `apart`."""
    found: dict[UUID, date] = {}
    for part in in_parts(child_ids):
        rows = work.session.execute(
            select(AuditEvent.child_id, func.max(AuditEvent.at))
            .where(
                among(work, AuditEvent.child_id, part),
                AuditEvent.action.in_(WRITES),
                AuditEvent.account_id.is_not(None),
                AuditEvent.object.not_in(apart),
            )
            .group_by(AuditEvent.child_id)
        )
        found.update({key: clock.local_day(at) for key, at in rows if key})
    return found


def oldest_at(work: Work) -> datetime | None:
    """Return the moment of the oldest record."""
    return work.session.scalar(select(func.min(AuditEvent.at)))
