"""The whole dossier of many children, as the rules read it: gathered from all slices, one statement a table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.care import facts as care
from caseapp.domain.codes import Region
from caseapp.domain.facts import Dossier, FamilyMember, Placement
from caseapp.domain.policy import Role
from caseapp.domain.reach import Stay
from caseapp.domain.recipients import GUARDIANSHIP, NATIONAL, NOWHERE, Around, Place
from caseapp.guardianship import facts as guardianship
from caseapp.guardianship import queries as guarding
from caseapp.kernel.work import Work
from caseapp.moves import facts as moves
from caseapp.moves import queries as moves_
from caseapp.observations import facts as observations
from caseapp.people import facts as people
from caseapp.placements import facts as placements
from caseapp.placements import queries as places
from caseapp.reference import queries as reference
from caseapp.schooling import facts as schooling

SLICES = (placements, moves, schooling, care, observations, guardianship)


def dossiers(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, Dossier]:
    """Return the dossier of each child; raises Unreadable when a fact that rules read does not open."""
    found = people.gather(work, child_ids)
    known = list(found)
    for part in SLICES:
        for child_id, facts in part.gather(work, known).items():
            found[child_id].update(facts)
    linked = {other for facts in found.values() for other in facts.get("linked", {}).values()}
    where = _where(work, found, linked)
    return {child_id: _dossier(facts, where) for child_id, facts in found.items()}


def _dossier(facts: dict[str, Any], where: Mapping[UUID, tuple[str, Any] | None]) -> Dossier:
    runway = facts.pop("runway", None)
    links = facts.pop("linked", {})
    if runway is not None:
        facts["child"] = replace(
            facts["child"],
            transition_plan_on=runway.transition_plan_on,
            support_declined_on=runway.support_declined_on,
        )
    facts["family_members"] = tuple(
        _placed(member, where.get(links[member.ref])) if member.ref in links else member
        for member in facts["family_members"]
    )
    return Dossier(**facts)


def _placed(member: FamilyMember, where: tuple[str, Any] | None) -> FamilyMember:
    """Let a family member whom we follow too live where that child lives."""
    if where is None:
        return replace(member, location=None, location_since=None)
    return replace(member, location=where[0], location_since=where[1])


def _where(
    work: Work, found: Mapping[UUID, dict[str, Any]], linked: set[UUID]
) -> dict[UUID, tuple[str, Any] | None]:
    """Return for each child the place where it lives today, and since when the stay there lasts."""
    missing = [child_id for child_id in linked if child_id not in found]
    stays = {child_id: found[child_id]["placements"] for child_id in linked if child_id in found}
    for child_id, facts in placements.gather(work, missing).items() if missing else ():
        stays[child_id] = facts["placements"]
    return {child_id: _now(listed, work.today) for child_id, listed in stays.items()}


def _now(stays: Sequence[Placement], today: Any) -> tuple[str, Any] | None:
    """Return location and first day of the run of stays at it that covers today."""
    ordered = sorted(stays, key=lambda stay: stay.start)
    now = next(
        (s for s in reversed(ordered) if s.start <= today and (s.end is None or today < s.end)),
        None,
    )
    if now is None:
        return None
    since = now.start
    for stay in reversed(ordered[: ordered.index(now)]):
        if stay.location != now.location:
            break
        since = stay.start
    return now.location, since


def around(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, Around]:
    """Return the people round each of these children: who owns an alert and who is told (rules.md 4)."""
    stays = places.for_reach(work, child_ids)
    batons = moves_.batons(work, child_ids)
    workers = guarding.workers_now(work, child_ids)
    found = {child_id: _two_places(stays.get(child_id, ()), work.today) for child_id in child_ids}
    spots = _spots(work, {spot for pair in found.values() for spot in pair if spot is not None})
    desks = coordinators_of_all(work)
    there = _at_work(work, desks)
    return {
        child_id: Around(
            responsible=_if_there(batons[child_id].account_id, there)
            if child_id in batons
            else None,
            guardian=_if_there(workers.get(child_id), there),
            here=spots.get(found[child_id][0], NOWHERE),
            before=spots.get(found[child_id][1], NOWHERE),
            coordinators=desks,
        )
        for child_id in child_ids
    }


def _at_work(work: Work, desks: Mapping[str, tuple[UUID, ...]]) -> set[UUID]:
    """Return everybody who may own an alert: with a role and a right that holds now."""
    there = {one.id for role in (Role.CPK, Role.GUARDIAN) for one in accounts.of_role(work, role)}
    return there.union(*desks.values())


def _if_there(account_id: UUID | None, there: set[UUID]) -> UUID | None:
    """Return an account that is still at work; one that ended is nobody."""
    return account_id if account_id in there else None


def toward(work: Work, one: Around, transfer_id: UUID) -> Around:
    """Return the people round a child for an alert about one transfer: with both of its ends."""
    ends = moves_.ends_of(work, transfer_id)
    if ends is None:
        return one
    regions = reference.regions_of(work, ends)
    sending, receiving = ((place, regions.get(place)) if place else None for place in ends)
    spots = _spots(work, {spot for spot in (sending, receiving) if spot is not None})
    return replace(
        one, sending=spots.get(sending, NOWHERE), receiving=spots.get(receiving, NOWHERE)
    )


def coordinators_of_all(work: Work) -> dict[str, tuple[UUID, ...]]:
    """Return the coordinators of every desk."""
    found = {
        region: tuple(one.id for one in who)
        for region, who in accounts.coordinators(work, [region.value for region in Region]).items()
    }
    found[NATIONAL] = tuple(one.id for one in accounts.national_desk(work))
    found[GUARDIANSHIP] = tuple(one.id for one in accounts.guardianship_desk(work))
    return found


Spot = tuple[UUID | None, str | None]


def _two_places(stays: Sequence[Stay], today: Any) -> tuple[Spot | None, Spot | None]:
    """Return where a child lives (or lived last), and where it lived before that."""
    ordered = sorted((s for s in stays if s.start <= today), key=lambda s: (s.start, s.end is None))
    if not ordered:
        return None, None
    here = ordered[-1]
    before = next((s for s in reversed(ordered) if s.location_id != here.location_id), None)
    return (here.location_id, here.region), (before.location_id, before.region) if before else None


def _spots(work: Work, spots: set[Spot]) -> dict[Spot | None, Place]:
    known = reference.locations_of(work, {spot[0] for spot in spots})
    cpks = accounts.cpks(work, known)
    active = {one.id for who in cpks.values() for one in who}
    found: dict[Spot | None, Place] = {}
    for spot in spots:
        location = known.get(spot[0]) if spot[0] else None
        if location is None:
            found[spot] = Place(None, spot[1])
            continue
        people_here = tuple(one.id for one in cpks.get(location.id, ()))
        named = location.contact_account_id
        contact = named if named in active else next(iter(people_here), None)
        found[spot] = Place(location.id, location.region, people_here, contact)
    return found
