"""The facts as they would be: the same dossier with a move planned, with it done, and without it.

Nothing else is mended: what is on paper stays on paper, and what was planned before comes true.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from caseapp.domain.calendar import covers
from caseapp.domain.codes import MoveReason, Operator, PlacementKind, Region, TransferStatus
from caseapp.domain.facts import CareLine, Dossier, FamilyMember, Placement, Transfer

THOUGHT_OF: Final = "impact"
"""The id of a move that is not on record, and of the stay that it would begin."""
NOWHERE: Final = "-"


@dataclass(frozen=True, slots=True)
class Destination:
    """A place where a child could go, as far as the rules need it; `location` is its name."""

    location: str
    kind: PlacementKind
    municipality: str
    region: Region
    group_size: int | None = None
    operator: Operator | None = None


@dataclass(frozen=True, slots=True)
class Intended:
    """A move that is on record as planned, or only thought of."""

    to: Destination
    on: date
    announced_on: date
    transfer_id: str = THOUGHT_OF
    reason: MoveReason | None = None
    term_time_reason: str | None = None
    along: frozenset[str] = frozenset()
    """The family members, by their `ref`, who move to the same place with the child."""


def unmoved(dossier: Dossier, move: Intended) -> Dossier:
    """Return the facts as if nobody had thought of this move."""
    others = tuple(one for one in dossier.transfers if one.id != move.transfer_id)
    return replace(dossier, transfers=others)


def planned(dossier: Dossier, move: Intended) -> Dossier:
    """Return the facts with this move planned; one that is on record keeps its handover."""
    known = next((one for one in dossier.transfers if one.id == move.transfer_id), None)
    without = unmoved(dossier, move)
    there = _transfer(dossier, move)
    if known is not None:
        there = replace(there, handover=known.handover)
    return replace(without, transfers=(*without.transfers, there))


def arrived(dossier: Dossier, move: Intended, on: date) -> Dossier:
    """Return the facts with this move done on a day: the stay turned over, who moves along is there too."""
    with_plan = planned(dossier, move)
    done = tuple(
        replace(one, status=TransferStatus.ARRIVED, arrived_on=on)
        if one.id == move.transfer_id
        else one
        for one in with_plan.transfers
    )
    return replace(
        with_plan,
        transfers=done,
        placements=(*_until(dossier.placements, on), _stay(move, on)),
        family_members=tuple(_family(dossier.family_members, move, on)),
    )


def lived_on(dossier: Dossier, today: date, until: date) -> Dossier:
    """Return the facts as they come true by themselves: appointments before a day were kept."""
    return replace(dossier, care=tuple(_kept(line, today, until) for line in dossier.care))


def _transfer(dossier: Dossier, move: Intended) -> Transfer:
    return Transfer(
        id=move.transfer_id,
        from_location=_left(dossier.placements, move.on),
        to_location=move.to.location,
        announced_on=move.announced_on,
        planned_on=move.on,
        status=TransferStatus.PLANNED,
        reason=move.reason,
        term_time_reason=move.term_time_reason,
    )


def _left(placements: Iterable[Placement], on: date) -> str:
    """Return the place that the child leaves: that of the eve, else the last before it."""
    before = sorted((p for p in placements if p.start < on), key=lambda p: (p.start, p.id))
    return before[-1].location if before else NOWHERE


def _until(placements: Iterable[Placement], on: date) -> Iterator[Placement]:
    """Yield the stays with the one that goes on at a day ended on it; a later one gives way."""
    for stay in placements:
        if stay.start > on:
            continue
        yield replace(stay, end=on) if covers(stay.start, stay.end, on) else stay


def _stay(move: Intended, on: date) -> Placement:
    return Placement(
        id=THOUGHT_OF,
        location=move.to.location,
        kind=move.to.kind,
        municipality=move.to.municipality,
        region=move.to.region,
        start=on,
        operator=move.to.operator,
        group_size=move.to.group_size,
        reason=move.reason,
    )


def _family(members: Iterable[FamilyMember], move: Intended, on: date) -> Iterator[FamilyMember]:
    for member in members:
        if member.ref in move.along:
            yield replace(member, location=move.to.location, location_since=on)
        else:
            yield member


def _kept(line: CareLine, today: date, until: date) -> CareLine:
    coming = line.next_contact_on
    if coming is None or not today <= coming < until:
        return line
    return replace(line, contacts_on=(*line.contacts_on, coming))
