"""Accounts with their rights, as the pages of the administration show them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from caseapp.accounts.models import Account, Grant
from caseapp.accounts.queries.visits import holds
from caseapp.domain.policy import Role, ScopeKind
from caseapp.kernel.work import Work


class State(StrEnum):
    """Which accounts to list."""

    OPEN = "open"
    NO_RIGHT = "no_right"
    CLOSED = "closed"


class Standing(StrEnum):
    """How a right stands now."""

    WAITING = "waiting"
    VALID = "valid"
    TO_COME = "to_come"
    ENDED = "ended"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Listing:
    """A part of the accounts, with their rights that are valid now, and how many there are in all."""

    rows: Sequence[Account]
    rights: dict[UUID, list[Grant]]
    total: int


def listing(
    work: Work,
    *,
    role: Role | None,
    state: State,
    place: tuple[ScopeKind, str] | None,
    page: int,
    size: int,
) -> Listing:
    """Return a page (from 1) of the accounts of one role and state, that hold a right at a place."""
    with_right = select(Grant.account_id).where(holds(work.now), Grant.role == Account.role)
    wanted = _in_state(state, with_right)
    if role is not None:
        wanted &= Account.role == role
    if place is not None:
        at_place = with_right.where(Grant.scope_kind == place[0], Grant.scope_id == place[1])
        wanted &= Account.id.in_(at_place)
    total = work.session.scalar(select(func.count()).select_from(Account).where(wanted)) or 0
    rows = work.session.scalars(
        select(Account)
        .where(wanted)
        .order_by(Account.name, Account.id)
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    return Listing(rows, valid_of(work, [row.id for row in rows]), total)


def _in_state(state: State, with_right: Select[UUID]) -> ColumnElement[bool]:
    if state is State.CLOSED:
        return Account.closed_at.is_not(None)
    is_open = Account.closed_at.is_(None)
    return is_open & Account.id.not_in(with_right) if state is State.NO_RIGHT else is_open


def valid_of(work: Work, account_ids: Collection[UUID]) -> dict[UUID, list[Grant]]:
    """Return the rights that these accounts hold now."""
    found: dict[UUID, list[Grant]] = defaultdict(list)
    rows = select(Grant).where(Grant.account_id.in_(list(account_ids)), holds(work.now))
    for grant in work.session.scalars(rows.order_by(Grant.id)):
        found[grant.account_id].append(grant)
    return found


def waiting(work: Work) -> Sequence[Grant]:
    """Return the rights that wait for a second person, the oldest first."""
    return work.session.scalars(
        select(Grant)
        .join(Account, Account.id == Grant.account_id)
        .where(
            Grant.needs_approval,
            Grant.approved_at.is_(None),
            Grant.revoked_at.is_(None),
            or_(Grant.valid_to.is_(None), Grant.valid_to > work.now),
            Account.closed_at.is_(None),
        )
        .order_by(Grant.asked_at, Grant.id)
    ).all()


def grants_of(work: Work, account_id: UUID) -> Sequence[Grant]:
    """Return all rights of an account, the newest first."""
    return work.session.scalars(
        select(Grant)
        .where(Grant.account_id == account_id)
        .order_by(Grant.asked_at.desc(), Grant.id)
    ).all()


def grant(work: Work, grant_id: UUID) -> Grant | None:
    """Return a right by its key."""
    return work.session.get(Grant, grant_id)


def standing(row: Grant, now: datetime) -> Standing:
    """Say how a right stands at a moment."""
    if row.revoked_at is not None:
        return Standing.TAKEN_BACK
    if row.valid_to is not None and row.valid_to <= now:
        return Standing.ENDED
    if row.needs_approval and row.approved_at is None:
        return Standing.WAITING
    return Standing.TO_COME if row.valid_from > now else Standing.VALID


def count_open(work: Work) -> dict[Role, int]:
    """Return how many open accounts each role has."""
    rows = work.session.execute(
        select(Account.role, func.count()).where(Account.closed_at.is_(None)).group_by(Account.role)
    )
    return {Role(row[0]): row[1] for row in rows}


def places_granted(work: Work, location_ids: Collection[UUID]) -> set[UUID]:
    """Return at which of these locations somebody holds, held or asked for a right."""
    places = {str(one): one for one in location_ids}
    rows = select(Grant.scope_id).where(Grant.scope_kind == ScopeKind.LOCATION).distinct()
    found = {scope_id for scope_id in work.session.scalars(rows) if scope_id in places}
    return {places[one] for one in found}
