"""Sending mails: each try is claimed by one worker, and ends as sent, to be tried again, or given up."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, update

from caseapp.domain.events import LetterGivenUp, LetterSent
from caseapp.domain.mailing import How, LetterState, Trouble, again, quiet_until
from caseapp.kernel import clock
from caseapp.kernel.db import new_id
from caseapp.kernel.mail import Undelivered
from caseapp.kernel.work import Work
from caseapp.notices import queries
from caseapp.notices.models import Letter
from caseapp.notices.queries import Due, Numbers

LEASE: Final = timedelta(minutes=5)
"""How long a worker may take for one mail; far more than it is given (kernel/mail.py)."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that this worker sends now: what it says, and to whom."""

    id: UUID
    claim: UUID
    account_id: UUID
    numbers: Numbers
    how: How
    made_at: datetime


def claim(work: Work) -> Claimed | None:
    """Claim the mail that has waited longest, with one statement that only one worker can win.

    A mail in quiet hours is put off until they end; one that a worker left behind may have arrived, and is
    tried once more at most; one of which all was read by now needs not be sent. None: nothing is due.
    """
    while due := queries.due(work):
        quiet = quiet_until(
            work.now.astimezone(clock.AMSTERDAM), due.choice.quiet_from, due.choice.quiet_to
        )
        if quiet is not None:
            _set(work, _still(due, work.now), due_at=quiet)
        elif due.was_left and due.in_doubt:
            _give_up(work, _still(due, work.now), due, trouble=Trouble.BROKEN_OFF)
        else:
            won = _claim(work, due)
            if won is not None:
                return won
    return None


def _claim(work: Work, due: Due) -> Claimed | None:
    key, in_doubt = new_id(), due.in_doubt or due.was_left
    # What may have arrived keeps its numbers: it is the same mail once more.
    numbers = due.numbers if in_doubt else queries.counted(work, due.id)
    if not numbers.total:
        _set(work, _still(due, work.now), state=LetterState.DROPPED)
        return None
    won = _set(
        work,
        _still(due, work.now),
        state=LetterState.SENDING,
        claim=key,
        leased_until=work.now + LEASE,
        tries=due.tries + 1,
        tried_at=work.now,
        in_doubt=in_doubt,
        **asdict(numbers),
    )
    if not won:
        return None
    return Claimed(due.id, key, due.account_id, numbers, due.choice.how, due.made_at)


def sent(work: Work, mail: Claimed) -> None:
    """Keep that the server took a mail; nothing when the claim was lost in the meantime."""
    if _set(
        work,
        _mine(mail),
        state=LetterState.SENT,
        sent_at=work.now,
        trouble=None,
        reply=None,
        in_doubt=False,
        claim=None,
    ):
        work.record(LetterSent(object_id=mail.id, account_id=mail.account_id))


def failed(work: Work, mail: Claimed, why: Undelivered) -> None:
    """Keep why a try failed, and when the next one is; give the mail up when there is none.

    Twice in doubt is given up too: a mail comes at most once more than it should, with the same Message-ID.
    """
    row = queries.claimed(work, mail.id, mail.claim)
    if row is None:
        return
    about: dict[str, Any] = {"trouble": why.trouble, "reply": why.reply, "claim": None}
    wait = again(row.tries, why.trouble)
    if wait is None or (row.in_doubt and why.in_doubt):
        _give_up(work, _mine(mail), mail, in_doubt=row.in_doubt or why.in_doubt, **about)
        return
    _set(
        work,
        _mine(mail),
        state=LetterState.WAITING,
        due_at=work.now + wait,
        in_doubt=row.in_doubt or why.in_doubt,
        **about,
    )


def _give_up(work: Work, which: ColumnElement[bool], mail: Claimed | Due, **about: Any) -> None:
    if _set(work, which, state=LetterState.DEAD, **about):
        work.record(LetterGivenUp(object_id=mail.id, account_id=mail.account_id))


def _still(due: Due, now: datetime) -> ColumnElement[bool]:
    """Return the predicate that nobody else was first."""
    return (Letter.id == due.id) & (Letter.tries == due.tries) & queries.is_due(now)


def _mine(mail: Claimed) -> ColumnElement[bool]:
    return (Letter.id == mail.id) & (Letter.claim == mail.claim)


def _set(work: Work, which: ColumnElement[bool], **values: Any) -> bool:
    done = work.session.execute(update(Letter).where(which).values(**values))
    return bool(done.rowcount)  # type: ignore[attr-defined]
