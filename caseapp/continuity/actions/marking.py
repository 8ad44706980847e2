"""How far a job came on a day: one row a job, locked by who goes on, so that two share the work."""

from caseapp.continuity import queries
from caseapp.continuity.models import Watermark
from caseapp.domain.events import NightlyDone
from caseapp.kernel.bulk import insert_new
from caseapp.kernel.work import Work


def begin(work: Work, job: str, *, anew: bool = False) -> None:
    """Let a job go on where it was stopped today; on another day, or when it was done, it begins anew."""
    insert_new(work, Watermark, [{"job": job, "day": work.today, "reached": 0}])
    row = queries.watermark(work, job)
    if row is not None and (anew or row.day != work.today or row.done_at is not None):
        row.day, row.reached, row.done_at = work.today, 0, None


def mark(work: Work, job: str, reached: int, *, done: bool = False) -> None:
    """Keep how far a job came on this day; never less far, and nothing when another day began meanwhile."""
    row = queries.watermark(work, job)
    if row is None or row.day != work.today:
        return
    row.reached = max(row.reached, reached)
    if done:
        row.done_at = work.now
        work.record(NightlyDone(on=work.today))
