"""What moves would do to children: gathered for all at once, then worked out by the pure rules."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.continuity.facts.gathering import File, files
from caseapp.domain.codes import MoveReason, Operator, PlacementKind, Region
from caseapp.domain.confidential import hidden_name
from caseapp.domain.impact import (
    THOUGHT_OF,
    Alternative,
    Destination,
    Impact,
    Intended,
    impact_of,
    ranked,
)
from caseapp.kernel.seals import Unreadable
from caseapp.kernel.work import Work
from caseapp.moves import queries as moves
from caseapp.reference import queries as reference

if TYPE_CHECKING:
    from caseapp.moves.models import Transfer
    from caseapp.reference.models import Location


@dataclass(frozen=True, slots=True)
class Going:
    """A move of a child to look at beforehand: one on record, or one that is only thought of."""

    child_id: UUID
    to_location_id: UUID
    on: date
    announced_on: date
    transfer_id: UUID | None = None
    reason: MoveReason | None = None
    term_time_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """A look ahead: the move, what it would do, and what of it the handover has settled already."""

    going: Going
    file: File
    impact: Impact
    settled: frozenset[str] = frozenset()
    """What the handover is clear about, by source (domain/promises.py): "care:<line>", "school:<record>"."""


def of_transfer(row: "Transfer") -> Going | None:
    """Return a move on record as one to look at; None when it goes to no location of ours."""
    if row.to_location_id is None:
        return None
    facts = row.facts
    return Going(
        child_id=row.child_id,
        to_location_id=row.to_location_id,
        on=row.planned_on,
        announced_on=row.announced_on,
        transfer_id=row.id,
        reason=MoveReason(facts.reason) if facts.reason else None,
        term_time_reason=facts.term_time_reason,
    )


def look_ahead(work: Work, goings: Sequence[Going]) -> dict[UUID, Ahead]:
    """Return what each of these moves would do, by child; who goes to the same place moves along.

    A handful of statements for all of them. Raises Unreadable.
    """
    known = files(work, [one.child_id for one in goings])
    places = _destinations(work, [one.to_location_id for one in goings])
    where = _where_all_go(work, goings, known.values())
    found = {}
    for going in goings:
        file = known.get(going.child_id)
        place = places.get(going.to_location_id)
        if file is None or place is None:
            continue
        move = _intended(going, place, _along(file, going.to_location_id, where))
        impact = impact_of(file.dossier, move, work.today, work.limits)
        found[going.child_id] = Ahead(going, file, impact, _settled(file, going.transfer_id))
    return found


def look_as_far_as_readable(work: Work, goings: Sequence[Going]) -> dict[UUID, Ahead]:
    """Return the same, without the children of whom a fact does not open; the trail keeps which it was."""
    try:
        return look_ahead(work, goings)
    except Unreadable:
        found: dict[UUID, Ahead] = {}
        for going in goings:
            with suppress(Unreadable):
                found |= look_ahead(work, [going])
        return found


def other_places(work: Work, ahead: Ahead) -> list[Alternative]:
    """Return the open locations where the same move would do less harm, the least first."""
    places = [destination(one) for one in reference.locations(work, open_only=True)]
    return ranked(ahead.file.dossier, ahead.impact, places, work.today, work.limits)


def destination(place: "Location") -> Destination:
    """Return a location as the rules see it."""
    return Destination(
        location=hidden_name(place.id) if place.confidential else place.name,
        kind=PlacementKind(place.kind),
        municipality=place.municipality,
        region=Region(place.region),
        group_size=place.group_size,
        operator=Operator(place.operator),
    )


def _destinations(work: Work, location_ids: Iterable[UUID]) -> dict[UUID, Destination]:
    rows = reference.locations_of(work, list(location_ids))
    return {key: destination(row) for key, row in rows.items()}


def _where_all_go(
    work: Work, goings: Sequence[Going], known: Collection[File]
) -> Mapping[UUID, frozenset[UUID]]:
    """Return to which locations children and their families go, by child, by these moves or by others."""
    family = {other for file in known for other in file.links.values()}
    found = {one.child_id: {one.to_location_id} for one in goings}
    for child_id, rows in moves.planned(work, sorted(family - found.keys())).items():
        found[child_id] = {row.to_location_id for row in rows if row.to_location_id}
    return {child_id: frozenset(places) for child_id, places in found.items()}


def _along(file: File, location_id: UUID, where: Mapping[UUID, frozenset[UUID]]) -> frozenset[str]:
    return frozenset(
        ref for ref, child_id in file.links.items() if location_id in where.get(child_id, ())
    )


def _intended(going: Going, place: Destination, along: frozenset[str]) -> Intended:
    move = Intended(
        to=place,
        on=going.on,
        announced_on=going.announced_on,
        reason=going.reason,
        term_time_reason=going.term_time_reason,
        along=along,
    )
    key = str(going.transfer_id) if going.transfer_id else THOUGHT_OF
    return replace(move, transfer_id=key)


def _settled(file: File, transfer_id: UUID | None) -> frozenset[str]:
    handed = file.handed.get(transfer_id) if transfer_id else None
    if handed is None:
        return frozenset()
    return frozenset(one.said.source for one in handed.kept if one.settled and not one.withdrawn)
