"""Reading children: `visible_children` is the only door, and everything goes through it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true

from caseapp.domain.calendar import plus_days
from caseapp.domain.names import digits_of, is_v_number, rank
from caseapp.domain.policy import Actor, Permission, Sees
from caseapp.domain.reach import BY_PLACE, READS_ON, Why
from caseapp.kernel import clock
from caseapp.kernel.seals import Unreadable, envelope_of, seal_of
from caseapp.kernel.work import Work
from caseapp.people.models import Card, Child, ChildFacts, Consent, Reach, Relative

NAMES_AT_ONCE = 500


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
    in_time = (Reach.from_at <= now) & or_(Reach.until_at.is_(None), Reach.until_at > now)
    return in_time & Reach.sees.in_(levels) & or_(*_ways(actor))


def _ways(actor: Actor) -> list[ColumnElement[bool]]:
    ways: list[ColumnElement[bool]] = (
        [Reach.account_id == actor.account_id] if actor.account_id else []
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
        .where(Child.id == child_id, reaches(work.actor, work.now, least))
        .order_by(Reach.id)
    ).all()
    if not rows:
        return None
    child, sees, until_on = max(rows, key=lambda row: (Sees(row[1]).rank, row[2] or date.max))
    return Sight(child, Sees(sees), until_on if Sees(sees) is Sees.UNTIL_DEPARTURE else None)


def cards(work: Work, child_ids: Collection[UUID]) -> dict[UUID, Card]:
    """Return what names these children, one statement for all; the caller has checked the scope.

    A card that does not open is left out: the page shows the row without a name and says so.
    """
    found: dict[UUID, Card] = {}
    wanted = list(dict.fromkeys(child_ids))
    for start in range(0, len(wanted), NAMES_AT_ONCE):
        part = wanted[start : start + NAMES_AT_ONCE]
        rows = work.session.execute(
            select(Child.id, envelope_of(Child, "card")).where(Child.id.in_(part))
        ).all()
        found.update(open_cards(work, [(row[0], row[1]) for row in rows]))
    return found


def open_cards(work: Work, rows: Iterable[tuple[UUID, Any]]) -> dict[UUID, Card]:
    """Open the cards of many children with one look at the keystore; one that fails is left out."""
    kept = list(rows)
    seal = seal_of(Child, "card")
    work.vault.prefetch(seal.domain, [child_id for child_id, _ in kept])
    found: dict[UUID, Card] = {}
    for child_id, envelope in kept:
        try:
            found[child_id] = work.vault.open(seal.place(child_id, child_id), envelope, Card)
        except Unreadable:
            continue
    return found


def by_v_index(work: Work, v_index: bytes) -> Child | None:
    """Return the child with this V-number, also outside the scope: only to refuse a second file."""
    return work.session.scalars(select(Child).where(Child.v_index == v_index)).one_or_none()


def known_indexes(work: Work, v_indexes: Sequence[bytes]) -> dict[bytes, UUID]:
    """Return the children that have these V-numbers, by the keyed hash; also outside any scope."""
    found: dict[bytes, UUID] = {}
    for start in range(0, len(v_indexes), NAMES_AT_ONCE):
        part = v_indexes[start : start + NAMES_AT_ONCE]
        rows = work.session.execute(select(Child.v_index, Child.id).where(Child.v_index.in_(part)))
        found.update({row[0]: row[1] for row in rows})
    return found


def followed_after(work: Work, no: int, most: int) -> list[tuple[int, UUID]]:
    """Return number and key of the next children whose file is not closed, by their whole number."""
    still_open = or_(Child.closed_on.is_(None), Child.closed_on > work.today)
    rows = work.session.execute(
        select(Child.no, Child.id).where(Child.no > no, still_open).order_by(Child.no).limit(most)
    )
    return [(row[0], row[1]) for row in rows]


def highest_no(work: Work) -> int:
    """Return the highest whole number that a child has; 0 when there is none."""
    return work.session.scalar(select(func.max(Child.no))) or 0


def relatives(work: Work, child_id: UUID) -> Sequence[Relative]:
    """Return the family members on the file of a child."""
    return work.session.scalars(
        select(Relative).where(Relative.child_id == child_id).order_by(Relative.id)
    ).all()


def relative(work: Work, child_id: UUID, relative_id: UUID) -> Relative | None:
    """Return one family member on the file of a child."""
    return work.session.scalars(
        select(Relative).where(Relative.id == relative_id, Relative.child_id == child_id)
    ).one_or_none()


def naming(work: Work, child_ids: Collection[UUID]) -> Sequence[UUID]:
    """Return the children whose file names one of these children as family: their alerts may change too."""
    return work.session.scalars(
        select(Relative.child_id)
        .where(Relative.relative_child_id.in_(child_ids))
        .distinct()
        .order_by(Relative.child_id)
    ).all()


def consents(work: Work, child_id: UUID) -> Sequence[Consent]:
    """Return the consents on the file of a child."""
    return work.session.scalars(
        select(Consent).where(Consent.child_id == child_id).order_by(Consent.id)
    ).all()


def reach_of(work: Work, child_id: UUID) -> Sequence[Reach]:
    """Return who reaches a child, ended ones too."""
    return work.session.scalars(
        select(Reach).where(Reach.child_id == child_id).order_by(Reach.id)
    ).all()


@dataclass(frozen=True, slots=True)
class Found:
    """One child that a search found."""

    child_id: UUID
    card: Card
    location_id: UUID | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found, best first; `cut` says that there is more than is shown."""

    found: tuple[Found, ...]
    cut: bool = False
    unreadable: int = 0


