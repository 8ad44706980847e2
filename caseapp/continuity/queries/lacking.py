"""Reading which rule is silent because a fact is missing: counted by place and fact, and as a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, tuple_

from caseapp.continuity.models import Gap
from caseapp.domain.gaps import Lack
from caseapp.kernel.bulk import among, in_parts
from caseapp.kernel.work import Work
from caseapp.people import queries as people

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

    children: int
    rank: int


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is missing for the rules: by fact and rule, and by location and fact; None is no location."""

    children: int
    by_rule: dict[tuple[Lack, str], Counted]
    by_place: dict[UUID | None, int]
    by_place_and_fact: dict[tuple[UUID | None, Lack], Counted]

    def of(self, fact: Lack) -> Counted:
        """Return how many children lack a fact, wherever they live."""
        found = [one for (_place, lack), one in self.by_place_and_fact.items() if lack is fact]
        ranks = (one.rank for one in found)
        return Counted(sum(one.children for one in found), max(ranks, default=0))


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
    """Count what is missing for children in the own scope: three statements, however many children."""
    homes = people.homes(work).subquery()
    children = func.count(Gap.child_id.distinct())
    about = _about(work, where, homes)

    def counted(*by: Any) -> Sequence[Any]:
        columns: tuple[Any, ...] = (*by, children, func.max(Gap.rank))
        inside = select(*columns).outerjoin(homes, homes.c.child_id == Gap.child_id).where(*about)
        return work.session.execute(inside.group_by(*by)).all()

    place = homes.c.location_id
    by_place = {row[0]: row[1] for row in counted(place)}
    return Lacking(
        children=sum(by_place.values()),
        by_rule={(Lack(row[0]), row[1]): Counted(*row[2:]) for row in counted(Gap.fact, Gap.rule)},
        by_place=by_place,
        by_place_and_fact={
            (row[0], Lack(row[1])): Counted(*row[2:]) for row in counted(place, Gap.fact)
        },
    )


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
        Gap.fact == fact.value, tuple_(Gap.child_id, Gap.record_id).in_(keys)
    )
    for child_id, record_id, rule in work.session.execute(rows.order_by(Gap.rank.desc(), Gap.rule)):
        found[child_id, record_id].append(rule)
    return found


def count_watched(work: Work, where: Where) -> dict[UUID | None, int]:
    """Return by location how many children are followed in the own scope, whatever they lack."""
    inside = people.followed_ids(work).subquery()
    homes = people.homes(work).subquery()
    key: Any = next(iter(inside.c))
    counted = (
        select(homes.c.location_id, func.count())
        .select_from(inside)
        .outerjoin(homes, homes.c.child_id == key)
        .where(*_at(where, homes))
        .group_by(homes.c.location_id)
    )
    return {row[0]: row[1] for row in work.session.execute(counted)}


def any_lives_at(work: Work, location_id: UUID) -> bool:
    """Say whether a child in the own scope lives at a location."""
    mine: Select[Any] = people.ids_at(work, location_id)
    key: Any = mine.selected_columns[0]
    seen = mine.where(key.in_(people.visible_ids(work.actor, work.now)))
    return work.session.execute(seen.limit(1)).first() is not None


def _about(work: Work, where: Where, homes: Any) -> list[ColumnElement[bool]]:
    """Return the conditions: in the own scope with the whole file open, and where it was asked."""
    mine: ColumnElement[bool] = Gap.child_id.in_(people.visible_ids(work.actor, work.now))
    return [mine, *_at(where, homes)]


def _at(where: Where, homes: Any) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    if where.region:
        parts.append(homes.c.region == where.region)
    if where.location_id:
        parts.append(homes.c.location_id == where.location_id)
    if where.elsewhere:
        parts.append(homes.c.location_id.is_(None))
    return parts
