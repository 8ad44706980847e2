"""The people round children: who owns an alert, and who is told of it (rules.md 4)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.continuity.facts.gathering import Ends, File
from caseapp.domain.reach import Stay
from caseapp.domain.recipients import NOWHERE, Around, Place
from caseapp.kernel.work import Work
from caseapp.reference import queries as reference

Spot: TypeAlias = tuple[UUID | None, str | None]
"""A location, or for a family its region alone."""


class Surroundings:
    """The people round each of these children, read with two statements for all of them."""

    def __init__(self, work: Work, files: Mapping[UUID, File]) -> None:
        self._files = files
        self._around: dict[UUID, Around] = {}
        self._spots = {key: _two_places(file.stays, work.today) for key, file in files.items()}
        here = [spot[0] for pair in self._spots.values() for spot in pair if spot is not None]
        ends = [end for file in files.values() for pair in file.ends.values() for end in pair]
        self._locations = reference.locations_of(work, [*here, *ends])
        named = [who for file in files.values() for who in (file.baton, file.worker) if who]
        self._staff = accounts.staff(work, named, self._locations)

    def of(self, child_id: UUID) -> Around:
        """Return the people round a child: who is responsible, who is guardian, here and before."""
        if child_id not in self._around:
            self._around[child_id] = self._look_around(child_id)
        return self._around[child_id]

    def _look_around(self, child_id: UUID) -> Around:
        file = self._files[child_id]
        here, before = self._spots[child_id]
        return Around(
            responsible=self._staff.if_there(file.baton),
            guardian=self._staff.if_there(file.worker),
            here=self._place(here),
            before=self._place(before),
            coordinators=self._staff.coordinators,
        )

    def on_the_way(self, child_id: UUID, transfer_id: UUID) -> Around:
        """Return the people round a child for an alert about one transfer: with both of its ends."""
        around = self.of(child_id)
        ends: Ends | None = self._files[child_id].ends.get(transfer_id)
        if ends is None:
            return around
        sending, receiving = (self._place((end, None)) if end else NOWHERE for end in ends)
        return replace(around, sending=sending, receiving=receiving)

    def _place(self, spot: Spot | None) -> Place:
        if spot is None:
            return NOWHERE
        location = self._locations.get(spot[0]) if spot[0] else None
        if location is None:
            return Place(None, spot[1])
        here: Collection[UUID] = self._staff.cpks.get(location.id, ())
        named = location.contact_account_id
        contact = named if named in self._staff.at_a_place else next(iter(here), None)
        return Place(location.id, location.region, tuple(here), contact)


def _two_places(stays: Sequence[Stay], today: date) -> tuple[Spot | None, Spot | None]:
    """Return where a child lives (or lived last), and where it lived before that."""
    ordered = sorted((s for s in stays if s.start <= today), key=lambda s: (s.start, s.end is None))
    if not ordered:
        return None, None
    here = ordered[-1]
    before = next((s for s in reversed(ordered) if s.location_id != here.location_id), None)
    return (here.location_id, here.region), (before.location_id, before.region) if before else None
