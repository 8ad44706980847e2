"""Children of a list in groups that can be carried out apart: a family always stays together."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final, TypeVar
from uuid import UUID

from caseapp.domain.lists.intents import AddLocation, ChangeLocation, Intent
from caseapp.exchange.queries import Snapshot
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.placements import queries as placements

_Key = TypeVar("_Key")

STAYS_FOLLOW: Final = frozenset({"region", "group_size"})
"""What a location tells the stays at it when it changes."""

AT_MOST: Final = 250
"""Children in one group, unless one family is larger: what is in memory at a time."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some children of a list, and what the list does with them.

    `children` are those that we know; a new child is in none of the sets. `touched` are they and whoever
    names them as family: their alerts may change. `copied` are all whose files have to be looked at.
    """

    intents: Sequence[Intent]
    v_numbers: frozenset[str]
    children: frozenset[UUID] = frozenset()
    touched: frozenset[UUID] = frozenset()
    copied: frozenset[UUID] = frozenset()


def grouped(work: Work, intents: Sequence[Intent], snapshot: Snapshot) -> Iterator[Group]:
    """Yield what a list does in groups: first of new children, then of those that we know.

    Locations are one group: with all who ever stayed at one whose stays follow what changes.
    """
    if any(isinstance(intent, AddLocation | ChangeLocation) for intent in intents):
        yield _of_locations(work, intents, snapshot)
        return
    new: defaultdict[str, list[Intent]] = defaultdict(list)
    known: defaultdict[UUID, list[Intent]] = defaultdict(list)
    for intent in intents:
        key = snapshot.keys.get(_v_number_of(intent))
        if key is None:
            new[_v_number_of(intent)].append(intent)
        else:
            known[key].append(intent)
    for part in _parts([[one] for one in new]):
        yield Group([intent for one in part for intent in new[one]], frozenset(part))
    yield from _families(work, known)


def _v_number_of(intent: Intent) -> str:
    """Return the V-number of the child that an intent is about; none of a location."""
    return getattr(intent, "v_number", "")


def _of_locations(work: Work, intents: Sequence[Intent], snapshot: Snapshot) -> Group:
    codes = [
        intent.code
        for intent in intents
        if isinstance(intent, ChangeLocation) and STAYS_FOLLOW & set(intent.changes)
    ]
    keys = [snapshot.places.keys[code] for code in codes]
    concerned = frozenset(placements.stayed_at(work, keys, date.min))
    near = _nearest(work, concerned)
    return Group(
        intents,
        frozenset(),
        children=concerned,
        touched=concerned,
        copied=concerned.union(*near.values()),
    )


def _families(work: Work, known: Mapping[UUID, Sequence[Intent]]) -> Iterator[Group]:
    """Yield groups of children that we know, with all who name them or are named by those."""
    named_by: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for who, named in people.kin(work, known):
        if named in known:
            named_by[named].add(who)
    touched = {child: frozenset({child, *named_by[child]}) for child in known}
    near = _nearest(work, {one for family in touched.values() for one in family})
    for part in _parts(_together(touched)):
        concerned = frozenset[UUID]().union(*(touched[child] for child in part))
        copied = concerned.union(*(near[child] for child in concerned))
        wanted = [intent for child in part for intent in known[child]]
        yield Group(
            wanted,
            frozenset(map(_v_number_of, wanted)),
            children=frozenset(part),
            touched=concerned,
            copied=copied,
        )


def _nearest(work: Work, children: Collection[UUID]) -> Mapping[UUID, set[UUID]]:
    """Return who names each of these children, and whom it names."""
    near: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for who, named in people.kin(work, children):
        near[who].add(named)
        near[named].add(who)
    return near


def _together(touched: Mapping[UUID, frozenset[UUID]]) -> list[list[UUID]]:
    """Return the children in families: two belong together when both touch the same child."""
    head: dict[UUID, UUID] = {}

    def top(child: UUID) -> UUID:
        while head.setdefault(child, child) != child:
            head[child] = child = head[head[child]]
        return child

    for child, others in touched.items():
        for other in others:
            head[top(other)] = top(child)
    by_head = sorted(touched, key=lambda child: (top(child), child))
    return [list(family) for _, family in groupby(by_head, key=top)]


def _parts(families: Sequence[Sequence[_Key]]) -> Iterator[list[_Key]]:
    """Yield families put together, as many as one group holds."""
    part: list[_Key] = []
    for family in families:
        if part and len(part) + len(family) > AT_MOST:
            yield part
            part = []
        part.extend(family)
    if part:
        yield part
