"""Who may see which children: `visible_children` is the only door, and everything goes through it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, false, or_, select, true

from caseapp.domain.policy import Actor, Permission, Sees
from caseapp.domain.reach import Why
from caseapp.kernel.bulk import AT_ONCE, among
from caseapp.kernel.door import THROUGH_THE_DOOR
from caseapp.kernel.work import Work
from caseapp.people.models import Card, Child, ChildFacts, Reach


@dataclass(frozen=True, slots=True)
class Sight:
    """A child as this actor may see it: how much of the file is open, and until which day."""

    child: Child
    sees: Sees
    until_on: date | None = None
    """Only entries up to and including this day are open; None: all."""

    @property
    def id(self) -> UUID:
        """Return the key of the child."""
        return self.child.id

    @property
    def card(self) -> Card:
        """Return what names the child; raises Unreadable."""
        return self.child.card

    @property
    def facts(self) -> ChildFacts:
        """Return what else is known of the child; raises Unreadable."""
        return self.child.facts

    @property
    def open_file(self) -> bool:
        """Say whether the whole file is open, now."""
        return self.sees is Sees.ALL


def reaches(actor: Actor, now: datetime, least: Sees = Sees.ALL) -> ColumnElement[bool]:
    """Return the one predicate over reach: this actor may see at least so much of the child now."""
    if not actor.everywhere and not actor.may(Permission.CHILD_READ):
        return false()
    levels = [level.value for level in Sees if level.rank >= least.rank]
    return _in_time(now) & Reach.sees.in_(levels) & or_(*_ways(actor))


def _in_time(now: datetime) -> ColumnElement[bool]:
    at = bindparam(THROUGH_THE_DOOR, now, type_=Reach.from_at.type, unique=True)
    return (Reach.from_at <= at) & or_(Reach.until_at.is_(None), Reach.until_at > at)


def _opens(actor: Actor, child_id: UUID, now: datetime, least: Sees) -> ColumnElement[bool]:
    """Return the predicate for one child at its own address: reach, or break-glass where it lives now."""
    if child_id in actor.child_ids and actor.may(Permission.CHILD_READ):
        return _in_time(now) & (Reach.why == Why.HERE)
    return reaches(actor, now, least)


def _ways(actor: Actor) -> list[ColumnElement[bool]]:
    """Return by which rows of reach this actor sees children: own rights, and those that leave lends.

    Break-glass is no way: such a child stands in no list, and opens at its own address only (sight_of).
    """
    ways: list[ColumnElement[bool]] = (
        [Reach.account_id.in_(actor.account_ids)] if actor.account_id else []
    )
    if actor.is_national:
        ways.append(true())
    if actor.location_ids:
        ways.append(Reach.location_id.in_(actor.location_ids))
    if actor.regions:
        ways.append(Reach.region.in_(actor.regions))
    if actor.is_guardianship_desk:
        ways.append(Reach.desk == "guardianship")
    return ways or [false()]


def visible_ids(actor: Actor, now: datetime, least: Sees = Sees.ALL) -> Select[UUID]:
    """Return the keys of the children that this actor may see now, for use inside another select."""
    if actor.is_national:
        return select(Child.id)
    return select(Reach.child_id).where(reaches(actor, now, least))


def in_sight(
    actor: Actor, now: datetime, child_id: Any, least: Sees = Sees.ALL
) -> ColumnElement[bool]:
    """Return the predicate: this actor may see the child of a row now.

    The same as being among `visible_ids`, looked up row by row: for rows that are few already.
    """
    if actor.is_national:
        return true()
    return select(Reach.id).where(Reach.child_id == child_id, reaches(actor, now, least)).exists()


def visible_children(actor: Actor, now: datetime, least: Sees = Sees.ALL) -> Select[Child]:
    """Return the children that this actor may see now: the only door to them."""
    return select(Child).where(Child.id.in_(visible_ids(actor, now, least))).order_by(Child.id)


def sight_of(work: Work, child_id: UUID, least: Sees = Sees.HEADER) -> Sight | None:
    """Return a child as this actor may see it now; None outside the scope."""
    if work.actor.is_national:
        child = work.session.get(Child, child_id)
        return Sight(child, Sees.ALL) if child is not None else None
    rows = work.session.execute(
        select(Child, Reach.sees, Reach.until_on)
        .join(Reach, Reach.child_id == Child.id)
        .where(Child.id == child_id, _opens(work.actor, child_id, work.now, least))
        .order_by(Reach.id)
    ).all()
    if not rows:
        return None
    work.opened.add(child_id)
    child, sees, until_on = max(rows, key=lambda row: (Sees(row[1]).rank, row[2] or date.max))
    return Sight(child, Sees(sees), until_on if Sees(sees) is Sees.UNTIL_DEPARTURE else None)


def visible_among(work: Work, child_ids: Sequence[UUID]) -> set[UUID]:
    """Return which of these children this actor may see now, with their whole file."""
    found: set[UUID] = set()
    for start in range(0, len(child_ids), AT_ONCE):
        part = child_ids[start : start + AT_ONCE]
        mine = Child.id.in_(visible_ids(work.actor, work.now))
        found.update(
            work.session.scalars(select(Child.id).where(among(work, Child.id, part), mine))
        )
    work.opened |= found
    return found


def sees_of(work: Work, child_ids: Collection[UUID]) -> dict[UUID, Sees]:
    """Return how much of the file of each of these children is open; one outside the scope is left out."""
    wanted = list(dict.fromkeys(child_ids))
    if work.actor.is_national:
        return dict.fromkeys(wanted, Sees.ALL)
    found: dict[UUID, Sees] = {one: Sees.ALL for one in wanted if one in work.actor.child_ids}
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        for child_id, code in work.session.execute(
            select(Reach.child_id, Reach.sees).where(
                among(work, Reach.child_id, part), reaches(work.actor, work.now, Sees.HEADER)
            )
        ):
            found[child_id] = max(
                Sees(code), found.get(child_id, Sees.HEADER), key=lambda s: s.rank
            )
    work.opened |= found.keys()
    return found


def told_ids(actor: Actor, now: datetime) -> Select[UUID | None]:
    """Return the keys of the alerts that this actor was told of without seeing the child otherwise."""
    return select(Reach.origin_id).where(
        Reach.why == Why.TOLD,
        Reach.account_id.in_(actor.account_ids),
        Reach.origin_id.is_not(None),
        Reach.from_at <= now,
        or_(Reach.until_at.is_(None), Reach.until_at > now),
    )


def followed_ids(work: Work) -> Select[UUID]:
    """Return the keys of the children whose whole file is open to this actor and not closed."""
    still_followed = or_(Child.closed_on.is_(None), Child.closed_on > work.today)
    return select(Child.id).where(Child.id.in_(visible_ids(work.actor, work.now)), still_followed)


def ids_at(work: Work, location_id: UUID) -> Select[UUID]:
    """Return the keys of the children who live at a location now, or lived there last."""
    return select(Reach.child_id).where(
        Reach.location_id == location_id,
        Reach.why == Why.HERE,
        Reach.from_at <= work.now,
        or_(Reach.until_at.is_(None), Reach.until_at > work.now),
    )


def ids_in(work: Work, region: str) -> Select[UUID]:
    """Return the keys of the children who live in a region now, or lived there last."""
    return select(Reach.child_id).where(
        Reach.region == region,
        Reach.why == Why.HERE,
        Reach.from_at <= work.now,
        or_(Reach.until_at.is_(None), Reach.until_at > work.now),
    )
