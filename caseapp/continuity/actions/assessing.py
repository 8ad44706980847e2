"""Running the rules for children, and letting their alerts follow."""

from collections.abc import Sequence
from uuid import UUID

from caseapp.continuity import facts, queries
from caseapp.continuity.actions.turn import Turn
from caseapp.continuity.facts import Surroundings
from caseapp.continuity.models import Watermark
from caseapp.domain.continuity import assess, reconcile
from caseapp.domain.events import AccountClosed, Event, GrantRevoked, NightlyDone
from caseapp.kernel.work import Work
from caseapp.people import queries as people


def on_change(work: Work, event: Event) -> None:
    """React to whatever changes facts of a child: look at it once, when all has been written."""
    if event.child_id is not None:
        work.afterwards(_look_again, [event.child_id])


def on_family_change(work: Work, event: Event) -> None:
    """React to a change of where a child lives: brothers and sisters may be apart now, or together again."""
    if event.child_id is not None:
        work.afterwards(_look_at_family, [event.child_id])


def _look_again(work: Work, child_ids: Sequence[UUID]) -> None:
    """Put the rules behind all else that has to be done, whatever asked for them first."""
    work.afterwards(reassess, child_ids)


def _look_at_family(work: Work, child_ids: Sequence[UUID]) -> None:
    """Look also at who names these children as family, found with one statement for all that happened."""
    work.afterwards(reassess, [*child_ids, *people.naming(work, child_ids)])


def on_owner_gone(work: Work, event: AccountClosed | GrantRevoked) -> None:
    """React to somebody who stops: an alert never stays with who is not there."""
    gone = event.account_id if isinstance(event, GrantRevoked) else event.object_id
    if gone is not None:
        work.afterwards(_look_again, queries.children_owned_by(work, gone))


def reassess(work: Work, child_ids: Sequence[UUID]) -> int:
    """Run the rules for these children and let their alerts follow; return how many children changed.

    The same function serves a request, an import and the nightly look; twice changes nothing more.
    Raises Unreadable when a fact does not open: then nothing of it is saved.
    """
    known = queries.known_alerts(work, child_ids)
    files = facts.files(work, child_ids)
    verdicts = {
        child_id: reconcile(
            [one.alert for one in known.get(child_id, ()) if one.is_open],
            assess(file.dossier, work.today, work.limits),
        )
        for child_id, file in files.items()
    }
    busy = [
        child_id
        for child_id, verdict in verdicts.items()
        if not verdict.changes_nothing or any(one.is_open for one in known.get(child_id, ()))
    ]
    if not busy:
        return 0
    turn = Turn(work, Surroundings(work, {child_id: files[child_id] for child_id in busy}))
    return turn.make({child_id: verdicts[child_id] for child_id in busy}, known)


def mark(work: Work, job: str, reached: int, *, done: bool = False) -> None:
    """Keep how far a job came on this day, so that it goes on there when it is stopped."""
    row = queries.watermark(work, job)
    if row is None:
        row = Watermark(job=job, day=work.today)
        work.session.add(row)
    row.day = work.today
    row.reached = reached
    row.done_at = work.now if done else None
    if done:
        work.record(NightlyDone(on=work.today))
