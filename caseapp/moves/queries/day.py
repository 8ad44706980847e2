"""The moves of one location on a day: who leaves, who comes, and which handovers wait to be accepted."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from caseapp.domain.codes import TransferStatus
from caseapp.domain.policy import Sees
from caseapp.kernel.work import Work
from caseapp.moves.models import Handover, Promise, Transfer
from caseapp.moves.queries.records import OPEN, parts
from caseapp.people import queries as people

NOT_LEFT = (TransferStatus.PLANNED, TransferStatus.CONFIRMED)


def leaving(work: Work, location_id: UUID, day: date) -> Sequence[Transfer]:
    """Return the moves from a location that were to begin on a day or before, the child still there."""
    return _due(work, Sees.ALL, Transfer.from_location_id == location_id, day, NOT_LEFT)


def coming(work: Work, location_id: UUID, day: date) -> Sequence[Transfer]:
    """Return the moves to a location that were to end on a day or before, and have not."""
    return _due(work, Sees.HEADER, Transfer.to_location_id == location_id, day, OPEN)


def _due(
    work: Work, least: Sees, at: ColumnElement[bool], day: date, states: Collection[TransferStatus]
) -> Sequence[Transfer]:
    return work.session.scalars(
        select(Transfer)
        .where(
            at,
            Transfer.planned_on <= day,
            Transfer.status.in_(states),
            people.in_sight(work.actor, work.now, Transfer.child_id, least),
        )
        .order_by(Transfer.planned_on, Transfer.id)
    ).all()


def to_accept(work: Work, location_id: UUID) -> Sequence[Transfer]:
    """Return the moves to a location whose handover was sent and not answered, and that led there or will."""
    rows = work.session.scalars(
        select(Transfer)
        .join(Handover, Handover.transfer_id == Transfer.id)
        .where(
            Transfer.to_location_id == location_id,
            Transfer.status != TransferStatus.CANCELLED,
            Handover.sent_on.is_not(None),
            Handover.acknowledged_on.is_(None),
            Handover.refused_at.is_(None),
            people.in_sight(work.actor, work.now, Transfer.child_id, Sees.HANDOVER),
        )
        .order_by(Transfer.planned_on, Transfer.id)
    ).all()
    here = people.here(work, [row.child_id for row in rows if row.arrived_on is not None])
    return [row for row in rows if row.arrived_on is None or _is_here(here, row)]


def _is_here(here: Any, row: Transfer) -> bool:
    at = here.get(row.child_id)
    return at is not None and at.location_id == row.to_location_id


def open_promises(work: Work, transfer_ids: Sequence[UUID]) -> dict[UUID, list[Promise]]:
    """Return the promises without an outcome of these moves, by move."""
    found: dict[UUID, list[Promise]] = {}
    for part in parts(transfer_ids):
        rows = work.session.scalars(
            select(Promise)
            .where(Promise.transfer_id.in_(part), Promise.outcome.is_(None))
            .order_by(Promise.id)
        )
        for row in rows:
            found.setdefault(row.transfer_id, []).append(row)
    return found
