"""Locations, lines of care and school records from the rows of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from caseapp.care import actions as care
from caseapp.care import queries as care_of
from caseapp.domain import codes, facts
from caseapp.domain.events import CareRecorded, SchoolRecorded
from caseapp.domain.incoming import Incoming
from caseapp.domain.intents.reference import LocationDetails
from caseapp.domain.lists import intents as i
from caseapp.exchange.queries import Snapshot
from caseapp.kernel.db import new_id
from caseapp.kernel.work import LostRaceError, Work
from caseapp.moves import actions as moves
from caseapp.moves import queries as moves_of
from caseapp.placements import actions as placements
from caseapp.placements import queries as placements_of
from caseapp.reference import actions as reference
from caseapp.reference import queries as places
from caseapp.schooling import actions as schooling
from caseapp.schooling import queries as schooling_of

_KNOWN_ALREADY: Final = facts.Child(
    ref="",
    v_number="",
    given_names="",
    birth=facts.Birth(date.min, codes.Precision.DAY, codes.BirthStatus.DECLARED),
    unaccompanied=False,
)
"""Stands where a document has its child: the records of a list belong to one that we know."""

_LOCATION_CODES: Final[Mapping[str, Any]] = {
    "kind": codes.PlacementKind,
    "operator": codes.Operator,
    "region": codes.Region,
}

_SCHOOL_NAMES: Final = {"end": "to"}
"""Fields that a school record keeps by another name than a list."""


def add_locations(work: Work, snapshot: Snapshot, said: Sequence[i.AddLocation]) -> None:
    """Write down locations."""
    names = [field.name for field in fields(i.AddLocation) if field.name != "row"]
    for one in said:
        reference.record_location(
            work, LocationDetails(**{name: getattr(one, name) for name in names})
        )


def change_locations(work: Work, snapshot: Snapshot, said: Sequence[i.ChangeLocation]) -> None:
    """Correct locations; the stays at them keep what was true when they began."""
    for one in said:
        row = places.by_code(work, one.code)
        if row is None:
            raise LostRaceError
        known = {field.name: getattr(row, field.name) for field in fields(LocationDetails)}
        known |= one.changes
        for name, code in _LOCATION_CODES.items():
            known[name] = code(known[name])
        reference.correct_location(work, row, row.version, LocationDetails(**known))


def correct_stays(work: Work, snapshot: Snapshot, said: Sequence[i.CorrectStay]) -> None:
    """Correct the first day of the stay that a child has now; the stay before it ends with that.

    So does the move with which it came: it arrived on that day.
    """
    for one in said:
        row = placements_of.latest_stay(work, snapshot.keys[one.v_number])
        if row is None:
            raise LostRaceError
        placements.begin_on(work, row, one.since)
        came = moves_of.transfer(work, row.child_id, row.transfer_id) if row.transfer_id else None
        if came is not None:
            moves.correct_arrival(work, came, one.since)


def add_care(work: Work, snapshot: Snapshot, said: Sequence[i.AddCare]) -> None:
    """Write down lines of care, with the day on which the child was seen."""
    incoming = [_incoming(snapshot, one, care=(_line(one),)) for one in said]
    care.take_in(work, incoming)
    for one in incoming:
        (line,) = one.dossier.care
        work.record(
            CareRecorded(object_id=UUID(line.id), child_id=one.child_id, fields=_filled(line))
        )


def _line(said: i.AddCare) -> facts.CareLine:
    return facts.CareLine(
        id=str(new_id()),
        kind=said.kind,
        place_bound=said.place_bound,
        referred_on=said.referred_on,
        provider=said.provider,
        intake_on=said.intake_on,
        started_on=said.started_on,
        ended_on=said.ended_on,
        contacts_on=(said.contact_on,) if said.contact_on else (),
        next_contact_on=said.next_contact_on,
        medication_until=said.medication_until,
    )


def change_care(work: Work, snapshot: Snapshot, said: Sequence[i.ChangeCare]) -> None:
    """Write down what a list tells anew of lines of care."""
    for one in said:
        row = care_of.line(work, snapshot.keys[one.v_number], UUID(one.ref))
        if row is None:
            raise LostRaceError
        care.follow_list(work, row, one.changes, one.contact_on)


def add_school(work: Work, snapshot: Snapshot, said: Sequence[i.AddSchool]) -> None:
    """Write down school records; without a municipality that of the school on our list with this BRIN."""
    towns = {row.brin: row.municipality for row in places.schools(work) if row.brin}
    incoming = [_incoming(snapshot, one, school=(_record(one, towns),)) for one in said]
    schooling.take_in(work, incoming)
    for one in incoming:
        (record,) = one.dossier.school
        work.record(
            SchoolRecorded(object_id=UUID(record.id), child_id=one.child_id, fields=_filled(record))
        )


def _record(said: i.AddSchool, towns: Mapping[str, str | None]) -> facts.SchoolRecord:
    return facts.SchoolRecord(
        id=str(new_id()),
        type=said.type,
        name=said.name,
        brin=said.brin,
        municipality=said.municipality or (towns.get(said.brin) if said.brin else None),
        waiting_list_since=said.waiting_list_since,
        enrolled_on=said.enrolled_on,
        attending_from=said.attending_from,
        end=said.end,
        hours_per_week=said.hours_per_week,
    )


def change_school(work: Work, snapshot: Snapshot, said: Sequence[i.ChangeSchool]) -> None:
    """Write down what a list tells anew of school records."""
    for one in said:
        row = schooling_of.record(work, snapshot.keys[one.v_number], UUID(one.ref))
        if row is None:
            raise LostRaceError
        told = {_SCHOOL_NAMES.get(name, name): value for name, value in one.changes.items()}
        schooling.follow_list(work, row, told)


def _incoming(snapshot: Snapshot, said: i.AddCare | i.AddSchool, **records: Any) -> Incoming:
    """Return records of a child that we know as a part of a document, for the doors that take many."""
    dossier = replace(facts.Dossier(_KNOWN_ALREADY), **records)
    return Incoming(snapshot.keys[said.v_number], 0, dossier)


def _filled(record: facts.CareLine | facts.SchoolRecord) -> tuple[str, ...]:
    """Return the names of what a record says, for the trail."""
    told = ((field.name, getattr(record, field.name)) for field in fields(record))
    return tuple(name for name, value in told if name != "id" and value not in (None, ()))
