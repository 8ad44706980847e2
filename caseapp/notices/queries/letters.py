"""Reading mails: who waits for one, what each says, and how each went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, or_, select

from caseapp.domain.mailing import Choice, How, LetterState
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.work import Work
from caseapp.notices.models import Bundled, Letter, Mailbox, Notice

UNFINISHED: Final = (LetterState.WAITING, LetterState.SENDING)
_NUMBERS: Final = (Letter.total, Letter.serious, Letter.alerts, Letter.serious_alerts)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody with messages that were not mailed: how to mail, and when the last mail was made or sent."""

    account_id: UUID
    choice: Choice
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a mail says: of how many messages it tells, and how many alerts lists brought among them."""

    total: int
    serious: int
    alerts: int = 0
    serious_alerts: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """A mail that is to be tried now, or whose worker is gone."""

    id: UUID
    account_id: UUID
    numbers: Numbers
    tries: int
    in_doubt: bool
    was_left: bool
    made_at: datetime
    choice: Choice


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


def counted(work: Work, letter_id: UUID) -> Numbers:
    """Return how many messages of a mail are not read, how many of these are serious, and the same of lists."""
    serious = case((Notice.severity == Severity.CRITICAL, 1), else_=0)
    alerts = Bundled.critical + Bundled.warning + Bundled.notice
    sums = (func.coalesce(func.sum(one), 0) for one in (serious, alerts, Bundled.critical))
    row = work.session.execute(
        select(func.count(), *sums)
        .select_from(Notice)
        .outerjoin(Bundled, Bundled.notice_id == Notice.id)
        .where(Notice.letter_id == letter_id, Notice.read_at.is_(None))
    ).one()
    return Numbers(*(int(number) for number in row))


def is_due(now: datetime) -> ColumnElement[bool]:
    """Return the predicate: its time has come, or the worker that sent it is gone."""
    comes = (Letter.state == LetterState.WAITING) & (Letter.due_at <= now)
    left = (Letter.state == LetterState.SENDING) & (Letter.leased_until <= now)
    return or_(comes, left)


_OF_A_MAIL: Final = (
    Letter.id,
    Letter.account_id,
    *_NUMBERS,
    Letter.tries,
    Letter.in_doubt,
    Letter.state == LetterState.SENDING,
    Letter.made_at,
    Mailbox.how,
    Mailbox.quiet_from,
    Mailbox.quiet_to,
)


def due(work: Work) -> Due | None:
    """Return the mail that has waited longest to be tried."""
    row = work.session.execute(
        select(*_OF_A_MAIL)
        .join(Mailbox, Mailbox.account_id == Letter.account_id)
        .where(is_due(work.now))
        .order_by(Letter.due_at, Letter.id)
        .limit(1)
    ).first()
    if row is None:
        return None
    key, account_id, *rest = row
    tries, in_doubt, was_left, made_at = rest[4:8]
    numbers = Numbers(*rest[:4])
    return Due(
        key, account_id, numbers, tries, in_doubt, bool(was_left), made_at, _choice(*rest[8:])
    )


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


def _choice(how: Any, quiet_from: Any, quiet_to: Any) -> Choice:
    return Choice() if how is None else Choice(How(how), quiet_from, quiet_to)
