"""The list of moves: coming and going, inside the own scope."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true

from caseapp.domain.codes import TransferStatus
from caseapp.domain.policy import Sees
from caseapp.kernel.work import Work
from caseapp.moves.models import Transfer
from caseapp.moves.queries.records import OPEN
from caseapp.people import queries as people
from caseapp.reference import queries as reference

SHOWN_AFTERWARDS: Final = 30
"""Days that a list still shows a move that is over."""


class Direction(StrEnum):
    """Which way a move goes, seen from who looks."""

    COMES = "comes"
    GOES = "goes"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which moves a list shows: coming or going, in one state, of one region; empty means all."""

    direction: Direction | None = None
    status: TransferStatus | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of moves, and how many there are in all."""

    rows: Sequence[Transfer]
    total: int


def listing(work: Work, wanted: Wanted, page: int, size: int) -> Listed:
    """Return the moves to and from this actor's places, and of children this actor is responsible for.

    Those that are not over, and those of the last 30 days; `page` counts from 1. A move whose handover
    was not sent is not shown to who receives the child: it may not know yet.
    """
    statement = select(Transfer).where(
        people.in_sight(work.actor, work.now, Transfer.child_id, Sees.HANDOVER),
        _in_time(work, wanted.status),
        _ends(work, wanted),
    )
    total = work.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    rows = work.session.scalars(
        statement.order_by(Transfer.planned_on, Transfer.id).limit(size).offset((page - 1) * size)
    ).all()
    return Listed(rows, total)


def _in_time(work: Work, status: TransferStatus | None) -> ColumnElement[bool]:
    lately = work.today - timedelta(days=SHOWN_AFTERWARDS)
    if status is not None:
        recent = or_(Transfer.arrived_on >= lately, Transfer.planned_on >= lately)
        return (Transfer.status == status) & (recent if status not in OPEN else true())
    return Transfer.status.in_(OPEN)


def _ends(work: Work, wanted: Wanted) -> ColumnElement[bool]:
    """Return the predicate: the move ends or begins at a place of this actor, or of the region asked for."""
    actor = work.actor
    places: Select[UUID] | None = None
    if wanted.region is not None:
        places = reference.ids_in_regions([wanted.region])
    elif not actor.is_national and (actor.location_ids or actor.regions):
        places = reference.ids_in_regions(actor.regions, actor.location_ids)
    comes, goes = Transfer.to_location_id, Transfer.from_location_id
    if places is None:
        return true()
    own = people.visible_ids(replace(actor, grants=()), work.now)
    mine = Transfer.child_id.in_(own) if wanted.direction is None else false()
    match wanted.direction:
        case Direction.COMES:
            return comes.in_(places)
        case Direction.GOES:
            return goes.in_(places)
        case _:
            return or_(comes.in_(places), goes.in_(places), mine)
