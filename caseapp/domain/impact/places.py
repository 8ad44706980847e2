"""Other places to go, ranked by what would not break there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias

from caseapp.domain.facts import Dossier, Placement
from caseapp.domain.impact.items import Impact, Item
from caseapp.domain.impact.whole import impact_of
from caseapp.domain.impact.worlds import Destination
from caseapp.domain.limits import LimitBook

Profile: TypeAlias = tuple[object, ...]

MOST_LOOKED_AT: Final = 40
"""Different places that the rules are asked about, the nearest first: it has to stay quick."""
MOST_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another place, what the same move would do there, and what it would spare the child."""

    to: Destination
    impact: Impact
    spared: tuple[Item, ...]


def ranked(
    dossier: Dossier, chosen: Impact, places: Iterable[Destination], today: date, limits: LimitBook
) -> list[Alternative]:
    """Return the places where the move would do less harm, the least first, then the nearest.

    Who moves along moves along there too. Places that are alike to the rules are asked about once.
    """
    here = _here(dossier, chosen.day)
    others = (one for one in places if one.location not in {chosen.move.to.location, _name(here)})
    family = {member.location for member in dossier.family_members}
    known: dict[Profile, Impact] = {}
    found = []
    for place in sorted(others, key=lambda one: _distance(one, here)):
        profile = _profile(place, family)
        if profile not in known:
            if len(known) == MOST_LOOKED_AT:
                continue
            known[profile] = impact_of(dossier, replace(chosen.move, to=place), today, limits)
        impact = known[profile]
        if impact.harm < chosen.harm:
            found.append(Alternative(place, impact, _spared(chosen, impact)))
    found.sort(key=lambda one: (one.impact.harm, _distance(one.to, here)))
    return found[:MOST_SHOWN]


def _here(dossier: Dossier, day: date) -> Placement | None:
    before = [stay for stay in dossier.placements if stay.start < day]
    return max(before, key=lambda stay: (stay.start, stay.id), default=None)


def _name(stay: Placement | None) -> str:
    return stay.location if stay is not None else ""


def _distance(place: Destination, here: Placement | None) -> tuple[bool, bool, str]:
    """Return how far a place is from where the child lives: its municipality, its region, else far."""
    town, region = (here.municipality, here.region) if here is not None else ("", "")
    return place.municipality != town, place.region != region, place.location


def _profile(place: Destination, family: set[str | None]) -> Profile:
    """Return all of a place that the rules look at; its name only where family lives."""
    name = place.location if place.location in family else ""
    return place.kind, place.municipality, place.region, place.group_size, name


def _spared(chosen: Impact, there: Impact) -> tuple[Item, ...]:
    hurt = {(one.about, one.subject) for one in (*there.breaks, *there.attention)}
    every = (*chosen.breaks, *chosen.attention)
    return tuple(one for one in every if (one.about, one.subject) not in hurt)
