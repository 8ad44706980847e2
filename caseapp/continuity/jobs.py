"""The nightly look: every child is looked at again, resumable, and twice changes nothing more."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from caseapp.continuity import queries
from caseapp.continuity.actions import begin, climb, follow_loads, hold, mark, reassess
from caseapp.kernel.seals import Unreadable
from caseapp.kernel.work import Work
from caseapp.people import queries as people

log = logging.getLogger("caseapp.nightly")

JOB: Final = "nightly"
CHILDREN_AT_ONCE: Final = 500


@dataclass(slots=True)
class Tally:
    """How the nightly look went: children looked at, changed, failed by key; alerts that climbed."""

    seen: int = 0
    changed: int = 0
    climbed: int = 0
    failed: list[UUID] = field(default_factory=list)


def reassess_all(
    open_work: Callable[[], Work],
    say: Callable[[int], None] = lambda _seen: None,
    *,
    anew: bool = False,
) -> Tally:
    """Look at every child that is followed, from where an earlier run of this day was stopped.

    Each chunk is one transaction with the mark of how far it came; two that run at once share the chunks.
    A child that fails is counted and named in the log by its key, and the others go on. `anew` begins at the
    first child again.
    """
    tally = Tally()
    with _opened(open_work) as work:
        begin(work, JOB, anew=anew)
        work.commit()
    reached: int | None = 0
    while reached is not None:
        with _opened(open_work) as work:
            reached = _go_on(open_work, work, reached, tally)
        say(tally.seen)
    return tally


@contextmanager
def _opened(open_work: Callable[[], Work]) -> Iterator[Work]:
    work = open_work()
    try:
        yield work
    finally:
        work.session.close()


def _go_on(open_work: Callable[[], Work], work: Work, reached: int, tally: Tally) -> int | None:
    """Look at the next chunk and return how far that came; nothing when there is no child left."""
    row = queries.watermark(work, JOB)
    if row is not None and row.day == work.today:
        if row.done_at is not None:  # another run came to the end first
            return None
        reached = max(reached, row.reached)
    chunk = people.followed_after(work, reached, CHILDREN_AT_ONCE)
    if not chunk:
        tally.climbed = climb(work)
        follow_loads(work)
        mark(work, JOB, reached, done=True)
        work.commit()
        return None
    reached = chunk[-1][0]
    child_ids = [child_id for _no, child_id in chunk]
    left = _look(work, child_ids, reached, tally)
    if left:
        _one_by_one(open_work, left, reached, tally)
    return reached


def _look(work: Work, child_ids: list[UUID], reached: int, tally: Tally) -> list[UUID]:
    """Look at one chunk together, and return who is left to be looked at alone.

    Those are children whose turn somebody else has, or all of them when the chunk fails.
    """
    try:
        ours = hold(work, child_ids, wait=False)
        changed = reassess(work, ours)
        if len(ours) == len(child_ids):
            mark(work, JOB, reached)
        work.commit()
    except Exception as error:  # noqa: BLE001 (one bad child must not stop the night for the others)
        log.warning("chunk up to %s failed: %s", reached, type(error).__name__)
        work.session.rollback()
        return child_ids
    tally.changed += changed
    tally.seen += len(ours)
    taken = set(ours)
    return [child_id for child_id in child_ids if child_id not in taken]


def _one_by_one(
    open_work: Callable[[], Work], child_ids: list[UUID], reached: int, tally: Tally
) -> None:
    for child_id in child_ids:
        with _opened(open_work) as work:
            try:
                tally.changed += reassess(work, [child_id])
                work.commit()
            except Exception as error:  # noqa: BLE001 (named by key, counted, and the others go on)
                code = error.code if isinstance(error, Unreadable) else type(error).__name__
                log.error("child %s could not be looked at: %s", child_id, code)  # noqa: TRY400 (no values in logs)
                tally.failed.append(child_id)
            tally.seen += 1
    with _opened(open_work) as work:
        mark(work, JOB, reached)
        work.commit()
