"""Saying outside the database what the trail is: a signed checkpoint each thousand records or five minutes."""

import logging
import logging.handlers
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from caseapp.audit.models import AuditEvent, AuditHead
from caseapp.kernel import checkpoints
from caseapp.kernel.checkpoints import Checkpoint
from caseapp.kernel.work import Work

RECORDS: Final = 1000
APART: Final = timedelta(minutes=5)
SYSLOG: Final = "/dev/log"


def vouch(work: Work, file: Path, *, at_once: bool = False) -> Checkpoint | None:
    """Append a signed checkpoint when it is time, or at once, and return it; None when nothing is new.

    A trail that is shorter than its last checkpoint gets none: a look at it will say that it is broken.
    """
    last = checkpoints.last(file)
    ends = _end(work)
    if ends is None or not _is_time(last, ends[0], work.now, at_once=at_once):
        return None
    return checkpoints.append(file, work.vault.trail, lambda last: _next(work, last, *ends))


def tell_syslog(made: Checkpoint, address: str = SYSLOG) -> None:
    """Send a checkpoint to the log of the system, which may stand on another machine."""
    handler = logging.handlers.SysLogHandler(address)
    line = f"caseapp audit checkpoint seq={made.seq} hash={made.hash} records={made.records}"
    handler.emit(logging.LogRecord("caseapp.audit", logging.INFO, "", 0, line, None, None))
    handler.close()


def _is_time(last: Checkpoint | None, seq: int, now: datetime, *, at_once: bool) -> bool:
    if last is None or at_once:
        return last is None or seq > last.seq
    return seq >= last.seq + RECORDS or (
        seq > last.seq and now - datetime.fromisoformat(last.at) >= APART
    )


def _next(work: Work, last: Checkpoint | None, seq: int, ends: bytes) -> Checkpoint | None:
    if last is not None and last.seq >= seq:
        return None
    return Checkpoint(
        seq=seq,
        hash=ends.hex(),
        at=work.now.isoformat(),
        records=(last.records if last else 0) + _counted(work, last.seq if last else 0, seq),
    )


def _end(work: Work) -> tuple[int, bytes] | None:
    """Return number and hash of the last record; nothing when there is no chain."""
    row = work.session.execute(
        select(AuditHead.seq, AuditHead.hash).where(AuditHead.id == 1)
    ).one_or_none()
    return None if row is None or row.hash is None else (row.seq, row.hash)


def _counted(work: Work, after: int, upto: int) -> int:
    between = AuditEvent.seq.between(after + 1, upto)
    return work.session.execute(select(func.count()).where(between)).scalar_one()


def counted_so_far(work: Work, last: Checkpoint | None, seq: int) -> int:
    """Return how many records there are up to a number, as the next checkpoint would count them."""
    return (last.records if last else 0) + _counted(work, last.seq if last else 0, seq)
