"""Reading guardianships, plans, support and the runway."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from caseapp.guardianship.models import Guardianship, Plan, Runway, Support
from caseapp.kernel.bulk import AT_ONCE, among, in_parts
from caseapp.kernel.work import Work, reading_past


def workers_now(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return for each child the account of its guardian today, else of who gives it support after 18.

    A guardian without an account, and a child without either, is left out.
    """
    found: dict[UUID, UUID] = {}
    for start in range(0, len(child_ids), AT_ONCE):
        part = child_ids[start : start + AT_ONCE]
        for model, account in (
            (Support, Support.worker_account_id),
            (Guardianship, Guardianship.account_id),
        ):
            rows = work.session.execute(
                select(model.child_id, account)
                .where(among(work, model.child_id, part), account.is_not(None), _now(work, model))
                .order_by(model.from_on, model.id)
            )
            found.update({row[0]: row[1] for row in rows if row[1] is not None})
    return found


def of_worker(work: Work, account_id: UUID) -> list[UUID]:
    """Return the children whose guardian, or support worker after 18, this account is today."""
    held = select(Guardianship.child_id).where(
        Guardianship.account_id == account_id, _now(work, Guardianship)
    )
    helped = select(Support.child_id).where(
        Support.worker_account_id == account_id, _now(work, Support)
    )
    found = {*work.session.scalars(held), *work.session.scalars(helped)}
    return sorted(found)


def children_by_guardian(work: Work) -> dict[UUID, list[UUID]]:
    """Return the children of every guardian with an account today."""
    found: dict[UUID, list[UUID]] = {}
    held = select(Guardianship.account_id, Guardianship.child_id)
    for account_id, child_id in work.session.execute(
        held.where(Guardianship.account_id.is_not(None), _now(work, Guardianship))
    ):
        if account_id is not None:
            found.setdefault(account_id, []).append(child_id)
    return found


@reading_past("the caseload of a colleague, handed on by who sees the children")
def held_by(work: Work, account_id: UUID) -> list[Guardianship | Support]:
    """Return the guardianships and the support after 18 of an account that go on, or are still to begin."""
    found: list[Guardianship | Support] = []
    for model, account in (
        (Guardianship, Guardianship.account_id),
        (Support, Support.worker_account_id),
    ):
        rows: Sequence[Any] = work.session.scalars(
            select(model)
            .where(account == account_id, or_(model.to_on.is_(None), model.to_on > work.today))
            .order_by(model.child_id, model.from_on, model.id)
        ).all()
        found += rows
    return found


def children_of(work: Work, account_ids: Collection[UUID]) -> Iterator[tuple[UUID, UUID]]:
    """Yield (account, child) of whoever is guardian or worker after 18, now or later."""
    for account_id in account_ids:
        for row in held_by(work, account_id):
            yield account_id, row.child_id


def count_held(work: Work, scope: Select[UUID]) -> Counter[UUID]:
    """Return of how many children of a scope each account is the guardian, or the worker after 18, today."""
    found: Counter[UUID] = Counter()
    for model, account in (
        (Guardianship, Guardianship.account_id),
        (Support, Support.worker_account_id),
    ):
        rows = work.session.execute(
            select(account, func.count(model.child_id.distinct()))
            .where(account.is_not(None), _now(work, model), model.child_id.in_(scope))
            .group_by(account)
        )
        found.update({row[0]: row[1] for row in rows if row[0] is not None})
    return found


def _now(work: Work, model: type[Guardianship] | type[Support]) -> ColumnElement[bool]:
    begun: ColumnElement[bool] = model.from_on <= work.today
    return begun & or_(model.to_on.is_(None), model.to_on > work.today)


def ever_guarded(work: Work, child_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these children ever had a guardian."""
    found: set[UUID] = set()
    for part in in_parts(child_ids):
        mine = among(work, Guardianship.child_id, part)
        found.update(work.session.scalars(select(Guardianship.child_id).where(mine).distinct()))
    return found


def guardianships(work: Work, child_id: UUID) -> Sequence[Guardianship]:
    """Return the guardianships of a child, the first one first."""
    return work.session.scalars(
        select(Guardianship)
        .where(Guardianship.child_id == child_id)
        .order_by(Guardianship.from_on, Guardianship.to_on.is_(None), Guardianship.id)
    ).all()


def guardianship(work: Work, child_id: UUID, row_id: UUID) -> Guardianship | None:
    """Return one guardianship of a child."""
    return work.session.scalars(
        select(Guardianship).where(Guardianship.id == row_id, Guardianship.child_id == child_id)
    ).one_or_none()


def guardianship_on(work: Work, child_id: UUID, day: date) -> Guardianship | None:
    """Return the guardianship that covers a day."""
    return work.session.scalars(
        select(Guardianship).where(
            Guardianship.child_id == child_id,
            Guardianship.from_on <= day,
            or_(Guardianship.to_on.is_(None), Guardianship.to_on > day),
        )
    ).one_or_none()


def plans(work: Work, child_id: UUID) -> Sequence[Plan]:
    """Return the plans and reviews of a child; their days are sealed, so the caller sorts."""
    return work.session.scalars(
        select(Plan).where(Plan.child_id == child_id).order_by(Plan.id)
    ).all()


def plan(work: Work, child_id: UUID, plan_id: UUID) -> Plan | None:
    """Return one plan or review of a child."""
    return work.session.scalars(
        select(Plan).where(Plan.id == plan_id, Plan.child_id == child_id)
    ).one_or_none()


def supports(work: Work, child_id: UUID) -> Sequence[Support]:
    """Return the support after 18 of a child, the first one first."""
    return work.session.scalars(
        select(Support).where(Support.child_id == child_id).order_by(Support.from_on, Support.id)
    ).all()


def support(work: Work, child_id: UUID, row_id: UUID) -> Support | None:
    """Return one record of support of a child."""
    return work.session.scalars(
        select(Support).where(Support.id == row_id, Support.child_id == child_id)
    ).one_or_none()


def runway(work: Work, child_id: UUID) -> Runway | None:
    """Return what is decided on the road to 18 of a child."""
    return work.session.scalars(select(Runway).where(Runway.child_id == child_id)).one_or_none()


def periods_for_reach(
    work: Work, child_ids: Sequence[UUID]
) -> Iterator[tuple[str, UUID, UUID, UUID | None, date, date | None]]:
    """Yield (table, child, record, account, from, to) of all guardianships and support, to rebuild reach."""
    for model, account in (
        (Guardianship, Guardianship.account_id),
        (Support, Support.worker_account_id),
    ):
        columns: Any = select(model.child_id, model.id, account, model.from_on, model.to_on)
        for start in range(0, len(child_ids), AT_ONCE):
            part = child_ids[start : start + AT_ONCE]
            for row in work.session.execute(columns.where(among(work, model.child_id, part))):
                yield (model.__tablename__, row[0], row[1], row[2], row[3], row[4])
