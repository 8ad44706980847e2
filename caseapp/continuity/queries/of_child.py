"""Alerts of one child, and the worst one of many: for the page of a child and the caseload."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select

from caseapp.continuity.models import Alert
from caseapp.continuity.queries.listed import OPEN, Listed, listed, order, select_columns
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.bulk import among
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.people.queries import Sight

NO_ALERT: Final = 0


def open_of(work: Work, sight: Sight) -> list[Listed]:
    """Return the open alerts of a child that this actor may see, worst first."""
    return listed(
        work,
        select_columns()
        .where(_of(work, sight), OPEN)
        .order_by(Alert.rank.desc(), *order(work.today)),
    )


def own_tasks(work: Work, sight: Sight) -> Sequence[str]:
    """Return the rules of the open alerts that this actor still owns of a child that left: titles, no more."""
    mine = (Alert.child_id == sight.id) & (Alert.owner_account_id.in_(work.actor.account_ids))
    return work.session.scalars(
        select(Alert.rule)
        .where(mine, OPEN)
        .group_by(Alert.rule)
        .order_by(func.max(Alert.rank).desc(), Alert.rule)
    ).all()


def every_of(work: Work, sight: Sight) -> list[Listed]:
    """Return all alerts of a child that this actor may see: open ones worst first, then the latest mended."""
    return listed(
        work,
        select_columns()
        .where(_of(work, sight))
        .order_by(
            Alert.closed_at.is_not(None),
            case((OPEN, -Alert.rank), else_=0),
            Alert.closed_at.desc(),
            *order(work.today),
        ),
    )


def one_of(work: Work, sight: Sight, alert_id: UUID) -> Listed | None:
    """Return one alert of a child when this actor may see it."""
    found = listed(work, select_columns().where(_of(work, sight), Alert.id == alert_id))
    return found[0] if found else None


def count_mended(work: Work, sight: Sight) -> int:
    """Return how many alerts of a child are closed now."""
    closed = select(func.count()).where(_of(work, sight), Alert.closed_at.is_not(None))
    return work.session.scalar(closed) or 0


def _of(work: Work, sight: Sight) -> ColumnElement[bool]:
    """Return the predicate: of this child; without the whole file only what this actor was told of."""
    own: ColumnElement[bool] = Alert.child_id == sight.id
    if sight.open_file:
        return own
    return own & Alert.id.in_(people.told_ids(work.actor, work.now))


@dataclass(frozen=True, slots=True)
class Asked:
    """Which children of a scope to list: by their worst alert, or by one kind of break."""

    severity: Severity | None = None
    rule: str | None = None


def in_order(
    work: Work, scope: Select[UUID], asked: Asked, page: int, size: int
) -> tuple[list[UUID], int]:
    """Return a page of the children of a scope, the worst off first, and how many there are in all."""
    inside = scope.subquery()
    key = next(iter(inside.c))
    rank = func.coalesce(func.max(Alert.rank), NO_ALERT)
    late = func.min(case((Alert.rank == 3, Alert.due)))  # noqa: PLR2004 (the rank of critical)
    first = func.min(Alert.opened_at)
    found = (
        select(key, func.count().over())
        .select_from(inside)
        .outerjoin(Alert, (Alert.child_id == key) & OPEN)
        .group_by(key)
        .order_by(rank.desc(), late.is_(None), late, first, key)
    )
    if asked.severity is not None:
        found = found.having(rank == asked.severity.weight + 1)
    if asked.rule is not None:
        found = found.where(key.in_(select(Alert.child_id).where(OPEN, Alert.rule == asked.rule)))
    rows = work.session.execute(found.limit(size).offset((page - 1) * size)).all()
    if not rows and page > 1:
        return [], len(work.session.execute(found).all())
    return [row[0] for row in rows], rows[0][1] if rows else 0


def worst_of(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, Listed]:
    """Return for each of these children its worst open alert."""
    place = func.row_number().over(
        partition_by=Alert.child_id, order_by=(Alert.rank.desc(), *order(work.today))
    )
    numbered = select(Alert.id, place.label("place")).where(
        OPEN, among(work, Alert.child_id, child_ids)
    ).subquery()  # fmt: skip
    first = select_columns().join(numbered, numbered.c.id == Alert.id).where(numbered.c.place == 1)
    return {row.child_id: row for row in listed(work, first)}


def count_fine(work: Work, scope: Select[UUID]) -> int:
    """Return how many children of a scope have no open alert."""
    inside = scope.subquery()
    key: Any = next(iter(inside.c))
    broken = select(Alert.id).where(OPEN, Alert.child_id == key).exists()
    return work.session.scalar(select(func.count()).select_from(inside).where(~broken)) or 0
