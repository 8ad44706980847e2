"""What an applied list did: whose files it began, and what the rows were that it wrote."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import select

from caseapp.domain.lists.course import How, RunState
from caseapp.domain.lists.words import ListKind
from caseapp.exchange.models import ListChange, ListChild, ListRun
from caseapp.kernel.bulk import among
from caseapp.kernel.db import Base
from caseapp.kernel.restoring import is_fact
from caseapp.kernel.work import Work

PLACES = "location"
STAYS = "placement"


@cache
def facts() -> tuple[str, ...]:
    """Return the tables that people write in: an undo restores those, and all else follows."""
    return tuple(name for name in Base.metadata.tables if is_fact(name))


def added(work: Work, run: ListRun) -> Sequence[UUID]:
    """Return the children of whom a list began the file."""
    return work.session.scalars(
        select(ListChild.child_id)
        .where(ListChild.run_id == run.id, ListChild.how == How.ADDED.value)
        .order_by(ListChild.child_id)
    ).all()


def rewritten(work: Work, run: ListRun) -> Sequence[UUID]:
    """Return the children in whose file, that was there before, a list wrote facts; none for places."""
    if run.list_kind == ListKind.LOCATIONS.value:
        return ()
    rows = select(ListChange.child_id).where(
        ListChange.run_id == run.id,
        ListChange.child_id.is_not(None),
        ListChange.table_name.in_(facts()),
    )
    found = work.session.scalars(rows.distinct().order_by(ListChange.child_id))
    return [key for key in found if key is not None]


def keys_written(work: Work, run: ListRun) -> dict[str, set[UUID]]:
    """Return which rows of facts a list wrote of children that were known before, by table."""
    found: dict[str, set[UUID]] = {}
    rows = select(ListChange.table_name, ListChange.row_id).where(
        ListChange.run_id == run.id, ListChange.table_name.in_(facts())
    )
    for name, key in work.session.execute(rows.order_by(ListChange.table_name)):
        found.setdefault(name, set()).add(key)
    return found


def changes(work: Work, run: ListRun, child_ids: Collection[UUID]) -> Sequence[ListChange]:
    """Return which facts of these children a list wrote, with what each row was; at most AT_ONCE of them."""
    return work.session.scalars(
        select(ListChange).where(
            ListChange.run_id == run.id,
            among(work, ListChange.child_id, child_ids),
            ListChange.table_name.in_(facts()),
        )
    ).all()


def changes_of_places(work: Work, run: ListRun) -> Sequence[ListChange]:
    """Return which locations a list wrote, with what each was."""
    return work.session.scalars(
        select(ListChange)
        .where(ListChange.run_id == run.id, ListChange.table_name == PLACES)
        .order_by(ListChange.row_id)
    ).all()


def groups_told(work: Work, run: ListRun) -> Sequence[UUID]:
    """Return the stays that learned the size of their group from a list of locations."""
    told = select(ListChange).where(ListChange.run_id == run.id, ListChange.table_name == STAYS)
    rows = work.session.scalars(told.order_by(ListChange.row_id))
    return [one.row_id for one in rows if one.clear_values.get("group_size") is None]


def applied_after(work: Work, run: ListRun) -> set[UUID]:
    """Return the lists that were applied after this one, and stand."""
    stands = ListRun.state.in_([RunState.APPLIED.value, RunState.UNDOING.value])
    return set(work.session.scalars(select(ListRun.id).where(stands, ListRun.seq_at > run.seq_at)))


def undone_after(work: Work, run: ListRun) -> set[UUID]:
    """Return the lists that were undone after this one was applied, whenever they came in."""
    since = run.applied_at or run.at
    return set(work.session.scalars(select(ListRun.id).where(ListRun.undone_at >= since)))


def removed(work: Work, since: datetime) -> Sequence[UUID]:
    """Return the children that went with the lists that were undone since a moment."""
    return work.session.scalars(
        select(ListChild.child_id)
        .join(ListRun, ListRun.id == ListChild.run_id)
        .where(ListRun.undone_at >= since, ListChild.how == How.ADDED.value)
        .order_by(ListChild.child_id)
    ).all()
