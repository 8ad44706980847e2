"""Telling people inside the application: ids and codes only, once a spell.

What follows from a list (`work.occasion`) is counted instead, and told in one notice (bundling.py).
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, func, update

from caseapp.accounts import queries as staff
from caseapp.domain.events import (
    AlertAssigned,
    AlertCameBack,
    AlertChanged,
    AlertClimbed,
    AlertClosed,
    AlertMistaken,
    AlertRaised,
    AlertTaken,
    Event,
    NoticeHandedUp,
    NoticesRead,
)
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.bulk import AT_ONCE, among, insert_new
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.notices.actions import bundling
from caseapp.notices.models import Notice
from caseapp.people import queries as people

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
    about = event.object_id or event.child_id
    if about is not None and event.child_id is not None and work.occasion is not None:
        bundling.count_other(work, about, others)
        return
    _keep(work, event, type(event).__name__, others, {"object_id": about})


def tell_even_doer(work: Work, event: Event) -> None:
    """Tell the accounts in `event.told`, who did it too: of what a thief could do in somebody's name."""
    told: tuple[UUID, ...] = getattr(event, "told", ())
    _keep(work, event, type(event).__name__, told, {"object_id": event.object_id})


def _tell(work: Work, event: OfAnAlert, what: str, accounts: Collection[UUID]) -> None:
    """Tell of an alert: once a person, alert, kind and spell."""
    if event.child_id is None or event.object_id is None:
        return
    if work.occasion is not None:
        bundling.count_alert(work, event.child_id, event.object_id, event.severity, accounts)
        return
    _keep(work, event, what, accounts, {"alert_id": event.object_id, "rule": event.rule})


def _keep(
    work: Work, event: Event, what: str, accounts: Collection[UUID], about: Mapping[str, Any]
) -> None:
    """Keep the notices of an event until all has happened; then they are written together.

    Who does the work of a colleague on leave is told what that colleague is told.
    """
    stand_ins = staff.stand_ins(work)
    lent = [
        one for who in accounts for one in stand_ins.get(who, ()) if one != work.actor.account_id
    ]
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
        for account_id in dict.fromkeys((*accounts, *lent))
    )
    work.afterwards(_write, [event.child_id] if event.child_id else [])


def _write(work: Work, _child_ids: Sequence[UUID]) -> None:
    """Write the notices that are not there yet: once a spell and kind.

    What two people agreed to, or a look in an emergency, outlives a child that is erased: no name is left.
    """
    kept: list[dict[str, Any]] = work.once(_write, list)
    outliving = {one["child_id"] for one in kept if one["child_id"] and "alert_id" not in one}
    gone = outliving - people.there_among(work, outliving)
    for one in kept:
        one["child_id"] = None if one["child_id"] in gone else one["child_id"]
    insert_new(work, Notice, kept)
    kept.clear()


def tell_handed_up(work: Work, event: NoticeHandedUp) -> None:
    """Tell the coordinators of a message that became theirs: once a person, alert or object, and reason."""
    about = {"alert_id": event.alert_id, "object_id": event.about_id, "rule": event.rule}
    _keep(work, event, event.reason, event.told, about)


def settle(work: Work, event: AlertClosed | AlertMistaken) -> None:
    """Let the messages about an alert that is over rest: nobody is mailed of it or asked to step in."""
    if event.object_id is None:
        return
    bundling.leave_out(work, event.object_id)
    closed: list[UUID] = work.once(_settle, list)
    closed.append(event.object_id)
    work.afterwards(_settle, [event.child_id] if event.child_id else [])


def _settle(work: Work, _child_ids: Sequence[UUID]) -> None:
    closed: list[UUID] = work.once(_settle, list)
    for start in range(0, len(closed), AT_ONCE):
        of_these = among(work, Notice.alert_id, closed[start : start + AT_ONCE])
        rests = {
            "mailed_at": func.coalesce(Notice.mailed_at, work.now),
            "handed_up_at": work.now,
        }
        work.session.execute(
            update(Notice).where(of_these, Notice.handed_up_at.is_(None)).values(**rests)
        )
    closed.clear()


def seen(work: Work, event: AlertTaken) -> None:
    """Mark what somebody was told of an alert as read when that person takes it."""
    if event.object_id is not None and work.actor.account_id is not None:
        mine = Notice.account_id == work.actor.account_id
        _mark_read(work, mine & (Notice.alert_id == event.object_id))


def read(work: Work, account_id: UUID) -> int:
    """Mark all messages of an account as read, and return how many there were."""
    done = _mark_read(work, Notice.account_id == account_id)
    work.record(NoticesRead())
    return done


def open_one(work: Work, row: Notice) -> None:
    """Mark one message as read, by opening what it is about; a second time changes nothing."""
    if _mark_read(work, Notice.id == row.id):
        work.record(NoticesRead(object_id=row.id, child_id=row.child_id))


def _mark_read(work: Work, which: ColumnElement[bool]) -> int:
    done = work.session.execute(
        update(Notice).where(which, Notice.read_at.is_(None)).values(read_at=work.now)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
