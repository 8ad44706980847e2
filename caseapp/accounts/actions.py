"""Signing in and out, opening and closing accounts, asking for rights and approving them."""

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import update

from caseapp.accounts import queries
from caseapp.accounts.models import UserSession
from caseapp.kernel.work import Work

if TYPE_CHECKING:
    from caseapp.kernel.machine import Machine

TOKEN_BYTES: Final = 32
LONGEST_DEVICE: Final = 60
SESSION_HOURS: Final = 12


def begin_session(
    work: Work, account_id: UUID, device: str, lasts: timedelta = timedelta(hours=SESSION_HOURS)
) -> str:
    """Begin a session of an account and return the opaque token: the database keeps its hash only."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    work.add(
        UserSession(
            account_id=account_id,
            token_hash=queries.hash_of_token(token),
            device=device[:LONGEST_DEVICE],
            made_at=work.now,
            seen_at=work.now,
            ends_at=work.now + lasts,
        )
    )
    return token


def note_seen(machine: "Machine", session_id: UUID) -> None:
    """Write the sign of life of a session, unless it was ended in the meantime: it stays dead."""
    now = machine.now()
    with machine.engine.begin() as connection:
        connection.execute(
            update(UserSession)
            .where(UserSession.id == session_id, UserSession.revoked_at.is_(None))
            .values(seen_at=now)
        )
