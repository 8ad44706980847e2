"""Running the rules for children, and letting their alerts follow."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from caseapp.continuity import facts, queries
from caseapp.continuity.actions.lacking import keep_gaps
from caseapp.continuity.actions.promising import promise
from caseapp.continuity.actions.turn import Turn
from caseapp.continuity.actions.turns import hold
from caseapp.continuity.facts import File, Surroundings
from caseapp.domain.case import Case
from caseapp.domain.continuity import found_in, reconcile
from caseapp.domain.events import AccountClosed, Event, GrantRevoked
from caseapp.domain.gaps import Gap, Lack, gaps
from caseapp.domain.limits import LimitBook
from caseapp.domain.rules.rule import Finding
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


def look_at_lacking(work: Work, fact: Lack, child_ids: Sequence[UUID]) -> None:
    """Look again at those of many children who lacked a fact that is known now."""
    known = queries.known_gaps(work, child_ids)
    lacked = [child_id for child_id, gaps in known.items() if any(gap[0] == fact for gap in gaps)]
    work.afterwards(_look_again, lacked)


def on_owner_gone(work: Work, event: AccountClosed | GrantRevoked) -> None:
    """React to somebody who stops: an alert never stays with who is not there."""
    gone = event.account_id if isinstance(event, GrantRevoked) else event.object_id
    if gone is not None:
        work.afterwards(_look_again, queries.children_owned_by(work, gone))


def reassess(work: Work, child_ids: Sequence[UUID]) -> int:
    """Run the rules for these children and let their alerts follow; return how many children changed.

    What is missing for the rules is noted besides. The same function serves a request, an import and the
    nightly look; twice changes nothing more, and two at once take turns. Raises Unreadable when a fact does
    not open: then nothing of it is saved.
    """
    hold(work, child_ids)
    known = queries.known_alerts(work, child_ids)
    files = facts.files(work, child_ids)
    late = promise(work, files)
    files |= facts.files(work, list(late)) if late else {}
    found = {child_id: _look(file, work.today, work.limits) for child_id, file in files.items()}
    keep_gaps(work, {child_id: lacking for child_id, (_said, lacking) in found.items()})
    verdicts = {
        child_id: reconcile([one.alert for one in known.get(child_id, ())], findings, work.today)
        for child_id, (findings, _lacking) in found.items()
    }
    busy = [
        child_id
        for child_id, verdict in verdicts.items()
        if not verdict.changes_nothing or any(one.alert.is_open for one in known.get(child_id, ()))
    ]
    if not busy:
        return 0
    turn = Turn(work, Surroundings(work, {child_id: files[child_id] for child_id in busy}))
    return turn.make({child_id: verdicts[child_id] for child_id in busy}, known)


def _look(file: File, today: date, limits: LimitBook) -> tuple[Sequence[Finding], Sequence[Gap]]:
    """Return what the rules find about a child, and which of them are silent because a fact is missing."""
    case = Case(file.dossier, today)
    findings = found_in(case, limits)
    return findings, gaps(case, file.dossier, limits, findings, file.beside)
