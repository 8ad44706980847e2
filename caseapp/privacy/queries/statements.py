"""Reading what a child, or somebody for it, says beside the record."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from caseapp.kernel.work import Work
from caseapp.privacy.models import Statement


def statements(work: Work, child_id: UUID, *, withdrawn_too: bool = False) -> Sequence[Statement]:
    """Return the statements beside the file of a child, in their order; the caller checked the scope."""
    wanted = select(Statement).where(Statement.child_id == child_id).order_by(Statement.id)
    if not withdrawn_too:
        wanted = wanted.where(Statement.withdrawn_on.is_(None))
    return work.session.scalars(wanted).all()


def statement(work: Work, child_id: UUID, statement_id: UUID) -> Statement | None:
    """Return a statement beside the file of a child."""
    return work.session.scalars(
        select(Statement).where(Statement.id == statement_id, Statement.child_id == child_id)
    ).one_or_none()
