"""Sessions: beginning them, letting them rise, seeing and ending them."""

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import delete, select, update

from caseapp.accounts import queries
from caseapp.accounts.models import Account, UserSession
from caseapp.domain.events import AccountCorrected, SessionRevoked, SignedOut
from caseapp.domain.policy import Actor, Role
from caseapp.domain.second_factor import (
    FORGET_ENDED_AFTER,
    HALF_WAY_LASTS,
    LASTING,
    MOST_SESSIONS,
    Level,
)
from caseapp.kernel.work import Work

if TYPE_CHECKING:
    from caseapp.kernel.machine import Machine

TOKEN_BYTES: Final = 32
LONGEST_DEVICE: Final = 60
LASTS: Final = timedelta(hours=12)
HOUSE: Final = Actor(account_id=None, name="sessions")


def begin_session(work: Work, account_id: UUID, device: str, lasts: timedelta = LASTS) -> str:
    """Begin a full session, its second factor proved now, and return the opaque token.

    The database keeps the hash of the token only.
    """
    return begun(work, account_id, device, lasts)[0]


def begun(
    work: Work, account_id: UUID, device: str, lasts: timedelta, level: Level = Level.FULL
) -> tuple[str, UserSession]:
    """Begin a session and return its token with its row; it lasts no longer than its role allows.

    One too many for an account ends the session that was seen longest ago.
    """
    is_full = level is Level.FULL
    most = _whole(work, account_id) if is_full else HALF_WAY_LASTS
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = work.add(
        UserSession(
            account_id=account_id,
            token_hash=queries.hash_of_token(token),
            device=device[:LONGEST_DEVICE],
            made_at=work.now,
            seen_at=work.now,
            ends_at=work.now + min(lasts, most),
            level=level,
            proved_at=work.now if is_full else None,
        )
    )
    work.flush()
    _make_room(work, account_id, row.id)
    return token, row


def risen(work: Work, before: UserSession, lasts: timedelta) -> tuple[str, UserSession] | None:
    """Give a session that proved the second factor a new token, and end the one before it.

    A session that was full already keeps its end. None when it was ended in the meantime.
    """
    if not _end(work, [before.id]):
        return None
    left = before.ends_at - work.now if before.level == Level.FULL else lasts
    return begun(work, before.account_id, before.device, left)


def renew(machine: "Machine", session_id: UUID) -> str | None:
    """Give a session whose rights grew another token, and return it; None when it has ended.

    What was proved stays as it was: only the token that others may have seen is of no use any more.
    """
    work = machine.work(HOUSE)
    try:
        row = work.session.get(UserSession, session_id)
        if row is None or not _end(work, [row.id]):
            return None
        token, new = begun(work, row.account_id, row.device, row.ends_at - work.now)
        new.proved_at, new.tries = row.proved_at, row.tries
        work.commit()
        return token
    finally:
        work.session.close()


def note_seen(machine: "Machine", session_id: UUID) -> None:
    """Write the sign of life of a session, unless it was ended in the meantime: it stays dead."""
    now = machine.now()
    with machine.engine.begin() as connection:
        connection.execute(
            update(UserSession)
            .where(UserSession.id == session_id, UserSession.revoked_at.is_(None))
            .values(seen_at=now)
        )


def sign_out(work: Work, session_id: UUID) -> None:
    """End the session of who is asking."""
    if _end(work, [session_id]):
        work.record(SignedOut(object_id=session_id))


def revoke_session(work: Work, session: UserSession) -> None:
    """End a session from elsewhere."""
    if _end(work, [session.id]):
        work.record(SessionRevoked(object_id=session.id))


def end_sessions(work: Work, account_id: UUID, keep: UUID | None = None) -> int:
    """End all sessions of an account, but for one to keep, and return how many there were."""
    ended = 0
    for session_id in work.session.scalars(
        select(UserSession.id).where(
            UserSession.account_id == account_id, UserSession.revoked_at.is_(None)
        )
    ).all():
        if session_id != keep and _end(work, [session_id]):
            work.record(SessionRevoked(object_id=session_id))
            ended += 1
    return ended


def forget_sessions(work: Work) -> None:
    """Remove sessions that ended long ago; a month is kept for who looks into a theft."""
    before = work.now - FORGET_ENDED_AFTER
    ended = (UserSession.revoked_at < before) | (UserSession.ends_at < before)
    work.session.execute(delete(UserSession).where(ended))


def choose_language(work: Work, account_id: UUID, language: str) -> None:
    """Keep the language that somebody reads, on every device."""
    work.session.execute(update(Account).where(Account.id == account_id).values(language=language))
    work.record(AccountCorrected(object_id=account_id, fields=("language",)))


def _whole(work: Work, account_id: UUID) -> timedelta:
    role = work.session.scalar(select(Account.role).where(Account.id == account_id))
    return LASTING[Role(role)].whole if role else HALF_WAY_LASTS


def _make_room(work: Work, account_id: UUID, newest: UUID) -> None:
    live = select(UserSession.id).where(
        UserSession.account_id == account_id,
        UserSession.revoked_at.is_(None),
        UserSession.ends_at > work.now,
        UserSession.id != newest,
    )
    by_age = live.order_by(UserSession.seen_at.desc(), UserSession.id.desc())
    for session_id in work.session.scalars(by_age.offset(MOST_SESSIONS - 1)).all():
        _end(work, [session_id])
        work.record(SessionRevoked(object_id=session_id))


def _end(work: Work, session_ids: list[UUID]) -> bool:
    ended = work.session.execute(
        update(UserSession)
        .where(UserSession.id.in_(session_ids), UserSession.revoked_at.is_(None))
        .values(revoked_at=work.now)
        .returning(UserSession.id)
        .execution_options(synchronize_session=False)
    )
    return bool(ended.all())
