"""Reading which rule is silent because a fact is missing: counted by place and fact, and as a list."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, tuple_

from caseapp.continuity.models import Gap
from caseapp.domain.gaps import Lack
from caseapp.kernel.bulk import among, in_parts
from caseapp.kernel.work import Work, reading_past
from caseapp.people import queries as people

HEADS: Final = (3, 2, 1)
"""From which number of `heads` on a row is the first of its child, of a fact of it, of a rule."""

GapKey: TypeAlias = tuple[str, str, UUID, int]
"""Fact, rule, record that lacks the fact, and rank of what the rule could say."""


@dataclass(frozen=True, slots=True)
class Where:
    """Of which children to count: all in sight, those of a region, or those of one location.

    `elsewhere` is who lives at no location of ours: with a family, on their own, or nowhere on record.
    """

    region: str | None = None
    location_id: UUID | None = None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """How many children lack something; `rank` is the gravest that could be said about them."""

    children: int = 0
    rank: int = 0

    def with_more(self, children: int, rank: int) -> "Counted":
        """Return the same with more children."""
        return Counted(self.children + children, max(self.rank, rank))


@dataclass(slots=True)
class Lacking:
    """What is missing for the rules: by fact and rule, and by location and fact; None is no location."""

    children: int = 0
    by_rule: dict[tuple[Lack, str], Counted] = field(default_factory=lambda: defaultdict(Counted))
    by_place: Counter[UUID | None] = field(default_factory=Counter)
    by_place_and_fact: dict[tuple[UUID | None, Lack], Counted] = field(
        default_factory=lambda: defaultdict(Counted)
    )

    def of(self, fact: Lack) -> Counted:
        """Return how many children lack a fact, wherever they live."""
        found = Counted()
        for (_place, lack), one in self.by_place_and_fact.items():
            if lack is fact:
                found = found.with_more(one.children, one.rank)
        return found


@dataclass(frozen=True, slots=True)
class Line:
    """One record that lacks a fact: whose it is, and which rules are silent because of it, gravest first."""

    child_id: UUID
    record_id: UUID
    rules: Sequence[str]


def known_gaps(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, set[GapKey]]:
    """Return the gaps on record of these children; a child without any is left out."""
    found: dict[UUID, set[GapKey]] = {}
    columns = select(Gap.child_id, Gap.fact, Gap.rule, Gap.record_id, Gap.rank)
    for part in in_parts(child_ids):
        for row in work.session.execute(columns.where(among(work, Gap.child_id, part))):
            found.setdefault(row[0], set()).add((row[1], row[2], row[3], row[4]))
    return found


def count_lacking(work: Work, where: Where) -> Lacking:
    """Count what is missing for children in the own scope: one statement, however many children."""
    homes = people.homes(work).subquery()
    by = (homes.c.location_id, Gap.fact, Gap.rule)
    counted = (
        select(
            *by, *(func.count().filter(Gap.heads >= level) for level in HEADS), func.max(Gap.rank)
        )
        .outerjoin(homes, homes.c.child_id == Gap.child_id)
        .where(*_about(work, where, homes))
        .group_by(*by)
    )
    found = Lacking()
    for place, fact, rule, children, lacking, silent, rank in work.session.execute(counted):
        found.children += children
        found.by_place[place] += children
        lack = Lack(fact)
        found.by_rule[lack, rule] = found.by_rule[lack, rule].with_more(silent, rank)
        here = place, lack
        found.by_place_and_fact[here] = found.by_place_and_fact[here].with_more(lacking, rank)
    return found


def children_lacking(work: Work) -> int:
    """Return of how many children in the own scope something is missing: for who follows a few."""
    mine = Gap.child_id.in_(people.visible_ids(work.actor, work.now))
    found = select(func.count()).where(Gap.heads >= HEADS[0], mine)
    return work.session.scalar(found) or 0


def who_lacks(work: Work, fact: Lack, where: Where, page: int, size: int) -> tuple[list[Line], int]:
    """Return a page of the records in the own scope that lack a fact, gravest first, and how many in all."""
    homes = people.homes(work).subquery()
    found = (
        select(Gap.child_id, Gap.record_id, func.count().over())
        .outerjoin(homes, homes.c.child_id == Gap.child_id)
        .where(Gap.fact == fact.value, *_about(work, where, homes))
        .group_by(Gap.child_id, Gap.record_id)
        .order_by(func.max(Gap.rank).desc(), Gap.child_id, Gap.record_id)
        .limit(size)
        .offset((page - 1) * size)
    )
    rows = work.session.execute(found).all()
    rules = _rules_of(work, fact, [(row[0], row[1]) for row in rows])
    lines = [Line(row[0], row[1], rules[row[0], row[1]]) for row in rows]
    return lines, rows[0][2] if rows else 0


def _rules_of(
    work: Work, fact: Lack, keys: Sequence[tuple[UUID, UUID]]
) -> dict[tuple[UUID, UUID], list[str]]:
    found: dict[tuple[UUID, UUID], list[str]] = {key: [] for key in keys}
    rows = select(Gap.child_id, Gap.record_id, Gap.rule).where(
        Gap.fact == fact.value,
        among(work, Gap.child_id, list({key[0] for key in keys})),
        tuple_(Gap.child_id, Gap.record_id).in_(keys),
    )
    for child_id, record_id, rule in work.session.execute(rows.order_by(Gap.rank.desc(), Gap.rule)):
        found[child_id, record_id].append(rule)
    return found


@reading_past("how many children are followed in the own scope")
def count_watched(work: Work, location_id: UUID | None = None) -> int:
    """Return how many children are followed in the own scope, or at a location, whatever they lack."""
    scope = people.followed_ids(work)
    if location_id is not None:
        scope = scope.where(scope.selected_columns[0].in_(people.ids_at(work, location_id)))
    return work.session.scalar(select(func.count()).select_from(scope.subquery())) or 0


def any_lives_at(work: Work, location_id: UUID) -> bool:
    """Say whether a child in the own scope lives at a location."""
    mine: Select[Any] = people.ids_at(work, location_id)
    key: Any = mine.selected_columns[0]
    seen = mine.where(key.in_(people.visible_ids(work.actor, work.now)))
    return work.session.execute(seen.limit(1)).first() is not None


def _about(work: Work, where: Where, homes: Any) -> list[ColumnElement[bool]]:
    """Return the conditions: in the own scope with the whole file open, and where it was asked."""
    return [people.in_sight(work.actor, work.now, Gap.child_id), *_at(where, homes)]


def _at(where: Where, homes: Any) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    if where.region:
        parts.append(homes.c.region == where.region)
    if where.location_id:
        parts.append(homes.c.location_id == where.location_id)
    if where.elsewhere:
        parts.append(homes.c.location_id.is_(None))
    return parts
