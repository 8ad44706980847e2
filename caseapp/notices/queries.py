"""Reading messages, the mail about them, and what reached nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from caseapp.domain import mailing
from caseapp.domain.mailing import Choice, How, LetterState
from caseapp.domain.rules.rule import Severity
from caseapp.kernel import clock
from caseapp.kernel.work import Work
from caseapp.notices.models import Letter, Mailbox, Notice

UNREAD: Final = "UnreadForADay"
NOT_MAILED: Final = "MailNotDelivered"
"""The codes under which coordinators are told of what reached nobody."""

UNFINISHED: Final = (LetterState.WAITING, LetterState.SENDING)
SHORTEST_WORKING_DAY: Final = timedelta(hours=23)
"""From an hour on one working day to the same hour on the next, when the clock goes forward."""
AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody with messages that were not mailed: how to mail, and when the last mail was made or sent."""

    account_id: UUID
    choice: Choice
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Due:
    """A mail that is to be tried now, or whose worker is gone."""

    id: UUID
    account_id: UUID
    total: int
    serious: int
    tries: int
    in_doubt: bool
    was_left: bool
    made_at: datetime
    choice: Choice


@dataclass(frozen=True, slots=True)
class Unreached:
    """A message that reached nobody."""

    id: UUID
    account_id: UUID
    child_id: UUID | None
    alert_id: UUID | None
    object_id: UUID | None
    rule: str | None
    severity: str | None
    spell: int
    at: datetime


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
    """Return the keys of the alerts that an account was ever told of, for use inside another select."""
    return select(Notice.alert_id).where(
        Notice.account_id == account_id, Notice.alert_id.is_not(None)
    )


def choice_of(work: Work, account_id: UUID) -> Choice:
    """Return how somebody wants to be mailed; the usual way for who never chose."""
    row = work.session.get(Mailbox, account_id)
    return _choice(row.how, row.quiet_from, row.quiet_to) if row else Choice()


def to_mail(work: Work) -> list[Waiting]:
    """Return who has messages that were neither read nor mailed."""
    who = (
        select(Notice.account_id)
        .where(Notice.mailed_at.is_(None), Notice.read_at.is_(None))
        .distinct()
        .subquery()
    )
    latest = (
        select(func.max(Letter.sent_at))
        .where(Letter.account_id == who.c.account_id)
        .scalar_subquery()
    )
    rows = work.session.execute(
        select(
            who.c.account_id, Mailbox.how, Mailbox.quiet_from, Mailbox.quiet_to, Mailbox.made_at, latest
        )
        .outerjoin(Mailbox, Mailbox.account_id == who.c.account_id)
        .order_by(who.c.account_id)
    )  # fmt: skip
    return [
        Waiting(row[0], _choice(*row[1:4]), max((at for at in row[4:] if at), default=None))
        for row in rows
    ]


def unmailed(work: Work, account_id: UUID) -> bool:
    """Say whether somebody has messages that were neither read nor mailed."""
    return bool(
        work.session.scalar(
            select(func.count()).where(
                Notice.account_id == account_id,
                Notice.mailed_at.is_(None),
                Notice.read_at.is_(None),
            )
        )
    )


def unfinished(work: Work, account_id: UUID) -> UUID | None:
    """Return the mail to an account that was not sent yet; there is one at most."""
    return work.session.scalar(
        select(Letter.id)
        .where(Letter.account_id == account_id, Letter.state.in_(UNFINISHED))
        .order_by(Letter.made_at)
        .limit(1)
    )


def counted(work: Work, letter_id: UUID) -> tuple[int, int]:
    """Return how many messages of a mail are not read, and how many of these are serious."""
    serious = func.sum(case((Notice.severity == Severity.CRITICAL, 1), else_=0))
    row = work.session.execute(
        select(func.count(), serious).where(Notice.letter_id == letter_id, Notice.read_at.is_(None))
    ).one()
    return row[0], int(row[1] or 0)


def is_due(now: datetime) -> ColumnElement[bool]:
    """Return the predicate: its time has come, or the worker that sent it is gone."""
    comes = (Letter.state == LetterState.WAITING) & (Letter.due_at <= now)
    left = (Letter.state == LetterState.SENDING) & (Letter.leased_until <= now)
    return or_(comes, left)


def due(work: Work) -> Due | None:
    """Return the mail that has waited longest to be tried."""
    row = work.session.execute(
        select(
            Letter.id,
            Letter.account_id,
            Letter.total,
            Letter.serious,
            Letter.tries,
            Letter.in_doubt,
            Letter.state == LetterState.SENDING,
            Letter.made_at,
            Mailbox.how,
            Mailbox.quiet_from,
            Mailbox.quiet_to,
        )
        .join(Mailbox, Mailbox.account_id == Letter.account_id)
        .where(is_due(work.now))
        .order_by(Letter.due_at, Letter.id)
        .limit(1)
    ).first()
    return Due(*row[:6], bool(row[6]), row[7], _choice(*row[8:])) if row else None


def claimed(work: Work, letter_id: UUID, claim: UUID) -> Letter | None:
    """Return a mail as long as this claim on it stands."""
    return work.session.scalar(select(Letter).where(Letter.id == letter_id, Letter.claim == claim))


def letter(work: Work, letter_id: UUID) -> Letter | None:
    """Return a mail."""
    return work.session.get(Letter, letter_id)


def given_up(work: Work) -> Sequence[Letter]:
    """Return the mails that nobody could deliver, the latest first."""
    return work.session.scalars(
        select(Letter)
        .where(Letter.state == LetterState.DEAD)
        .order_by(Letter.tried_at.desc(), Letter.id)
    ).all()


def under_way(work: Work, most: int = 50) -> Sequence[Letter]:
    """Return the mails that wait or are tried again, in the order in which they go."""
    return work.session.scalars(
        select(Letter)
        .where(Letter.state.in_(UNFINISHED))
        .order_by(Letter.due_at, Letter.id)
        .limit(most)
    ).all()


def count_letters(work: Work) -> dict[LetterState, int]:
    """Return how many mails there are in each state."""
    rows = work.session.execute(select(Letter.state, func.count()).group_by(Letter.state))
    return {LetterState(row[0]): row[1] for row in rows}


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
        .where(Notice.event.not_in((UNREAD, NOT_MAILED)))
        .order_by(Notice.at, Notice.id)
        .limit(AT_ONCE)
    )
    return [Unreached(*row) for row in rows]


def _choice(how: Any, quiet_from: Any, quiet_to: Any) -> Choice:
    return Choice() if how is None else Choice(How(how), quiet_from, quiet_to)
