"""Reading moves, handovers and who is responsible."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from caseapp.domain.codes import TransferStatus
from caseapp.kernel.bulk import AT_ONCE, among
from caseapp.kernel.work import Work, reading_past
from caseapp.moves.models import Responsible, Transfer
from caseapp.people import queries as people
from caseapp.reference import queries as reference

OPEN: Final = (TransferStatus.PLANNED, TransferStatus.CONFIRMED, TransferStatus.DEPARTED)
"""A move that is not over yet."""


@dataclass(frozen=True, slots=True)
class Baton:
    """Who is responsible for a child, and since when; without an account the name is sealed."""

    child_id: UUID
    responsible_id: UUID
    account_id: UUID | None
    since: date


def transfers(work: Work, child_id: UUID) -> Sequence[Transfer]:
    """Return the moves of a child, the first planned first."""
    return work.session.scalars(
        select(Transfer)
        .where(Transfer.child_id == child_id)
        .order_by(Transfer.planned_on, Transfer.announced_on, Transfer.id)
    ).all()


def transfer(work: Work, child_id: UUID, transfer_id: UUID) -> Transfer | None:
    """Return one move of a child."""
    return work.session.scalars(
        select(Transfer).where(Transfer.id == transfer_id, Transfer.child_id == child_id)
    ).one_or_none()


def same_move(
    work: Work, child_id: UUID, to_location_id: UUID, planned_on: date
) -> Transfer | None:
    """Return the move of a child to a place on a planned day: a list knows it by these."""
    return work.session.scalars(
        select(Transfer)
        .where(
            Transfer.child_id == child_id,
            Transfer.to_location_id == to_location_id,
            Transfer.planned_on == planned_on,
        )
        .order_by(Transfer.id)
        .limit(1)
    ).one_or_none()


def planned(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, list[Transfer]]:
    """Return the moves of these children that are not over yet, the first planned first."""
    found: dict[UUID, list[Transfer]] = {}
    for part in parts(child_ids):
        rows = work.session.scalars(
            select(Transfer)
            .where(among(work, Transfer.child_id, part), Transfer.status.in_(OPEN))
            .order_by(Transfer.planned_on, Transfer.id)
        )
        for row in rows:
            found.setdefault(row.child_id, []).append(row)
    return found


def responsible(work: Work, child_id: UUID) -> Sequence[Responsible]:
    """Return who was and is responsible for a child, the first one first."""
    return work.session.scalars(
        select(Responsible)
        .where(Responsible.child_id == child_id)
        .order_by(
            Responsible.from_on, Responsible.to_on.is_(None), Responsible.to_on, Responsible.id
        )
    ).all()


def responsible_on(work: Work, child_id: UUID, day: date) -> Responsible | None:
    """Return who is responsible for a child on a day."""
    return work.session.scalars(
        select(Responsible).where(
            Responsible.child_id == child_id,
            Responsible.from_on <= day,
            or_(Responsible.to_on.is_(None), Responsible.to_on > day),
        )
    ).one_or_none()


@reading_past("the caseload of a colleague, handed on by who sees the children")
def held_by(work: Work, account_ids: Collection[UUID]) -> Sequence[Responsible]:
    """Return whom these accounts are responsible for, today or later, by child."""
    return work.session.scalars(
        select(Responsible)
        .where(
            Responsible.account_id.in_(account_ids),
            or_(Responsible.to_on.is_(None), Responsible.to_on > work.today),
        )
        .order_by(Responsible.child_id, Responsible.from_on)
    ).all()


@reading_past("children whom nobody carries are handed on by who sees them")
def left_by(work: Work, account_id: UUID) -> Sequence[Responsible]:
    """Return for each child that nobody is responsible for, and this account was the last: how it ended."""
    return work.session.scalars(
        select(Responsible)
        .where(Responsible.account_id == account_id, _left_alone(work))
        .order_by(Responsible.child_id, Responsible.from_on)
    ).all()


def count_left(work: Work, scope: Select[UUID]) -> Counter[UUID]:
    """Return of how many children of a scope, that nobody is responsible for, each account was the last."""
    return _counted(work, _left_alone(work) & Responsible.child_id.in_(scope))


def _left_alone(work: Work) -> ColumnElement[bool]:
    """Return the predicate: a responsibility that ended, and after it there is none of the same child."""
    later = aliased(Responsible)
    goes_on = or_(later.to_on.is_(None), later.to_on > Responsible.to_on)
    after = select(later.id).where(later.child_id == Responsible.child_id, goes_on)
    return (Responsible.to_on <= work.today) & ~after.exists()


def count_held(work: Work, scope: Select[UUID]) -> Counter[UUID]:
    """Return for how many children of a scope each account is responsible today."""
    now = (Responsible.from_on <= work.today) & or_(
        Responsible.to_on.is_(None), Responsible.to_on > work.today
    )
    return _counted(work, now & Responsible.child_id.in_(scope))


def _counted(work: Work, which: ColumnElement[bool]) -> Counter[UUID]:
    account = Responsible.account_id
    children = func.count(Responsible.child_id.distinct())
    rows = work.session.execute(
        select(account, children).where(account.is_not(None), which).group_by(account)
    )
    return Counter({row[0]: row[1] for row in rows if row[0] is not None})


def holders(work: Work) -> Sequence[UUID]:
    """Return the accounts that are responsible for somebody, today or later."""
    account = Responsible.account_id
    rows = work.session.scalars(
        select(account)
        .where(
            account.is_not(None), or_(Responsible.to_on.is_(None), Responsible.to_on > work.today)
        )
        .distinct()
        .order_by(account)
    )
    return [one for one in rows if one is not None]


def batons(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, Baton]:
    """Return who is responsible today for each of these children; one without anybody is left out."""
    found: dict[UUID, Baton] = {}
    for part in parts(child_ids):
        rows = work.session.execute(
            select(
                Responsible.child_id, Responsible.id, Responsible.account_id, Responsible.from_on
            ).where(
                among(work, Responsible.child_id, part),
                Responsible.from_on <= work.today,
                or_(Responsible.to_on.is_(None), Responsible.to_on > work.today),
            )
        )
        found.update({row[0]: Baton(*row) for row in rows})
    return found


def receives(work: Work, move: Transfer) -> bool:
    """Say whether this actor works where the child goes: at the location, in its region, or for all."""
    return _works_at(work, move.to_location_id)


def sends(work: Work, move: Transfer) -> bool:
    """Say whether this actor works where the move begins."""
    return _works_at(work, move.from_location_id)


def _works_at(work: Work, location_id: UUID | None) -> bool:
    actor = work.actor
    if actor.is_national:
        return True
    if location_id is None:
        return bool(actor.regions)
    if location_id in actor.location_ids:
        return True
    place = reference.location(work, location_id) if actor.regions else None
    return place is not None and place.region in actor.regions


def led_here(work: Work, move: Transfer) -> bool:
    """Say whether the child still lives where this move brought it."""
    at = people.here(work, [move.child_id]).get(move.child_id)
    return at is not None and at.location_id == move.to_location_id


def parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """Yield keys in portions that fit in one statement."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
