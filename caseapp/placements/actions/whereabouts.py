"""Where a child is when it is not where it lives: nothing closes by it, its place and its care stay.

Every action first takes the lock of the child, then looks whether the period can be; the constraint
of the database is the last guard. Raises PeriodError (caseapp/domain/periods.py) when it cannot be.
"""

from dataclasses import replace
from datetime import date
from uuid import UUID

from caseapp.domain.codes import WhereaboutsState
from caseapp.domain.events import WhereaboutsCorrected, WhereaboutsRecorded
from caseapp.domain.intents.placements import Found, WhereaboutsDetails
from caseapp.domain.periods import EndsBeforeStartError, refuse_clash
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.placements import queries
from caseapp.placements.models import Whereabouts, WhereaboutsFacts


class NotYetError(ValueError):
    """Something is said to have happened on a day that has not come yet."""


class NotMissingError(ValueError):
    """A report to the police, or coming back, is about a time that is over, or was never one missing."""


def record_whereabouts(work: Work, child_id: UUID, said: WhereaboutsDetails) -> Whereabouts:
    """Write down that a child is missing or elsewhere; its stay goes on. Raises PeriodError."""
    no = people.lock(work, child_id)
    refuse_clash(said.from_on, said.to_on, queries.whereabouts(work, child_id))
    return _begin(work, child_id, no, said)


def correct_whereabouts(
    work: Work, row: Whereabouts, version: int, said: WhereaboutsDetails
) -> None:
    """Correct or end a record of where a child was; raises PeriodError, LostRaceError."""
    people.lock(work, row.child_id)
    others = [one for one in queries.whereabouts(work, row.child_id) if one.id != row.id]
    refuse_clash(said.from_on, said.to_on, others)
    changed = work.revise(
        row,
        version,
        state=said.state.value,
        from_on=said.from_on,
        to_on=said.to_on,
        facts=WhereaboutsFacts(said.police_report_on, said.note),
    )
    if changed:
        work.record(WhereaboutsCorrected(object_id=row.id, child_id=row.child_id, fields=changed))


def report_to_police(work: Work, row: Whereabouts, version: int, on: date) -> None:
    """Write down when the police was told that the child is missing.

    Raises NotMissingError, NotYetError, EndsBeforeStartError, LostRaceError.
    """
    if row.state != WhereaboutsState.MISSING:
        raise NotMissingError
    if on > work.today:
        raise NotYetError
    if on < row.from_on:
        raise EndsBeforeStartError
    if work.revise(row, version, facts=replace(row.facts, police_report_on=on)):
        work.record(
            WhereaboutsCorrected(object_id=row.id, child_id=row.child_id, fields=("facts",))
        )


def come_back(work: Work, row: Whereabouts, version: int, said: Found) -> Whereabouts | None:
    """End a time away: the child is back at its place, or known to be elsewhere from that day on.

    Returns the time that begins. Raises NotMissingError, NotYetError, PeriodError, LostRaceError.
    """
    if row.to_on is not None:
        raise NotMissingError
    if said.on > work.today:
        raise NotYetError
    no = people.lock(work, row.child_id)
    others = [one for one in queries.whereabouts(work, row.child_id) if one.id != row.id]
    refuse_clash(row.from_on, said.on, others)
    if work.revise(row, version, to_on=said.on):
        work.record(
            WhereaboutsCorrected(object_id=row.id, child_id=row.child_id, fields=("to_on",))
        )
    if said.state is None:
        return None
    work.flush()
    details = WhereaboutsDetails(said.state, said.on, note=said.note)
    return _begin(work, row.child_id, no, details)


def _begin(work: Work, child_id: UUID, no: int, said: WhereaboutsDetails) -> Whereabouts:
    row = Whereabouts(
        id=new_id(),
        child_id=child_id,
        child_no=no,
        state=said.state.value,
        from_on=said.from_on,
        to_on=said.to_on,
    )
    work.add(row, facts=WhereaboutsFacts(said.police_report_on, said.note))
    work.record(WhereaboutsRecorded(object_id=row.id, child_id=child_id))
    return row
