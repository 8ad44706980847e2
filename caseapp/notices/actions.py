"""Telling people inside the application: ids and codes only, once a spell."""

from collections.abc import Iterable
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import insert, update

from caseapp.domain.events import (
    AlertAssigned,
    AlertCameBack,
    AlertChanged,
    AlertClimbed,
    AlertRaised,
    NoticesRead,
)
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.notices import queries
from caseapp.notices.models import Notice

OfAnAlert: TypeAlias = AlertAssigned | AlertCameBack | AlertChanged | AlertClimbed | AlertRaised


def tell(work: Work, event: AlertRaised | AlertCameBack | AlertChanged | AlertClimbed) -> None:
    """Tell the people of rules.md 4 of an alert that was raised, came back, grew more serious or climbed."""
    if isinstance(event, AlertChanged):
        if Severity(event.severity).weight > Severity(event.was).weight:
            _tell(work, event, f"became-{event.severity}", event.told)
        return
    _tell(work, event, type(event).__name__, event.told)


def tell_owner(work: Work, event: AlertAssigned) -> None:
    """Tell somebody that an alert is theirs now, unless they gave it to themselves."""
    if event.account_id is not None and event.account_id != work.actor.account_id:
        _tell(work, event, type(event).__name__, (event.account_id,))


def _tell(work: Work, event: OfAnAlert, what: str, accounts: Iterable[UUID]) -> None:
    """Write the notices that are not there yet: once a spell and kind."""
    if event.child_id is None or event.object_id is None:
        return
    known = queries.told(work, event.object_id, what, event.spell)
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
        for account_id in accounts
        if account_id not in known
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
