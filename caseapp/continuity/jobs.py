"""The nightly look: every child is looked at again, resumable, and twice changes nothing more."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from caseapp.continuity import queries
from caseapp.continuity.actions import climb, mark, reassess
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

    Each chunk is one transaction with the mark of how far it came. A child that fails is counted and named in
    the log by its key, and the others go on. `anew` begins at the first child again.
    """
    tally = Tally()
    work = open_work()
    reached = 0 if anew else _resume(work)
    work.session.close()
    while True:
        work = open_work()
        chunk = people.followed_after(work, reached, CHILDREN_AT_ONCE)
        if not chunk:
            tally.climbed = climb(work)
            mark(work, JOB, reached, done=True)
            work.commit()
            work.session.close()
            return tally
        reached = chunk[-1][0]
        _look(open_work, work, [child_id for _no, child_id in chunk], reached, tally)
        say(tally.seen)


def _resume(work: Work) -> int:
    row = queries.watermark(work, JOB)
    if row is None or row.day != work.today or row.done_at is not None:
        return 0
    return row.reached


def _look(
    open_work: Callable[[], Work], work: Work, child_ids: list[UUID], reached: int, tally: Tally
) -> None:
    """Look at one chunk together; when that fails, at each child by itself."""
    try:
        tally.changed += reassess(work, child_ids)
        mark(work, JOB, reached)
        work.commit()
        tally.seen += len(child_ids)
    except Exception as error:  # noqa: BLE001 (one bad child must not stop the night for the others)
        log.warning("chunk up to %s failed: %s", reached, type(error).__name__)
        work.session.close()
        _one_by_one(open_work, child_ids, reached, tally)
    finally:
        work.session.close()


def _one_by_one(
    open_work: Callable[[], Work], child_ids: list[UUID], reached: int, tally: Tally
) -> None:
    for child_id in child_ids:
        work = open_work()
        try:
            tally.changed += reassess(work, [child_id])
            work.commit()
        except Exception as error:  # noqa: BLE001 (named by key, counted, and the others go on)
            code = error.code if isinstance(error, Unreadable) else type(error).__name__
            log.error("child %s could not be looked at: %s", child_id, code)  # noqa: TRY400 (no values in logs)
            tally.failed.append(child_id)
        finally:
            tally.seen += 1
            work.session.close()
    work = open_work()
    mark(work, JOB, reached)
    work.commit()
    work.session.close()
