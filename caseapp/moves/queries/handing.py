"""Reading handovers: their promises, what both sides say about them, and the best decision."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select

from caseapp.accounts import queries as accounts
from caseapp.domain.codes import TransferStatus
from caseapp.kernel.bulk import among
from caseapp.kernel.work import Work
from caseapp.moves.models import BestDecision, Handover, Message, Promise, Transfer
from caseapp.moves.queries.records import parts
from caseapp.reference import queries as reference


def handover(work: Work, transfer_id: UUID) -> Handover | None:
    """Return the handover of a move; None while nothing was done for it."""
    return work.session.scalars(
        select(Handover).where(Handover.transfer_id == transfer_id)
    ).one_or_none()


def handovers(work: Work, transfer_ids: Collection[UUID]) -> dict[UUID, Handover]:
    """Return the handovers of moves, by move."""
    found: dict[UUID, Handover] = {}
    for part in parts(list(transfer_ids)):
        rows = work.session.scalars(select(Handover).where(among(work, Handover.transfer_id, part)))
        found.update({row.transfer_id: row for row in rows})
    return found


def promises(work: Work, transfer_id: UUID) -> Sequence[Promise]:
    """Return the promises of a handover, open ones first."""
    return work.session.scalars(
        select(Promise)
        .where(Promise.transfer_id == transfer_id)
        .order_by(Promise.outcome.is_not(None), Promise.id)
    ).all()


def promises_named(work: Work, ids: Sequence[UUID]) -> Sequence[Promise]:
    """Return the promises with these keys, of any handover."""
    found: list[Promise] = []
    for part in parts(ids):
        found += work.session.scalars(select(Promise).where(among(work, Promise.id, part)))
    return found


def promise(work: Work, transfer_id: UUID, promise_id: UUID) -> Promise | None:
    """Return one promise of a handover."""
    return work.session.scalars(
        select(Promise).where(Promise.id == promise_id, Promise.transfer_id == transfer_id)
    ).one_or_none()


def messages(work: Work, transfer_id: UUID) -> dict[UUID, list[Message]]:
    """Return what both sides said about the promises of a move, by promise, the first said first."""
    found: dict[UUID, list[Message]] = {}
    for row in work.session.scalars(
        select(Message).where(Message.transfer_id == transfer_id).order_by(Message.at, Message.id)
    ):
        found.setdefault(row.promise_id, []).append(row)
    return found


def count_messages(work: Work, transfer_id: UUID) -> int:
    """Return how much was said about the promises of a move."""
    counted = select(func.count()).select_from(Message).where(Message.transfer_id == transfer_id)
    return work.session.scalar(counted) or 0


def best_decision(work: Work, transfer_id: UUID) -> BestDecision | None:
    """Return the best decision for the child about a move; None while nobody began it."""
    return work.session.scalars(
        select(BestDecision).where(BestDecision.transfer_id == transfer_id)
    ).one_or_none()


def unanswered(work: Work, most: int) -> Sequence[tuple[Handover, Transfer]]:
    """Return handovers that nobody answered in time and of which no desk knows, the oldest first."""
    rows = work.session.execute(
        select(Handover, Transfer)
        .join(Transfer, Transfer.id == Handover.transfer_id)
        .where(
            Handover.due_at <= work.now,
            Handover.missed_at.is_(None),
            Handover.acknowledged_on.is_(None),
            Handover.refused_at.is_(None),
            Transfer.status != TransferStatus.CANCELLED,
        )
        .order_by(Handover.due_at, Handover.id)
        .limit(most)
        .with_for_update(of=Handover, skip_locked=True)
    )
    return [(row[0], row[1]) for row in rows]


def desks_of(work: Work, *location_ids: UUID | None) -> tuple[UUID, ...]:
    """Return the coordinators of the regions of places; the national desk where there is none."""
    places = [one for one in location_ids if one is not None]
    regions = set(reference.regions_of(work, places).values()) if places else set()
    found = accounts.coordinators(work, regions) if regions else {}
    told = [one.id for region in sorted(found) for one in found[region]]
    if len(found) < max(1, len(regions)):
        told += [one.id for one in accounts.national_desk(work)]
    return tuple(dict.fromkeys(told))


def contacts_of(work: Work, move: Transfer) -> tuple[UUID, ...]:
    """Return who receives where a child goes: the contact person there, else the desk of the region."""
    place = reference.location(work, move.to_location_id) if move.to_location_id else None
    if place is not None and place.contact_account_id is not None:
        return (place.contact_account_id,)
    return desks_of(work, move.to_location_id)
