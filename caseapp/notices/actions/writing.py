"""Making mails of messages: one for each person, at most one in a quarter of an hour."""

from dataclasses import asdict
from uuid import UUID

from sqlalchemy import ColumnElement, func, update

from caseapp.domain.events import LetterDropped, LetterResent, MailChosen
from caseapp.domain.mailing import APART, Choice, How, LetterState
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.bulk import insert_new
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.notices import queries
from caseapp.notices.models import Letter, Mailbox, Notice


def choose(work: Work, account_id: UUID, choice: Choice) -> None:
    """Keep how somebody wants to be mailed."""
    _have_mailbox(work, account_id)
    wish = {"how": choice.how, "quiet_from": choice.quiet_from, "quiet_to": choice.quiet_to}
    work.session.execute(update(Mailbox).where(Mailbox.account_id == account_id).values(**wish))
    work.record(MailChosen(object_id=account_id))


def settle_read(work: Work) -> None:
    """Let rest what was read before any mail about it was made."""
    unmailed = Notice.mailed_at.is_(None) & Notice.read_at.is_not(None)
    work.session.execute(update(Notice).where(unmailed).values(mailed_at=work.now))


def make_letter(work: Work, account_id: UUID, how: How) -> bool:
    """Make one mail of all that somebody was not mailed of; return whether there is one.

    A mail that waits still takes the new messages in. The mailbox is the lock: of two workers that make
    the same mail, the second finds that there is nothing left to do.
    """
    _have_mailbox(work, account_id)
    if how is How.CRITICAL:
        _leave_out(work, account_id)
    waiting = queries.unfinished(work, account_id)
    if waiting is not None:
        return _is_open(work, waiting) and _grow(work, waiting, account_id)
    if not queries.unmailed(work, account_id) or not _lock(work, account_id):
        return False
    return _begin(work, account_id)


def _begin(work: Work, account_id: UUID) -> bool:
    """Write down a new mail of all that was not mailed yet."""
    key = new_id()
    if not _fill(work, key, account_id):
        return False
    work.session.add(
        Letter(
            id=key,
            account_id=account_id,
            state=LetterState.WAITING,
            **asdict(queries.counted(work, key)),
            made_at=work.now,
            due_at=work.now,
        )
    )
    return True


def resend(work: Work, row: Letter) -> bool:
    """Let a mail that was given up be tried again from the start, at once; False when it is not given up."""
    done = _again(work, Letter.id == row.id)
    if done:
        work.record(LetterResent(object_id=row.id))
    return bool(done)


def resend_all(work: Work) -> int:
    """Let every mail that was given up be tried again, and return how many."""
    keys = [row.id for row in queries.given_up(work)]
    for key in keys:
        work.record(LetterResent(object_id=key))
    return _again(work, Letter.id.in_(keys)) if keys else 0


def drop(work: Work, row: Letter) -> bool:
    """Let a mail that was given up rest; False when it is not given up."""
    done = work.session.execute(
        update(Letter)
        .where(Letter.id == row.id, Letter.state == LetterState.DEAD)
        .values(state=LetterState.DROPPED)
    )
    if done.rowcount:  # type: ignore[attr-defined]
        work.record(LetterDropped(object_id=row.id))
    return bool(done.rowcount)  # type: ignore[attr-defined]


def _again(work: Work, which: ColumnElement[bool]) -> int:
    """Somebody looked at it: a doubt that there was is theirs now, and the tries begin anew."""
    done = work.session.execute(
        update(Letter)
        .where(which, Letter.state == LetterState.DEAD)
        .values(state=LetterState.WAITING, tries=0, due_at=work.now, in_doubt=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def _have_mailbox(work: Work, account_id: UUID) -> None:
    usual = Choice()
    row = {
        "account_id": account_id,
        "how": usual.how,
        "quiet_from": usual.quiet_from,
        "quiet_to": usual.quiet_to,
    }
    insert_new(work, Mailbox, [row])


def _lock(work: Work, account_id: UUID) -> bool:
    long_ago = Mailbox.made_at.is_(None) | (Mailbox.made_at <= work.now - APART)
    done = work.session.execute(
        update(Mailbox).where(Mailbox.account_id == account_id, long_ago).values(made_at=work.now)
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def _is_open(work: Work, key: UUID) -> bool:
    """Lock a mail that waits and was surely never taken by the server: only such a mail may grow."""
    done = work.session.execute(
        update(Letter)
        .where(Letter.id == key, Letter.state == LetterState.WAITING, Letter.in_doubt.is_(False))
        .values(state=LetterState.WAITING)
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def _grow(work: Work, key: UUID, account_id: UUID) -> bool:
    """Let a mail that waits tell of the new messages too."""
    if not _fill(work, key, account_id):
        return False
    numbers = asdict(queries.counted(work, key))
    work.session.execute(update(Letter).where(Letter.id == key).values(**numbers))
    return True


def _fill(work: Work, key: UUID, account_id: UUID) -> int:
    """Put what was not mailed yet into a mail, and return how much that was."""
    done = work.session.execute(
        update(Notice)
        .where(_unmailed(account_id), Notice.read_at.is_(None))
        .values(mailed_at=work.now, letter_id=key)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def _leave_out(work: Work, account_id: UUID) -> None:
    """Let rest what is not serious, for who is mailed of serious messages only."""
    lesser = func.coalesce(Notice.severity, "") != Severity.CRITICAL
    work.session.execute(
        update(Notice).where(_unmailed(account_id), lesser).values(mailed_at=work.now)
    )


def _unmailed(account_id: UUID) -> ColumnElement[bool]:
    return (Notice.account_id == account_id) & Notice.mailed_at.is_(None)
