"""Telling people inside the application: ids and codes only, once a spell."""

from uuid import UUID

from sqlalchemy import insert, update

from caseapp.domain.events import AlertCameBack, AlertChanged, AlertRaised, NoticesRead
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.notices import queries
from caseapp.notices.models import Notice


def tell(work: Work, event: AlertRaised | AlertCameBack | AlertChanged) -> None:
    """Tell the people of rules.md 4 of an alert that was raised, came back or became more serious."""
    if event.child_id is None or event.object_id is None:
        return
    what = type(event).__name__
    if isinstance(event, AlertChanged):
        what = f"became-{event.severity}"
        known = queries.told(work, event.object_id, what, event.spell)
        event_told = [one for one in event.told if one not in known]
    else:
        event_told = list(event.told)
    rows = [
        {
            "id": new_id(),
            "account_id": account_id,
            "child_id": event.child_id,
            "alert_id": event.object_id,
            "event": what,
            "spell": event.spell,
            "at": work.now,
            "read_at": None,
        }
        for account_id in event_told
    ]
    if rows:
        work.session.execute(insert(Notice), rows)


def read(work: Work, account_id: UUID) -> int:
    """Mark all notices of an account as read, and return how many there were."""
    done = work.session.execute(
        update(Notice)
        .where(Notice.account_id == account_id, Notice.read_at.is_(None))
        .values(read_at=work.now)
    )
    work.record(NoticesRead())
    return int(done.rowcount)  # type: ignore[attr-defined]
