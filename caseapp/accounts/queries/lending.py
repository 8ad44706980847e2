"""Who does whose work, and who owes rights to whom."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from caseapp.accounts.models import Grant, Leave, TwoPeople
from caseapp.accounts.queries.visits import holds, lasts
from caseapp.domain.two_people import Together
from caseapp.kernel.work import Work


def stood_in(work: Work, stand_in: UUID, absent: UUID, since: datetime) -> bool:
    """Say whether an account did the work of another at any time since a moment."""
    found = select(Leave.id).where(
        Leave.stand_in_id == stand_in,
        Leave.absent_id == absent,
        Leave.begins_at <= work.now,
        Leave.ends_at > since,
        or_(Leave.ended_at.is_(None), Leave.ended_at > since),
    )
    return work.session.scalar(found.limit(1)) is not None


def is_stand_in(work: Work, one: UUID | None, other: UUID | None, since: datetime) -> bool:
    """Say whether one of two that may be nobody did the work of the other since a moment."""
    return one is not None and other is not None and stood_in(work, one, other, since)


def stand_ins(work: Work) -> dict[UUID, tuple[UUID, ...]]:
    """Return who does all the work of whom now, by who is away; one statement a unit of work."""

    def ask() -> dict[UUID, tuple[UUID, ...]]:
        found: dict[UUID, tuple[UUID, ...]] = {}
        rows = select(Leave.absent_id, Leave.stand_in_id).where(
            lasts(work.now), Leave.grant_id.is_(None)
        )
        for absent, one in work.session.execute(rows.order_by(Leave.id)):
            found[absent] = (*found.get(absent, ()), one)
        return found

    return work.once(stand_ins, ask)


def leave(work: Work, leave_id: UUID) -> Leave | None:
    """Return a leave by its key."""
    return work.session.get(Leave, leave_id)


def leaves_of(work: Work, account_id: UUID) -> Sequence[Leave]:
    """Return the leaves of an account, as the one away or the stand-in, that are not over, the next first."""
    mine = or_(Leave.absent_id == account_id, Leave.stand_in_id == account_id)
    return work.session.scalars(
        select(Leave)
        .where(mine, Leave.ends_at > work.now, Leave.ended_at.is_(None))
        .order_by(Leave.begins_at, Leave.id)
    ).all()


def owes_rights_to(work: Work, account_id: UUID, giver: UUID) -> bool:
    """Say whether a right that an account holds now was given by another alone, or approved by it."""
    found = select(Grant.id).where(
        Grant.account_id == account_id,
        holds(work.now),
        or_(
            Grant.approved_by == giver,
            (Grant.asked_by == giver) & Grant.needs_approval.is_(False),
        ),
    )
    return work.session.scalar(found.limit(1)) is not None


def two_people(work: Work, row_id: UUID) -> TwoPeople | None:
    """Return what somebody asked that takes two people."""
    return work.session.get(TwoPeople, row_id)


def waiting_for_second(work: Work, kinds: Collection[Together]) -> Sequence[TwoPeople]:
    """Return what waits for a second person, the oldest first."""
    return work.session.scalars(
        select(TwoPeople)
        .where(
            TwoPeople.kind.in_([kind.value for kind in kinds]),
            TwoPeople.decision.is_(None),
            TwoPeople.ends_at > work.now,
        )
        .order_by(TwoPeople.asked_at, TwoPeople.id)
    ).all()


def reset_asked(work: Work, account_id: UUID) -> TwoPeople | None:
    """Return the latest request to let an account in anew that can still be decided or used."""
    asked = (
        select(TwoPeople)
        .where(
            TwoPeople.kind == Together.RESET.value,
            TwoPeople.about_account == account_id,
            TwoPeople.used_at.is_(None),
            TwoPeople.ends_at > work.now,
        )
        .order_by(TwoPeople.asked_at.desc(), TwoPeople.id.desc())
    )
    return work.session.scalars(asked.limit(1)).first()


def asked_by(work: Work, account_id: UUID) -> Sequence[TwoPeople]:
    """Return what an account asked that takes two people and is not over, the newest first."""
    return work.session.scalars(
        select(TwoPeople)
        .where(TwoPeople.asked_by == account_id, TwoPeople.ends_at > work.now)
        .order_by(TwoPeople.asked_at.desc(), TwoPeople.id)
    ).all()