MOST_FOUND = 50


def search(work: Work, words: str) -> SearchResult:
    """Find children in the caller's scope by V-number or by any part of a name, folding script and accents.

    Names are opened inside the scope and matched in memory: nothing about a name stands in an index
    (security.md 2.6). The trail keeps which children were shown, never what was asked.
    """
    rows = _candidates(work, words)
    named = open_cards(work, [(row[0], row[1]) for row in rows])
    matched = rank(words, named) if not is_v_number(words) else list(named)
    shown = matched[:MOST_FOUND]
    places = _places(work, shown)
    work.saw("search", shown)
    found = tuple(Found(child_id, named[child_id], places.get(child_id)) for child_id in shown)
    return SearchResult(found, len(matched) > len(shown), len(rows) - len(named))


def _candidates(work: Work, words: str) -> Sequence[Any]:
    statement = select(Child.id, envelope_of(Child, "card")).where(
        Child.id.in_(visible_ids(work.actor, work.now))
    )
    if is_v_number(words):
        statement = statement.where(Child.v_index == work.vault.index("v_number", digits_of(words)))
    return work.session.execute(statement).all()


def _places(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    here = select(Reach.child_id, Reach.location_id).where(
        Reach.child_id.in_(child_ids),
        Reach.why == Why.HERE,
        Reach.until_at.is_(None),
        Reach.location_id.is_not(None),
    )
    return {child: place for child, place in work.session.execute(here) if place is not None}


@dataclass(frozen=True, slots=True)
class Here:
    """Where a child lives now, or lived last: a location, or a region alone for a family."""

    location_id: UUID | None
    region: str | None


def here(work: Work, child_ids: Collection[UUID]) -> dict[UUID, Here]:
    """Return where these children live now or lived last; without a stay ever, a child is left out."""
    found: dict[UUID, Here] = {}
    wanted = list(dict.fromkeys(child_ids))
    for start in range(0, len(wanted), NAMES_AT_ONCE):
        rows = work.session.execute(
            select(Reach.child_id, Reach.location_id, Reach.region).where(
                Reach.child_id.in_(wanted[start : start + NAMES_AT_ONCE]),
                Reach.why == Why.HERE,
                Reach.from_at <= work.now,
                or_(Reach.until_at.is_(None), Reach.until_at > work.now),
            )
        )
        found.update({row[0]: Here(row[1], row[2]) for row in rows})
    return found


def reach_by_place(work: Work, child_ids: Sequence[UUID]) -> Sequence[Any]:
    """Return the rows of reach by place and responsibility that hold now or later."""
    return work.session.execute(
        select(Reach.__table__).where(
            Reach.child_id.in_(child_ids),
            Reach.why.in_(sorted(BY_PLACE)),
            or_(Reach.until_at.is_(None), Reach.until_at > work.now),
        )
    ).all()


def lock(work: Work, child_id: UUID) -> int:
    """Lock the row of a child until the end of this work, and return its number.

    Whoever changes periods of a child asks first, so that two cannot check at once. Raises NoResultFound.
    """
    return work.session.execute(
        select(Child.no).where(Child.id == child_id).with_for_update()
    ).scalar_one()


def move_days(work: Work, child_id: UUID) -> tuple[date, ...]:
    """Return the days on which a child moved, as the rows of `left` keep them.

    Exact for moves of the last 30 days and those that were recorded here; a move that came in later
    than that with a document left no row.
    """
    left = [row for row in reach_of(work, child_id) if row.why == Why.LEFT]
    return tuple(sorted({row.until_on for row in left if row.until_on and _ran_out(row)}))


def _ran_out(left: Reach) -> bool:
    """Say whether a row of `left` ends when it has to; one that a correction took away ends sooner."""
    end, day = left.until_at, left.until_on
    return not end or not day or clock.local_day(end) >= plus_days(day, READS_ON)
