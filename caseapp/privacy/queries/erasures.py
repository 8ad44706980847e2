"""Reading tombstones: who was erased, and what is left to do of it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from caseapp.kernel.bulk import among, in_parts
from caseapp.kernel.tombstones import Tombstone
from caseapp.kernel.work import Work
from caseapp.privacy.models import Erasure


def erasure_of(work: Work, child_id: UUID) -> Erasure | None:
    """Return the tombstone of a child."""
    return work.session.scalars(select(Erasure).where(Erasure.child_id == child_id)).one_or_none()


def erased_at(work: Work, child_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Return when each of these children was erased; who was not is left out."""
    found: dict[UUID, datetime] = {}
    for part in in_parts(child_ids):
        rows = select(Erasure.child_id, Erasure.at).where(among(work, Erasure.child_id, part))
        found.update({row[0]: row[1] for row in work.session.execute(rows)})
    return found


def unfinished(work: Work) -> Sequence[Erasure]:
    """Return the erasures of which keys or residue may be there still, in order."""
    return work.session.scalars(
        select(Erasure).where(Erasure.done_at.is_(None)).order_by(Erasure.seq)
    ).all()


def tombstones(work: Work) -> list[Tombstone]:
    """Return all tombstones of this database, in order."""
    rows = work.session.scalars(select(Erasure).order_by(Erasure.seq))
    return [tombstone(row) for row in rows]


def tombstone(row: Erasure) -> Tombstone:
    """Return a tombstone as the keystore and the journal know it."""
    lists = tuple(UUID(one) for one in row.subjects)
    return Tombstone(row.seq, row.child_id, row.at, lists, row.keys_digest)


def last_number(work: Work) -> int:
    """Return the number of the last tombstone of this database; 0 when there is none."""
    return work.session.scalar(select(func.max(Erasure.seq))) or 0
