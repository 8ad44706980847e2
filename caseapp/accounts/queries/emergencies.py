"""Looks into files in an emergency: which run, how often, and which wait to be judged."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from caseapp.accounts.models import Emergency
from caseapp.accounts.queries.staff import coordinators, national_desk, of_role
from caseapp.domain.policy import Actor, Permission, Role
from caseapp.kernel.work import Work


def emergency(work: Work, row_id: UUID) -> Emergency | None:
    """Return a look in an emergency by its key."""
    return work.session.get(Emergency, row_id)


def running_at(work: Work, account_id: UUID, child_id: UUID) -> Emergency | None:
    """Return the look of an account at a child that runs now."""
    mine = (Emergency.account_id == account_id) & (Emergency.child_id == child_id)
    rows = select(Emergency).where(mine, _runs(work.now)).order_by(Emergency.ends_at.desc())
    return work.session.scalars(rows.limit(1)).one_or_none()


def emergencies_of(work: Work, account_id: UUID, since: datetime) -> Sequence[Emergency]:
    """Return the looks of an account since a moment, the latest first."""
    return work.session.scalars(
        select(Emergency)
        .where(Emergency.account_id == account_id, Emergency.started_at > since)
        .order_by(Emergency.started_at.desc())
    ).all()


def emergencies_since(work: Work, account_id: UUID, since: datetime) -> int:
    """Count the looks of an account since a moment."""
    mine = (Emergency.account_id == account_id) & (Emergency.started_at > since)
    return work.session.scalar(select(func.count()).select_from(Emergency).where(mine)) or 0


def count_emergencies(work: Work, since: datetime) -> int:
    """Count the looks of everybody since a moment."""
    rows = select(func.count()).select_from(Emergency).where(Emergency.started_at > since)
    return work.session.scalar(rows) or 0


def expired_emergencies(work: Work) -> Sequence[Emergency]:
    """Return the looks whose time is over and whose end is not in the trail yet."""
    over = Emergency.stopped_at.is_(None) & (Emergency.ends_at <= work.now)
    return work.session.scalars(select(Emergency).where(over).with_for_update()).all()


def late_reviews(work: Work) -> Sequence[Emergency]:
    """Return the looks that nobody judged in time, and of which nobody was told yet."""
    late = Emergency.reviewed_at.is_(None) & (Emergency.review_by < work.today)
    late &= Emergency.late_at.is_(None)
    return work.session.scalars(select(Emergency).where(late).with_for_update()).all()


def to_review(work: Work) -> Sequence[Emergency]:
    """Return the looks that who is asking has to judge, the most urgent first."""
    mine = Emergency.reviewed_at.is_(None) & _reviewed_by(work.actor)
    return work.session.scalars(
        select(Emergency).where(mine).order_by(Emergency.review_by, Emergency.id)
    ).all()


def count_to_review(work: Work) -> int:
    """Count the looks that are over and that who is asking has to judge."""
    if not work.actor.may(Permission.EMERGENCY_REVIEW):
        return 0
    mine = Emergency.reviewed_at.is_(None) & _reviewed_by(work.actor) & ~_runs(work.now)
    return work.session.scalar(select(func.count()).select_from(Emergency).where(mine)) or 0


def may_review(actor: Actor, row: Emergency) -> bool:
    """Say whether a look is of those that somebody judges: all for a privacy officer, else by region."""
    own = actor.on_own_rights
    if not own.may(Permission.EMERGENCY_REVIEW) or row.account_id == own.account_id:
        return False
    return own.role is Role.PRIVACY_OFFICER or own.is_national or row.region in own.regions


def reviewers(work: Work, region: str | None) -> tuple[UUID, ...]:
    """Return who judges looks in a region: its coordinators, else the national desk; and privacy officers."""
    near = coordinators(work, [region]).get(region, []) if region else []
    found = [*(near or national_desk(work)), *of_role(work, Role.PRIVACY_OFFICER)]
    return tuple(dict.fromkeys(one.id for one in found))


def _reviewed_by(actor: Actor) -> ColumnElement[bool]:
    own = actor.on_own_rights
    others = Emergency.account_id != own.account_id
    if own.role is Role.PRIVACY_OFFICER or own.is_national:
        return others
    return others & Emergency.region.in_(own.regions)


def _runs(now: datetime) -> ColumnElement[bool]:
    return Emergency.stopped_at.is_(None) & (Emergency.ends_at > now)
