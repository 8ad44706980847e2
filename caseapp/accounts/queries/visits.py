"""Who is signed in now, and with which rights."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, Select, or_, select
from sqlalchemy.orm import Session

from caseapp.accounts.models import Account, Grant, UserSession
from caseapp.domain.policy import Actor, HeldGrant, Role, ScopeKind
from caseapp.kernel.db import reading
from caseapp.kernel.seals import Vault
from caseapp.kernel.work import Work

if TYPE_CHECKING:
    from caseapp.kernel.machine import Machine

SEEN_AGAIN_AFTER: Final = timedelta(minutes=1)
"""How old the last sign of life of a session may be before it is written anew."""

CLOCK_STEP: Final = timedelta(minutes=5)
"""How far a clock may be behind the last sign of life; set back further, it ends the session."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A session that is valid now: whose it is, as which actor, and in which language."""

    session_id: UUID
    actor: Actor
    language: str
    must_change: bool
    """The password is an initial one: until it is replaced the actor has no role."""
    is_stale: bool
    """The last sign of life is older than a minute and has to be written."""


def has_demo_accounts(engine: Engine) -> bool:
    """Say whether an account of the demo world stands in this database."""
    with Session(engine) as session:
        return session.scalar(select(Grant.id).where(Grant.origin == "demo").limit(1)) is not None


def hash_of_token(token: str) -> bytes:
    """Return what the database keeps of the opaque token of a browser."""
    return sha256(token.encode()).digest()


def signed_in(machine: "Machine", token: str) -> Visit | None:
    """Return the session that a browser's token stands for; None when it is not valid (any more)."""
    now = machine.now()
    with Session(reading(machine.engine), autoflush=False) as session:
        found = session.execute(_visits(now).where(UserSession.token_hash == hash_of_token(token)))
        rows = found.all()
        if not rows:
            return None
        row, who = rows[0][:2]
        if who.closed_at is not None or not is_live(row, now, machine.settings.idle_minutes):
            return None
        ref = session_ref(Vault(machine.keyring), row.id)
        return Visit(
            session_id=row.id,
            actor=_actor(who, _held(rows), ref),
            language=who.language,
            must_change=who.initial_until is not None,
            is_stale=abs(now - row.seen_at) >= SEEN_AGAIN_AFTER,
        )


def _visits(now: datetime) -> Select[UserSession, Account, UUID, str, str | None]:
    """Return the select of sessions with their accounts and a row for each grant that holds."""
    held = (Grant.account_id == Account.id) & (Grant.role == Account.role) & holds(now)
    return (
        select(UserSession, Account, Grant.id, Grant.scope_kind, Grant.scope_id)
        .join(Account, Account.id == UserSession.account_id)
        .outerjoin(Grant, held)
        .order_by(Grant.id)
    )


def _held(rows: Iterable[Any]) -> tuple[HeldGrant, ...]:
    """Return the grants that stand at the end of rows; none in a row without one."""
    grants = [row[-3:] for row in rows if row[-3] is not None]
    return tuple(HeldGrant(key, ScopeKind(kind), place) for key, kind, place in grants)


def session_ref(vault: Vault, session_id: UUID) -> str:
    """Return how the trail names a session: a keyed hash, so that it opens nothing."""
    return vault.index("session", session_id.bytes).hex()


def is_live(row: UserSession, now: datetime, idle_minutes: int) -> bool:
    """Say whether a session holds: not ended, not past its end, not idle too long, clock not set back."""
    idle = now - row.seen_at
    return (
        row.revoked_at is None
        and now < row.ends_at
        and -CLOCK_STEP <= idle < timedelta(minutes=idle_minutes)
    )


def actor_of(
    session: Session, who: Account, now: datetime, session_ref: str | None = None
) -> Actor:
    """Return the actor for an account: its role only while a grant of that role is valid.

    An account whose password is still the initial one has no role either.
    """
    return _actor(who, valid_grants(session, who, now), session_ref)


def _actor(who: Account, grants: tuple[HeldGrant, ...], session_ref: str | None) -> Actor:
    is_ready = who.closed_at is None and who.initial_until is None
    return Actor(
        account_id=who.id,
        name=who.name,
        role=Role(who.role) if grants and is_ready else None,
        grants=grants if is_ready else (),
        organisation=who.organisation,
        session_ref=session_ref,
    )


def holds(now: datetime) -> ColumnElement[bool]:
    """Return the predicate: a grant has begun, not ended, is not revoked, and approved if needed."""
    return (
        (Grant.valid_from <= now)
        & or_(Grant.valid_to.is_(None), Grant.valid_to > now)
        & Grant.revoked_at.is_(None)
        & or_(Grant.approved_at.is_not(None), Grant.needs_approval.is_(False))
    )


def valid_grants(session: Session, who: Account, now: datetime) -> tuple[HeldGrant, ...]:
    """Return the grants that an account holds at a moment, for the role that it has."""
    rows = session.execute(
        select(Grant.id, Grant.scope_kind, Grant.scope_id)
        .where(Grant.account_id == who.id, Grant.role == who.role, holds(now))
        .order_by(Grant.id)
    )
    return _held(rows)


def sessions_of(work: Work, account_id: UUID) -> Sequence[UserSession]:
    """Return the sessions of an account that were not ended, the latest first."""
    return work.session.scalars(
        select(UserSession)
        .where(
            UserSession.account_id == account_id,
            UserSession.revoked_at.is_(None),
            UserSession.ends_at > work.now,
        )
        .order_by(UserSession.made_at.desc())
    ).all()


def session_of(work: Work, account_id: UUID, session_id: UUID) -> UserSession | None:
    """Return a session of this account that was not ended; None for anybody else's."""
    row = work.session.get(UserSession, session_id)
    is_own = row is not None and row.account_id == account_id and row.revoked_at is None
    return row if is_own else None


def must_change(work: Work, account_id: UUID) -> bool:
    """Say whether the password of an account is still the initial one."""
    row = work.session.get(Account, account_id)
    return row is not None and row.initial_until is not None
