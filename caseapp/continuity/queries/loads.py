"""Reading alerts over more than one child, and what they count."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, true

from caseapp.accounts import queries as accounts
from caseapp.continuity.models import Desk, LoadAlert
from caseapp.domain.limits import LimitBook
from caseapp.domain.load import Load, loads_of_guardians, unattended_places
from caseapp.domain.recipients import GUARDIANSHIP
from caseapp.guardianship import queries as guarding
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.placements import queries as placements
from caseapp.reference import queries as reference


def loads_now(work: Work, book: LimitBook | None = None) -> list[Load]:
    """Return what the rules over many children find today, with the limits in force or with others."""
    followed = {child_id for _no, child_id in people.followed_after(work, 0, None)}
    limits = (book or work.limits).on(work.today)
    carried = _counts(guarding.children_by_guardian(work), followed)
    regions = {row.id: row.region for row in reference.locations(work, every=True)}
    attended = accounts.cpks(work, regions)
    lonely = placements.living_at(work, [one for one in regions if one not in attended])
    return [
        *loads_of_guardians(carried, limits["LOAD-1"]),
        *unattended_places(_counts(lonely, followed), attended, regions),
    ]


def _counts(
    children: Mapping[UUID, Collection[UUID]], followed: Collection[UUID]
) -> dict[UUID, int]:
    return {key: sum(one in followed for one in whose) for key, whose in children.items()}


def every_load(work: Work) -> Sequence[LoadAlert]:
    """Return all alerts over many children, mended ones too."""
    return work.session.scalars(select(LoadAlert)).all()


def open_loads(work: Work) -> Sequence[LoadAlert]:
    """Return the open ones of the desks of this actor: the gravest first, then the most children."""
    return work.session.scalars(
        select(LoadAlert)
        .where(LoadAlert.closed_at.is_(None), _concerns(work))
        .order_by(LoadAlert.severity, LoadAlert.children.desc(), LoadAlert.id)
    ).all()


def count_loads(work: Work) -> int:
    """Return how many are open for the desks of this actor."""
    statement = select(func.count()).select_from(LoadAlert)
    return work.session.scalar(statement.where(LoadAlert.closed_at.is_(None), _concerns(work))) or 0


def load_alert(work: Work, load_id: UUID) -> LoadAlert | None:
    """Return an alert over many children of the desks of this actor."""
    return work.session.scalars(
        select(LoadAlert).where(LoadAlert.id == load_id, _concerns(work))
    ).one_or_none()


def _concerns(work: Work) -> ColumnElement[bool]:
    """Return the predicate: it is of a desk of this actor, or the actor took it."""
    actor = work.actor
    if actor.is_national or actor.everywhere:
        return true()
    desks: list[str] = list(actor.regions)
    if actor.is_guardianship_desk:
        desks.append(GUARDIANSHIP)
    return or_(
        LoadAlert.desk.in_([Desk(one) for one in desks]),
        LoadAlert.owner_account_id.in_(actor.account_ids),
    )
