"""Sessions: beginning, seeing and ending them."""

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select, update

from caseapp.accounts import queries
from caseapp.accounts.models import Account, UserSession
from caseapp.domain.events import AccountCorrected, SessionRevoked, SignedOut
from caseapp.kernel.work import Work

if TYPE_CHECKING:
    from caseapp.kernel.machine import Machine

TOKEN_BYTES: Final = 32
LONGEST_DEVICE: Final = 60
LASTS: Final = timedelta(hours=12)


def begin_session(work: Work, account_id: UUID, device: str, lasts: timedelta = LASTS) -> str:
    """Begin a session of an account and return the opaque token: the database keeps its hash."""
    return begun(work, account_id, device, lasts)[0]


def begun(work: Work, account_id: UUID, device: str, lasts: timedelta) -> tuple[str, UserSession]:
    """Begin a session and return its token with its row."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = work.add(
        UserSession(
            account_id=account_id,
            token_hash=queries.hash_of_token(token),
            device=device[:LONGEST_DEVICE],
            made_at=work.now,
            seen_at=work.now,
            ends_at=work.now + lasts,
        )
    )
    work.flush()
    return token, row


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


def choose_language(work: Work, account_id: UUID, language: str) -> None:
    """Keep the language that somebody reads, on every device."""
    work.session.execute(update(Account).where(Account.id == account_id).values(language=language))
    work.record(AccountCorrected(object_id=account_id, fields=("language",)))


def _end(work: Work, session_ids: list[UUID]) -> bool:
    ended = work.session.execute(
        update(UserSession)
        .where(UserSession.id.in_(session_ids), UserSession.revoked_at.is_(None))
        .values(revoked_at=work.now)
        .returning(UserSession.id)
        .execution_options(synchronize_session=False)
    )
    return bool(ended.all())
