"""Reading holds on moves, and objections against them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select

from caseapp.domain.holding import HoldKind
from caseapp.domain.policy import Actor
from caseapp.domain.recipients import GUARDIANSHIP, NATIONAL
from caseapp.kernel.bulk import AT_ONCE, among
from caseapp.kernel.work import Work
from caseapp.moves.models import Hold


def holds(work: Work, transfer_id: UUID) -> Sequence[Hold]:
    """Return every hold and objection of a move, the latest first."""
    return work.session.scalars(
        select(Hold).where(Hold.transfer_id == transfer_id).order_by(Hold.placed_at.desc(), Hold.id)
    ).all()


def hold(work: Work, transfer_id: UUID, hold_id: UUID) -> Hold | None:
    """Return one hold or objection of a move."""
    return work.session.scalars(
        select(Hold).where(Hold.id == hold_id, Hold.transfer_id == transfer_id)
    ).one_or_none()


def held(work: Work, transfer_id: UUID) -> Hold | None:
    """Return the hold that stops a move today."""
    return held_among(work, [transfer_id]).get(transfer_id)


def held_among(work: Work, transfer_ids: Collection[UUID]) -> dict[UUID, Hold]:
    """Return the holds that stop these moves today, by move; of several the one that lasts longest."""
    found: dict[UUID, Hold] = {}
    wanted = list(transfer_ids)
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        rows = work.session.scalars(
            select(Hold)
            .where(among(work, Hold.transfer_id, part), stops(work))
            .order_by(Hold.until_on, Hold.id)
        )
        found.update({row.transfer_id: row for row in rows})
    return found


def stops(work: Work) -> ColumnElement[bool]:
    """Return the predicate: a hold that nobody ended and whose day has not come."""
    return (Hold.kind == HoldKind.HOLD) & Hold.ended_at.is_(None) & (Hold.until_on > work.today)


def desk_of(actor: Actor) -> str | None:
    """Return at which desk a coordinator sits: the country, the guardians, or the first own region."""
    if actor.is_national:
        return NATIONAL
    if actor.is_guardianship_desk:
        return GUARDIANSHIP
    return next(iter(actor.regions), None)


def sits_at(actor: Actor, desk: str | None) -> bool:
    """Say whether a coordinator sits at a desk."""
    at = (
        (actor.is_national, NATIONAL),
        (actor.is_guardianship_desk, GUARDIANSHIP),
        *((True, region) for region in actor.regions),
    )
    return any(holds_there and name == desk for holds_there, name in at)
