"""Telling people inside the application: ids and codes only, once a spell."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import update

from caseapp.domain.events import (
    AlertAssigned,
    AlertCameBack,
    AlertChanged,
    AlertClimbed,
    AlertRaised,
    Event,
    NoticesRead,
)
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.bulk import insert_new
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
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


def tell_told(work: Work, event: Event) -> None:
    """Tell the accounts in `event.told` of anything that is no alert: once a person, event, object and spell.

    The words and the page behind them stand in views/saying.py, by the name of the event. Fields `severity`
    and `spell` count when the event has them. Who did it knows already, and is not told.
    """
    told: tuple[UUID, ...] = getattr(event, "told", ())
    others = dict.fromkeys(one for one in told if one != work.actor.account_id)
    about = {"object_id": event.object_id or event.child_id}
    _keep(work, event, type(event).__name__, others, about)


def _tell(work: Work, event: OfAnAlert, what: str, accounts: Iterable[UUID]) -> None:
    """Tell of an alert: once a person, alert, kind and spell."""
    if event.child_id is not None and event.object_id is not None:
        about = {"alert_id": event.object_id, "rule": event.rule}
        _keep(work, event, what, accounts, about)


def _keep(
    work: Work, event: Event, what: str, accounts: Iterable[UUID], about: Mapping[str, Any]
) -> None:
    """Keep the notices of an event until all has happened; then they are written together."""
    kept: list[dict[str, Any]] = work.once(_write, list)
    kept.extend(
        {
            "id": new_id(),
            "account_id": account_id,
            "child_id": event.child_id,
            "event": what,
            "severity": getattr(event, "severity", None),
            "spell": getattr(event, "spell", 1),
            "at": work.now,
            **about,
        }
        for account_id in accounts
    )
    work.afterwards(_write, [event.child_id] if event.child_id else [])


def _write(work: Work, _child_ids: Sequence[UUID]) -> None:
    """Write the notices that are not there yet: once a spell and kind."""
    kept: list[dict[str, Any]] = work.once(_write, list)
    insert_new(work, Notice, kept)
    kept.clear()


def read(work: Work, account_id: UUID) -> int:
    """Mark all notices of an account as read, and return how many there were."""
    done = work.session.execute(
        update(Notice)
        .where(Notice.account_id == account_id, Notice.read_at.is_(None))
        .values(read_at=work.now)
    )
    work.record(NoticesRead())
    return int(done.rowcount)  # type: ignore[attr-defined]
