"""Which lists came in, and for whom they are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, select, true

from caseapp.domain.lists.course import RunState
from caseapp.domain.lists.discreet import unpacked
from caseapp.domain.lists.table import Table
from caseapp.domain.lists.words import ListKind
from caseapp.domain.policy import Actor, Permission
from caseapp.exchange.models import ListFile, ListRun
from caseapp.kernel.work import Work

MOST_RUNS: Final = 100


def visible(actor: Actor) -> ColumnElement[bool]:
    """Return the predicate of who sees which run.

    The national desk sees all, coordinators those of their region and their own, an administrator those
    of locations.
    """
    if actor.is_national:
        return true()
    if actor.may(Permission.LOCATION_EDIT):
        return ListRun.list_kind == ListKind.LOCATIONS.value
    if actor.may(Permission.LIST_IMPORT):
        own = ListRun.account_id == actor.account_id
        return or_(own, ListRun.region.in_(actor.regions))
    return false()


def runs(work: Work, most: int = MOST_RUNS) -> Sequence[ListRun]:
    """Return the lists that came in last, the latest first, as far as they are for this person."""
    return work.session.scalars(
        select(ListRun)
        .where(visible(work.actor))
        .order_by(ListRun.at.desc(), ListRun.id.desc())
        .limit(most)
    ).all()


def run(work: Work, run_id: UUID) -> ListRun | None:
    """Return a list that came in; None when it is not for this person."""
    return work.session.scalars(
        select(ListRun).where(ListRun.id == run_id, visible(work.actor))
    ).one_or_none()


def brought(work: Work, run_id: UUID) -> ListRun | None:
    """Return a list that a worker has, whoever it is for."""
    return work.session.get(ListRun, run_id)


def run_of_file(work: Work, kind: ListKind, file_hash: bytes) -> ListRun | None:
    """Return when this very file was applied last as this list, if what it wrote still stands."""
    return work.session.scalars(
        select(ListRun)
        .where(
            ListRun.list_kind == kind.value,
            ListRun.file_hash == file_hash,
            ListRun.state == RunState.APPLIED.value,
        )
        .order_by(ListRun.at.desc(), ListRun.id.desc())
        .limit(1)
    ).one_or_none()


def table(work: Work, run: ListRun) -> Table | None:
    """Return the table of a run; None when it is gone. Raises Unreadable."""
    kept = work.session.get(ListFile, run.id)
    return None if kept is None else unpacked(ListKind(run.list_kind), kept.content)


def overdue(work: Work, before: datetime) -> Sequence[UUID]:
    """Return the runs from before a moment of which the key still has to be destroyed; no worker has them."""
    return work.session.scalars(
        select(ListRun.id)
        .where(ListRun.at < before, ListRun.key_gone_at.is_(None))
        .where(or_(ListRun.leased_until.is_(None), ListRun.leased_until <= work.now))
        .order_by(ListRun.at)
    ).all()
