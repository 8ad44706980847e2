"""Who is signed in now, and with which rights."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Engine,
    ScalarSelect,
    Select,
    String,
    Uuid,
    column,
    func,
    or_,
    select,
    table,
)
from sqlalchemy.orm import Session

from caseapp.accounts.models import Account, Factor, Grant, Leave, UserSession
from caseapp.domain.pace import OPENED, STILL, WINDOW, Pace
from caseapp.domain.policy import BREAK_GLASS, DELEGATION, Actor, HeldGrant, Role, ScopeKind
from caseapp.domain.second_factor import LASTING, Level
from caseapp.kernel.db import Instant, reading
from caseapp.kernel.seals import Vault
from caseapp.kernel.work import Work
from caseapp.settings import Settings

if TYPE_CHECKING:
    from caseapp.kernel.machine import Machine

SEEN_AGAIN_AFTER: Final = timedelta(minutes=1)
"""How old the last sign of life of a session may be before it is written anew."""

CLOCK_STEP: Final = timedelta(minutes=5)
"""How far a clock may be behind the last sign of life; set back further, it ends the session."""


HELD: Final = (
    Grant.id,
    Grant.scope_kind,
    Grant.scope_id,
    Grant.origin,
    Grant.account_id,
    Account.id.label("holder"),
    Leave.grant_id,
)
"""What a row says of a grant: where it holds, whose it is, who holds it now, and whether it is lent alone."""


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
    level: Level = Level.FULL
    proved_at: datetime | None = None
    has_factor: bool = True
    """Whether a second factor is set up; asked only at the level of the password."""
    has_risen: bool = False
    """A right began after the session did: it needs a new token."""
    pace: Pace = STILL
    """How many files this account opened just now, in all its sessions."""


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
        if who.closed_at is not None or not is_live(row, now, idle_of(machine.settings, who)):
            return None
        is_full = row.level == Level.FULL
        ref = session_ref(Vault(machine.keyring), row.id)
        return Visit(
            session_id=row.id,
            actor=_actor(who, _held(rows) if is_full else (), ref),
            language=who.language,
            must_change=who.initial_until is not None,
            is_stale=abs(now - row.seen_at) >= SEEN_AGAIN_AFTER,
            level=Level(row.level),
            proved_at=row.proved_at,
            has_factor=is_full or has_factor(session, who.id),
            has_risen=is_full and _began(rows) > row.made_at,
            pace=Pace(*rows[0][5:7]),
        )


def idle_of(settings: Settings, who: Account) -> timedelta:
    """Return how long a session may be without a sign of life: by role; a demo is not so strict."""
    configured = timedelta(minutes=settings.idle_minutes)
    is_at_ease = settings.stage in {"demo", "development"}
    return configured if is_at_ease else min(configured, LASTING[Role(who.role)].idle)


def has_factor(session: Session, account_id: UUID) -> bool:
    """Say whether an account has a second factor that is ready."""
    found = select(Factor.id).where(
        Factor.account_id == account_id, Factor.confirmed_at.is_not(None)
    )
    return session.scalar(found.limit(1)) is not None


def _began(rows: Iterable[Any]) -> datetime:
    """Return when the latest of the rights in rows came into force: own, approved or lent."""
    begins = (moment for row in rows for moment in row[2:5] if moment is not None)
    return max(begins, default=datetime.min.replace(tzinfo=UTC))


def _visits(now: datetime) -> Select[*tuple[Any, ...]]:
    """Return the select of sessions with their accounts and a row for each grant that holds."""
    return (
        select(
            UserSession,
            Account,
            Grant.valid_from,
            Grant.approved_at,
            Leave.begins_at,
            _lately(now, func.count(_TRAIL.c.child_id.distinct())),
            _lately(now, func.max(_TRAIL.c.at)),
            *HELD,
        )
        .join(Account, Account.id == UserSession.account_id)
        .outerjoin(Leave, (Leave.stand_in_id == Account.id) & lasts(now))
        .outerjoin(Grant, _own_or_lent() & (Grant.role == Account.role) & holds(now))
        .order_by(Grant.id)
    )


_TRAIL: Final = table(
    "audit_event",
    column("account_id", Uuid),
    column("at", Instant),
    column("code", String),
    column("child_id", Uuid),
)
"""The trail, which stands above: what an account opened is counted where it is (security.md 6, attack 55)."""


def _lately(now: datetime, figure: ColumnElement[Any]) -> ScalarSelect[Any]:
    """Return a figure over the files that the account opened just now: one look at an index of the trail."""
    opened = (_TRAIL.c.account_id == Account.id) & (_TRAIL.c.at > now - WINDOW)
    return (
        select(figure).where(opened, _TRAIL.c.code == OPENED).correlate(Account).scalar_subquery()
    )


def _own_or_lent() -> ColumnElement[bool]:
    """Return the predicate: a grant is the account's own, or one that a leave lends it; never a lent one."""
    lent = (Grant.account_id == Leave.absent_id) & (Grant.origin != BREAK_GLASS)
    lent &= or_(Leave.grant_id.is_(None), Leave.grant_id == Grant.id)
    return or_(Grant.account_id == Account.id, lent)


