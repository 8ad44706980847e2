"""The children whose file a list began or wrote in."""

from uuid import UUID

from sqlalchemy import Select, func, select

from caseapp.exchange.models import ListChild, ListRun
from caseapp.kernel.work import Work


def children_of(run: ListRun) -> Select[UUID]:
    """Return the keys of the children of a list, for use inside another select."""
    return select(ListChild.child_id).where(ListChild.run_id == run.id)


def count_children(work: Work, run: ListRun) -> int:
    """Return how many children a list began a file of, or wrote about."""
    there = select(func.count()).select_from(ListChild).where(ListChild.run_id == run.id)
    return work.session.scalar(there) or 0
