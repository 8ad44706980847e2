"""Opening a file of the reporting code, writing its parts, and telling when a clock ran out.

Raises SafetyRefusedError when something cannot be written, LostRaceError when somebody else was first.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from caseapp.domain.events import ProtectionClockRan, ProtectionFileOpened, ProtectionPartWritten
from caseapp.domain.safety import (
    Part,
    Refusal,
    SafetyRefusedError,
    Written,
    clocks,
    present,
    refuse,
)
from caseapp.kernel.db import new_id
from caseapp.kernel.work import LostRaceError, Work
from caseapp.safety import queries
from caseapp.safety.models import ProtectionAlert, ProtectionEntry, ProtectionFile, RunOut


def open_file(work: Work, child_id: UUID, signs: Written) -> ProtectionFile:
    """Open a file about a child that lives at an own location, with its first step."""
    place = queries.place_of(work, child_id)
    if place is None:
        raise LookupError(child_id)
    if queries.open_file_of(work, child_id, place) is not None:
        raise SafetyRefusedError(Refusal.HAS_OPEN_FILE)
    refuse({}, signs, work.today)
    row = ProtectionFile(id=new_id(), child_id=child_id, location_id=place, opened_at=work.now)
    work.add(row)
    try:
        work.flush()
    except IntegrityError:
        work.undo()
        raise LostRaceError from None
    _add(work, row, signs)
    work.record(ProtectionFileOpened(object_id=row.id))
    look(work, row)
    return row


def write(work: Work, row: ProtectionFile, version: int | None, new: Written) -> None:
    """Write a part, or write it again: what stood there stays in the file."""
    parts = _parts(work, row)
    refuse(parts, new, work.today)
    if version is not None and row.version != version:
        raise LostRaceError
    row.closed_on = new.on if new.part is Part.CLOSE else None
    row.recorded_at, row.recorded_by = work.now, work.actor.account_id
    flag_modified(row, "recorded_at")  # a version more, also at the same moment
    work.flush()
    _add(work, row, new)
    work.record(ProtectionPartWritten(object_id=row.id, fields=(new.part.value,)))
    look(work, row)


def _add(work: Work, row: ProtectionFile, new: Written) -> None:
    entry = ProtectionEntry(
        id=new_id(),
        child_id=row.child_id,
        file_id=row.id,
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
    work.add(entry, said=new)
    work.flush()


def _parts(work: Work, row: ProtectionFile) -> dict[Part, Written]:
    """Return what a file says; raises Unreadable, for on what cannot be read nothing is built."""
    return present(one.said for one in queries.entries(work, [row.id]).get(row.id, ()))


def look(work: Work, row: ProtectionFile) -> None:
    """Work the clocks of a file out anew, and tell at once of those that have run out."""
    wanted = {(one.clause, one.severity, one.from_on) for one in clocks(_parts(work, row))}
    for alert in queries.alerts(work, row.id):
        key = (alert.facts.clause, alert.facts.severity, alert.from_on)
        if key in wanted:
            wanted.remove(key)
        else:
            alert.ended_at = work.now
    for clause, severity, on in sorted(wanted):
        alert = ProtectionAlert(
            id=new_id(), child_id=row.child_id, file_id=row.id, from_on=on, told_at=None
        )
        work.add(alert, facts=RunOut(clause, severity))
    work.flush()
    _tell(work, [(one, row.location_id) for one in queries.alerts(work, row.id)])


def watch(work: Work) -> int:
    """Tell the protection leads of every clock that ran out, once; return how many.

    It opens no file: the day is all that the night knows.
    """
    return _tell(work, queries.run_out(work, work.today))


def _tell(work: Work, found: Iterable[tuple[ProtectionAlert, UUID]]) -> int:
    ran = [one for one in found if one[0].told_at is None and one[0].from_on <= work.today]
    who = queries.leads(work, {place for _alert, place in ran}) if ran else {}
    for alert, place in ran:
        alert.told_at = work.now
        work.flush()
        times = queries.times_told(work, alert.file_id)
        told = who.get(place, ())
        work.record(ProtectionClockRan(object_id=alert.file_id, spell=times, told=told))
    return len(ran)