def _held(rows: Iterable[Any]) -> tuple[HeldGrant, ...]:
    """Return the grants that stand at the end of rows, each once; none in a row without one."""
    held: dict[UUID, HeldGrant] = {}
    for row in rows:
        key, kind, place, origin, holder, who, part = row[-len(HELD) :]
        if key is None:
            continue
        lent = holder if holder != who else None
        whole = lent is not None and part is None
        origin = DELEGATION if lent else origin
        held[key] = HeldGrant(key, ScopeKind(kind), place, origin, lent, whole)
    return tuple(held.values())


def session_ref(vault: Vault, session_id: UUID) -> str:
    """Return how the trail names a session: a keyed hash, so that it opens nothing."""
    return vault.index("session", session_id.bytes).hex()


def is_live(row: UserSession, now: datetime, idle_for: timedelta) -> bool:
    """Say whether a session holds: not ended, not past its end, not idle too long, clock not set back."""
    idle = now - row.seen_at
    return row.revoked_at is None and now < row.ends_at and -CLOCK_STEP <= idle < idle_for


def actor_of(
    session: Session, who: Account, now: datetime, session_ref: str | None = None
) -> Actor:
    """Return the actor for an account: its role only while a grant of that role is valid.

    An account whose password is still the initial one has no role either.
    """
    return _actor(who, valid_grants(session, who, now), session_ref)


def _actor(who: Account, grants: tuple[HeldGrant, ...], session_ref: str | None) -> Actor:
    """Return who acts: without a right of one's own, what a colleague lent is worth nothing."""
    is_ready = who.closed_at is None and who.initial_until is None
    actor = Actor(
        account_id=who.id,
        name=who.name,
        role=Role(who.role),
        grants=grants,
        organisation=who.organisation,
        session_ref=session_ref,
        stands_in=tuple(dict.fromkeys(g.lent_by for g in grants if g.lent_by and g.whole)),
    )
    if is_ready and actor.on_own_rights.grants:
        return actor
    return replace(actor, role=None, grants=(), stands_in=())


def holds(now: datetime) -> ColumnElement[bool]:
    """Return the predicate: a grant has begun, not ended, is not revoked, and approved if needed."""
    return (
        (Grant.valid_from <= now)
        & or_(Grant.valid_to.is_(None), Grant.valid_to > now)
        & Grant.revoked_at.is_(None)
        & or_(Grant.approved_at.is_not(None), Grant.needs_approval.is_(False))
    )


def lasts(now: datetime) -> ColumnElement[bool]:
    """Return the predicate: a leave has begun, and is not over."""
    return (Leave.begins_at <= now) & (Leave.ends_at > now) & Leave.ended_at.is_(None)


def valid_grants(session: Session, who: Account, now: datetime) -> tuple[HeldGrant, ...]:
    """Return the grants that an account holds at a moment for its role, own ones and lent ones."""
    rows = session.execute(
        select(*HELD)
        .select_from(Account)
        .outerjoin(Leave, (Leave.stand_in_id == Account.id) & lasts(now))
        .join(Grant, _own_or_lent() & (Grant.role == Account.role) & holds(now))
        .where(Account.id == who.id)
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
