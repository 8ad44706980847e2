"""Letting the records of closed years go: only after their years, a look, and with a signed checkpoint."""

from datetime import date
from pathlib import Path

from sqlalchemy import Connection, delete, func, select, update

from caseapp.audit.actions.beginning import adopt, mark
from caseapp.audit.actions.chaining import HEAD, let_go, lock_tail
from caseapp.audit.actions.vouching import vouch
from caseapp.audit.models import AuditEvent, AuditEventChild
from caseapp.audit.queries.verifying import verify
from caseapp.domain.trail import Mark, Outcome, may_close
from caseapp.kernel import checkpoints, clock
from caseapp.kernel.checkpoints import CLOSED, Checkpoint
from caseapp.kernel.work import Work


class NotClosedError(ValueError):
    """The records of a year may not go: the message says why, in one word."""


def close_year(work: Work, file: Path, year: int, years: int) -> int:
    """Sign that the records until the end of a year are closed, and return the last number of them.

    What rows of files are is told anew, for the records that told it go. Raises NotClosedError: too young
    (under the floor), broken, or nothing there.
    """
    if not may_close(year, work.today, years):
        raise NotClosedError("young")
    if verify(work, file).outcome is Outcome.BROKEN:
        raise NotClosedError("broken")
    last = _last_of(work, year)
    if last is None:
        raise NotClosedError("nothing")
    vouch(work, file, at_once=True)
    tail = lock_tail(work)
    mark(work, tail, Mark.CLOSED, {"seq": tail.seq + 1, "until": last[0], "year": year})
    adopt(work, tail)
    let_go(work, tail)
    work.session.execute(update(HEAD).where(HEAD.c.id == 1).values(closed_until=last[0]))
    checkpoints.append(file, work.vault.trail, lambda _last: _closed(work, file, *last))
    return last[0]


def take_away(owner: Connection, until: int) -> int:
    """Delete the records of closed years, as the owner of the tables, and return how many went."""
    owner.execute(delete(AuditEventChild).where(AuditEventChild.seq <= until))
    return owner.execute(delete(AuditEvent).where(AuditEvent.seq <= until)).rowcount


def _last_of(work: Work, year: int) -> tuple[int, bytes] | None:
    """Return number and hash of the last record before the first that was written after a year."""
    ends = clock.midnight(date(year + 1, 1, 1))
    first = work.session.execute(
        select(func.min(AuditEvent.seq)).where(AuditEvent.at >= ends)
    ).scalar()
    if first is None:
        return None
    row = work.session.execute(
        select(AuditEvent.seq, AuditEvent.hash)
        .where(AuditEvent.seq < first, AuditEvent.hash.is_not(None))
        .order_by(AuditEvent.seq.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row.seq, row.hash)


def _closed(work: Work, file: Path, seq: int, ends: bytes) -> Checkpoint:
    """Return the checkpoint of the end of a year; records count as the checkpoints before count them."""
    newest = max(checkpoints.ours(file, work.vault.trail), key=lambda one: one.seq)
    later = select(func.count()).where(AuditEvent.seq > seq, AuditEvent.seq <= newest.seq)
    left = work.session.execute(later).scalar_one()
    return Checkpoint(seq, ends.hex(), work.now.isoformat(), newest.records - left, kind=CLOSED)
