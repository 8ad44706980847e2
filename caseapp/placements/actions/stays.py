"""Recording where a child lives; what was there before a correction stays readable.

Every action first takes the lock of the child, then looks whether the period can be; the constraint
of the database is the last guard. Raises PeriodError (caseapp/domain/periods.py) when it cannot be.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import update

from caseapp.domain.events import (
    PlacementCorrected,
    PlacementEnded,
    PlacementRecorded,
    TransferArrived,
)
from caseapp.domain.intents.placements import StayDetails
from caseapp.domain.periods import OverlapError, refuse_clash
from caseapp.kernel.bulk import among
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.placements import queries
from caseapp.placements.models import Placement, PlacementFacts
from caseapp.reference import queries as reference


class NoPlaceError(ValueError):
    """A stay names no location that we know, and no other place either."""


def record_stay(work: Work, child_id: UUID, said: StayDetails) -> Placement:
    """Write down a stay, now or earlier; raises PeriodError, NoPlaceError."""
    no = people.lock(work, child_id)
    refuse_clash(said.from_on, said.to_on, queries.stays(work, child_id))
    row = Placement(
        id=new_id(), child_id=child_id, child_no=no, from_on=said.from_on, to_on=said.to_on
    )
    for name, value in _place_of(work, said).items():
        setattr(row, name, value)
    work.add(row, facts=_facts_of(said))
    work.record(PlacementRecorded(object_id=row.id, child_id=child_id))
    return row


def correct_stay(work: Work, row: Placement, version: int, said: StayDetails) -> None:
    """Correct days, place or reason of a stay; kind and group of the place change only with the place.

    Raises PeriodError, NoPlaceError, and LostRaceError when somebody else was first.
    """
    people.lock(work, row.child_id)
    others = [other for other in queries.stays(work, row.child_id) if other.id != row.id]
    refuse_clash(said.from_on, said.to_on, others)
    same = said.location_id is not None and said.location_id == row.location_id
    place = {} if same else _place_of(work, said)
    changed = work.revise(
        row, version, from_on=said.from_on, to_on=said.to_on, facts=_facts_of(said), **place
    )
    if changed:
        work.record(PlacementCorrected(object_id=row.id, child_id=row.child_id, fields=changed))


def end_stay(work: Work, row: Placement, version: int, on: date) -> None:
    """End a stay without a next one; raises PeriodError, LostRaceError."""
    people.lock(work, row.child_id)
    others = [other for other in queries.stays(work, row.child_id) if other.id != row.id]
    refuse_clash(row.from_on, on, others)
    if work.revise(row, version, to_on=on):
        work.record(PlacementEnded(object_id=row.id, child_id=row.child_id, fields=("to_on",)))


def begin_on(work: Work, row: Placement, on: date) -> None:
    """Let the last stay of a child begin on another day; the one from which it came ends with that.

    Raises OverlapError when the stay before it began later than that day.
    """
    people.lock(work, row.child_id)
    changes: list[tuple[Placement, dict[str, date]]] = [(row, {"from_on": on})]
    others = [one for one in queries.stays(work, row.child_id) if one.id != row.id]
    before = others[-1] if others else None
    if before is not None and before.from_on > on:
        raise OverlapError(before.from_on, before.to_on)
    if before is not None and (before.to_on == row.from_on or _reaches(before, on)):
        # What becomes shorter goes first: the database sees no overlap.
        changes.insert(0 if on < row.from_on else 1, (before, {"to_on": on}))
    for stay, values in changes:
        changed = work.revise(stay, **values)
        work.flush()
        if changed:
            work.record(
                PlacementCorrected(object_id=stay.id, child_id=stay.child_id, fields=changed)
            )


def follow_region(work: Work, location_id: UUID) -> list[UUID]:
    """Give stays at a location its present region, and return whose they are.

    Who may see a child goes by region, so a location that changes region takes its children along.
    """
    place = reference.location(work, location_id)
    if place is None:
        return []
    stays = update(Placement).where(
        Placement.location_id == location_id, Placement.region != place.region
    )
    changed = work.session.scalars(
        stays.values(region=place.region)
        .returning(Placement.child_id)
        .execution_options(synchronize_session=False)
    )
    return list(dict.fromkeys(changed.all()))


def learn_group(work: Work, location_id: UUID) -> list[UUID]:
    """Give stays at a location that go on the size of its group where it lacked, and return whose they are.

    A size that was copied stays as it is: only what nobody knew is filled in.
    """
    place = reference.location(work, location_id)
    if place is None or place.group_size is None:
        return []
    stays = update(Placement).where(
        Placement.location_id == location_id,
        Placement.group_size.is_(None),
        Placement.to_on.is_(None),
    )
    changed = work.session.scalars(
        stays.values(group_size=place.group_size)
        .returning(Placement.child_id)
        .execution_options(synchronize_session=False)
    )
    return list(dict.fromkeys(changed.all()))


def forget_group(work: Work, stay_ids: Sequence[UUID]) -> list[UUID]:
    """Let stays lack the size of their group again, at most AT_ONCE of them, and return whose they are."""
    stays = update(Placement).where(
        among(work, Placement.id, stay_ids), Placement.group_size.is_not(None)
    )
    changed = work.session.scalars(
        stays.values(group_size=None)
        .returning(Placement.child_id)
        .execution_options(synchronize_session=False)
    )
    return list(dict.fromkeys(changed.all()))


def turn_over(work: Work, event: TransferArrived) -> None:
    """End the present stay on the day of arrival and begin the next, as a reaction; raises OverlapError."""
    if event.child_id is None or event.to_location_id is None or not event.turns_over:
        return
    no = people.lock(work, event.child_id)
    last = queries.latest_stay(work, event.child_id)
    if last is not None:
        _make_room(work, last, event.on)
    place = reference.location(work, event.to_location_id)
    if place is None:
        raise NoPlaceError
    row = Placement(
        id=new_id(),
        child_id=event.child_id,
        child_no=no,
        location_id=place.id,
        kind=place.kind,
        operator=place.operator,
        municipality=place.municipality,
        region=place.region,
        group_size=place.group_size,
        from_on=event.on,
        transfer_id=event.object_id,
    )
    work.add(row, facts=PlacementFacts(reason=event.reason))
    work.record(PlacementRecorded(object_id=row.id, child_id=event.child_id))


def _reaches(stay: Placement, on: date) -> bool:
    return stay.to_on is None or stay.to_on > on


def _make_room(work: Work, last: Placement, on: date) -> None:
    """End the last stay on a day, before the next is added: the database sees no overlap."""
    if last.from_on > on:
        raise OverlapError(last.from_on, last.to_on)
    if _reaches(last, on):
        work.revise(last, to_on=on)
        work.flush()
        work.record(
            PlacementCorrected(object_id=last.id, child_id=last.child_id, fields=("to_on",))
        )


def _place_of(work: Work, said: StayDetails) -> dict[str, Any]:
    """Return what is kept of the place: copied, so that a location that changes rewrites no history."""
    place: Any = said.place
    if said.location_id is not None:
        place = reference.location(work, said.location_id)
    if place is None:
        raise NoPlaceError
    copied = ("kind", "operator", "municipality", "region", "group_size")
    return {"location_id": said.location_id} | {name: getattr(place, name) for name in copied}


def _facts_of(said: StayDetails) -> PlacementFacts:
    name = said.place.name if said.place is not None and said.location_id is None else None
    return PlacementFacts(reason=said.reason.value if said.reason else None, place_name=name)
