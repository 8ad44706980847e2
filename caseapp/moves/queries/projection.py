"""What reach needs to know of moves and responsibility (caseapp/domain/reach.py)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from caseapp.domain import reach
from caseapp.domain.calendar import plus_days
from caseapp.domain.codes import TransferStatus
from caseapp.kernel.bulk import among
from caseapp.kernel.work import Work
from caseapp.moves.models import Handover, Responsible, Transfer
from caseapp.moves.queries.records import OPEN, parts
from caseapp.reference import queries as reference


def coming_for_reach(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, list[reach.Coming]]:
    """Return the moves of these children that are not over yet, and whether their handover was sent."""
    rows = [row for part in parts(child_ids) for row in _open(work, part)]
    regions = reference.regions_of(work, [row[2] for row in rows]) if rows else {}
    found: dict[UUID, list[reach.Coming]] = {}
    for child_id, transfer_id, location_id, day, status, sent_on in rows:
        coming = reach.Coming(
            transfer_id,
            location_id,
            regions[location_id] if location_id else None,
            day,
            sent=sent_on is not None,
            left=status == TransferStatus.DEPARTED,
        )
        found.setdefault(child_id, []).append(coming)
    return found


def _open(work: Work, child_ids: Sequence[UUID]) -> Sequence[Any]:
    return work.session.execute(
        select(
            Transfer.child_id,
            Transfer.id,
            Transfer.to_location_id,
            Transfer.planned_on,
            Transfer.status,
            Handover.sent_on,
        )
        .outerjoin(Handover, Handover.transfer_id == Transfer.id)
        .where(among(work, Transfer.child_id, child_ids), Transfer.status.in_(OPEN))
    ).all()


def holdings_for_reach(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, list[reach.Holding]]:
    """Return who is, will be or was lately responsible for these children, when it is an account."""
    lately = plus_days(work.today, -reach.READS_ON)
    found: dict[UUID, list[reach.Holding]] = {}
    for part in parts(child_ids):
        rows = work.session.execute(
            select(
                Responsible.child_id,
                Responsible.id,
                Responsible.account_id,
                Responsible.from_on,
                Responsible.to_on,
            ).where(
                among(work, Responsible.child_id, part),
                Responsible.account_id.is_not(None),
                or_(Responsible.to_on.is_(None), Responsible.to_on > lately),
            )
        )
        for child_id, row_id, account_id, start, end in rows:
            if account_id is not None:
                found.setdefault(child_id, []).append(reach.Holding(row_id, account_id, start, end))
    return found
