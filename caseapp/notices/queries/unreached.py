"""Reading what reached nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, select

from caseapp.domain import mailing
from caseapp.domain.mailing import LetterState
from caseapp.domain.rules.rule import Severity
from caseapp.kernel import clock
from caseapp.kernel.work import Work
from caseapp.notices.models import Letter, Notice

UNREAD: Final = "UnreadForADay"
NOT_MAILED: Final = "MailNotDelivered"
UNREAD_LIST: Final = "ListUnreadForADay"
"""The codes under which coordinators are told of what reached nobody."""

SHORTEST_WORKING_DAY: Final = timedelta(hours=23)
"""From an hour on one working day to the same hour on the next, when the clock goes forward."""
AT_ONCE: Final = 500


KEPT_APART: Final = "ProtectionClockRan"
"""Told to the protection lead alone: it never becomes anybody else's."""


@dataclass(frozen=True, slots=True)
class Unreached:
    """A message that reached nobody."""

    id: UUID
    event: str
    account_id: UUID
    child_id: UUID | None
    alert_id: UUID | None
    object_id: UUID | None
    rule: str | None
    severity: str | None
    spell: int
    at: datetime


def not_mailed(work: Work) -> list[Unreached]:
    """Return unread messages whose mail was given up, and of which nobody else was told."""
    dead = select(Letter.id).where(Letter.state == LetterState.DEAD)
    return _unreached(work, Notice.letter_id.in_(dead))


def unread_too_long(work: Work) -> list[Unreached]:
    """Return serious messages that nobody read for a working day, and of which nobody else was told."""
    rows = _unreached(
        work,
        (Notice.severity == Severity.CRITICAL) & (Notice.at <= work.now - SHORTEST_WORKING_DAY),
    )
    return [one for one in rows if mailing.unread_too_long(one.at, work.now, clock.AMSTERDAM)]


def _unreached(work: Work, which: ColumnElement[bool]) -> list[Unreached]:
    rows = work.session.execute(
        select(
            Notice.id,
            Notice.event,
            Notice.account_id,
            Notice.child_id,
            Notice.alert_id,
            Notice.object_id,
            Notice.rule,
            Notice.severity,
            Notice.spell,
            Notice.at,
        )
        .where(which, Notice.read_at.is_(None), Notice.handed_up_at.is_(None))
        .where(Notice.event.not_in((UNREAD, NOT_MAILED, UNREAD_LIST, KEPT_APART)))
        .order_by(Notice.at, Notice.id)
        .limit(AT_ONCE)
    )
    return [Unreached(*tuple(row)) for row in rows]
