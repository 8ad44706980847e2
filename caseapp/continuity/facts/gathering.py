"""The whole dossier of many children, as the rules read it: gathered from all slices, one statement a table."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias
from uuid import UUID

from caseapp.care import facts as care
from caseapp.domain.facts import Dossier, FamilyMember, Placement
from caseapp.domain.gaps import Beside
from caseapp.domain.promises import Handed
from caseapp.domain.reach import Stay
from caseapp.guardianship import facts as guardianship
from caseapp.kernel.work import Work
from caseapp.moves import facts as moves
from caseapp.observations import facts as observations
from caseapp.people import facts as people
from caseapp.placements import facts as placements
from caseapp.schooling import facts as schooling

Ends: TypeAlias = tuple[UUID | None, UUID | None]

BESIDE: Final = ("stays", "ends", "baton", "worker", "handed", "guessed")
"""What slices tell of a child that is no part of its dossier."""

SLICES = (placements, moves, schooling, care, observations, guardianship)


@dataclass(frozen=True, slots=True)
class File:
    """What is known of one child: the dossier that rules read, and by key who and where it is about."""

    dossier: Dossier
    stays: Sequence[Stay]
    ends: Mapping[UUID, Ends]
    """From and to which location each of its moves goes."""
    baton: UUID | None
    worker: UUID | None
    """The account of its guardian, or of who gives it support after 18, today."""
    handed: Mapping[UUID, Handed] = field(default_factory=dict)
    """By move, what its handover says that was made from the record."""
    links: Mapping[str, UUID] = field(default_factory=dict)
    """By `ref` of a family member whom we follow too: its key."""
    guessed: Collection[str] = ()
    """The moves of which nobody said when they were announced."""

    @property
    def beside(self) -> Beside:
        """Return how its facts came in."""
        return Beside(frozenset(self.guessed), frozenset(self.links))


def files(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, File]:
    """Return the file of each child; raises Unreadable when a fact that rules read does not open."""
    found = people.gather(work, child_ids)
    known = list(found)
    for part in SLICES:
        for child_id, facts in part.gather(work, known).items():
            found[child_id].update(facts)
    linked = {other for facts in found.values() for other in facts.get("linked", {}).values()}
    where = _where(work, found, linked)
    return {child_id: _file(facts, where) for child_id, facts in found.items()}


def dossiers(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, Dossier]:
    """Return the dossier of each child; raises Unreadable when a fact that rules read does not open."""
    return {child_id: file.dossier for child_id, file in files(work, child_ids).items()}


def _file(facts: dict[str, Any], where: Mapping[UUID, tuple[str, Any] | None]) -> File:
    beside = {name: facts.pop(name) for name in BESIDE}
    links = facts.get("linked", {})
    return File(_dossier(facts, where), **beside, links=links)


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
