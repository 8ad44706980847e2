"""What has to be known to compare a list."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from uuid import UUID

from caseapp.care import facts as care
from caseapp.domain import facts as domain
from caseapp.domain import reach
from caseapp.domain.codes import Operator, PlacementKind, Region
from caseapp.domain.lists.known import (
    Known,
    KnownCare,
    KnownChild,
    KnownLocation,
    KnownSchool,
    Stay,
)
from caseapp.domain.lists.pipeline import ListRead
from caseapp.domain.lists.values import BirthDay
from caseapp.domain.lists.words import ListKind
from caseapp.domain.policy import Actor, Permission
from caseapp.kernel.work import Work, reading_past
from caseapp.moves import facts as moves
from caseapp.people import facts as people_facts
from caseapp.people import queries as people
from caseapp.placements import queries as placements
from caseapp.reference import queries as reference
from caseapp.schooling import facts as schooling

_NO_BIRTH: Final = BirthDay(date.min)
"""Of a child whose card a list does not compare, and that is not opened therefore."""


@dataclass(frozen=True, slots=True)
class Places:
    """The locations that a list may speak of, by code, with their keys."""

    known: Mapping[str, KnownLocation] = field(default_factory=dict)
    keys: Mapping[str, UUID] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What we know before a list comes in, with the keys of the children by their V-number."""

    places: Places
    known: Known
    keys: Mapping[str, UUID] = field(default_factory=dict)


def may_bring(actor: Actor, kind: ListKind) -> bool:
    """Say whether somebody may bring in a list: coordinators with a region, the national desk all.

    Locations are the business of the national desk and the administrator (security.md 3.1).
    """
    if actor.everywhere:
        return True
    if kind is ListKind.LOCATIONS and actor.may(Permission.LOCATION_EDIT):
        return True
    if not actor.may(Permission.LIST_IMPORT):
        return False
    return actor.is_national or (bool(actor.regions) and kind is not ListKind.LOCATIONS)


def places(work: Work, kind: ListKind) -> Places:
    """Return the locations that a list may speak of; who has a region places children only there.

    A move may go to any location: the sending region plans it.
    """
    rows = reference.locations(work, every=True)
    if kind is ListKind.OCCUPANCY and not work.actor.is_national:
        rows = [row for row in rows if row.region in work.actor.regions]
    known = {
        row.code: KnownLocation(
            code=row.code,
            name=row.name,
            kind=PlacementKind(row.kind),
            operator=Operator(row.operator),
            municipality=row.municipality,
            region=Region(row.region),
            capacity=row.capacity,
            group_size=row.group_size,
            open_from=row.open_from,
            open_to=row.open_to,
        )
        for row in rows
    }
    return Places(known, {row.code: row.id for row in rows})


@reading_past("a list is held against who lives there, whoever sees them")
def known(work: Work, said: ListRead, there: Places) -> Snapshot:
    """Return what has to be known to compare a list, and no more; a few statements per 500 children.

    A child outside the scope is known only to an occupancy list that has it at a location inside: it
    came to live there. Raises Unreadable.
    """
    kind = said.report.kind
    keys = keys_of(work, said.v_numbers)
    if kind is not ListKind.OCCUPANCY and not work.actor.is_national:
        mine = people.visible_among(work, list(keys.values()))
        keys = {v_number: key for v_number, key in keys.items() if key in mine}
    cards = {
        key: KnownChild(v_number, None, _NO_BIRTH, unaccompanied=False)
        for v_number, key in keys.items()
    }
    if kind is ListKind.OCCUPANCY:
        others = _living_there(work, said, there, set(cards))
        cards = people_facts.known(work, [*cards, *others])
        keys = {card.v_number: key for key, card in cards.items()}
    full = _ADDS[kind](work, cards, said.report.on) if kind in _ADDS else cards
    return Snapshot(there, Known(there.known, {c.v_number: c for c in full.values()}), keys)


def keys_of(work: Work, v_numbers: Collection[str]) -> dict[str, UUID]:
    """Return the children that we know by these numbers, in sight or not."""
    by_index = {work.vault.index("v_number", one): one for one in sorted(v_numbers)}
    found = people.known_indexes(work, list(by_index))
    return {by_index[index]: key for index, key in found.items()}


def _living_there(work: Work, said: ListRead, there: Places, named: set[UUID]) -> list[UUID]:
    """Return the children at the places on a list whom it does not mention, if their file is open."""
    locations = [there.keys[code] for code in sorted(said.places) if code in there.keys]
    stayed = placements.stayed_at(work, locations, said.report.on)
    followed = people.followed_among(work, [key for key in stayed if key not in named])
    return [key for key in stayed if key in followed]


Cards = Mapping[UUID, KnownChild]


def _with_places(work: Work, cards: Cards, on: date) -> dict[UUID, KnownChild]:
    codes = {row.id: row.code for row in reference.locations(work, every=True)}
    moved = moves.known(work, list(cards), codes)
    stays = placements.for_reach(work, list(cards))
    return {
        key: replace(card, transfers=moved.get(key, ()), stay=_stay(stays.get(key, ()), codes, on))
        for key, card in cards.items()
    }


def _stay(stays: Sequence[reach.Stay], codes: Mapping[UUID, str], on: date) -> Stay | None:
    """Return where a child is by its last stay; one that ended on or before the day is over."""
    if not stays:
        return None
    *earlier, last = sorted(stays, key=lambda stay: (stay.start, stay.end or date.max))
    before = next((s for s in reversed(earlier) if s.location_id != last.location_id), None)
    came_from = codes.get(before.location_id) if before and before.location_id else None
    if last.end is not None and last.end <= on:
        return Stay(None, last.end, ended=True, came_from=came_from)
    location = codes.get(last.location_id) if last.location_id else None
    begun = earlier[-1].start if earlier else None
    return Stay(location, last.start, came_from=came_from, not_before=begun)


def _with_care(work: Work, cards: Cards, on: date) -> dict[UUID, KnownChild]:
    lines = care.gather(work, list(cards))
    return {
        key: replace(card, care=tuple(_line(one) for one in lines[key]["care"]))
        for key, card in cards.items()
    }


def _line(line: domain.CareLine) -> KnownCare:
    return KnownCare(
        ref=line.id,
        kind=line.kind,
        referred_on=line.referred_on,
        place_bound=line.place_bound,
        provider=line.provider,
        intake_on=line.intake_on,
        started_on=line.started_on,
        next_contact_on=line.next_contact_on,
        contacts_on=frozenset(line.contacts_on),
        medication_until=line.medication_until,
        ended_on=line.ended_on,
    )


def _with_school(work: Work, cards: Cards, on: date) -> dict[UUID, KnownChild]:
    records = schooling.gather(work, list(cards))
    return {
        key: replace(card, school=tuple(_record(one) for one in records[key]["school"]))
        for key, card in cards.items()
    }


def _record(record: domain.SchoolRecord) -> KnownSchool:
    return KnownSchool(
        ref=record.id,
        name=record.name or "",
        type=record.type,
        brin=record.brin,
        municipality=record.municipality,
        waiting_list_since=record.waiting_list_since,
        enrolled_on=record.enrolled_on,
        attending_from=record.attending_from,
        end=record.end,
        hours_per_week=record.hours_per_week,
    )


_ADDS: Final[Mapping[ListKind, Callable[[Work, Cards, date], dict[UUID, KnownChild]]]] = {
    ListKind.OCCUPANCY: _with_places,
    ListKind.TRANSFERS: _with_places,
    ListKind.CARE: _with_care,
    ListKind.SCHOOL: _with_school,
}
"""What each list needs besides the children themselves."""
