"""Tables of sessions and of what opens them besides a password."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.second_factor import FactorKind, Level
from caseapp.kernel.db import Base, coded, new_id, plain
from caseapp.kernel.seals import Domain, Sealed


class UserSession(Base):
    """A signed-in browser; it can be ended from elsewhere."""

    __tablename__ = "user_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    device: Mapped[str] = plain("S: class of browser of a member of staff", length=60)
    made_at: Mapped[datetime] = mapped_column()
    seen_at: Mapped[datetime] = mapped_column()
    ends_at: Mapped[datetime] = mapped_column()
    revoked_at: Mapped[datetime | None] = mapped_column()
    level: Mapped[str] = coded(Level, "S: a code", server_default=Level.PASSWORD.value)
    """What was proved so far; a session of before the second factor has proved a password only."""
    proved_at: Mapped[datetime | None] = mapped_column()
    """When the second factor was proved in this session."""
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often a proof was tried since the session began."""
    challenge: Mapped[bytes | None] = mapped_column(LargeBinary(64))
    """What a passkey has to sign, once."""
    challenge_at: Mapped[datetime | None] = mapped_column()


class Factor(Base):
    """A second factor of somebody: a code app, or a passkey of a phone, computer or key."""

    __tablename__ = "factor"
    __subject__: ClassVar[str] = "account_id"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'passkey') = (credential_id IS NOT NULL)", name="passkey_has_credential"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[str] = coded(FactorKind, "S: a code")
    name: Mapped[str] = plain("S: what its owner calls a phone or a key", length=60)
    material = Sealed[str](Domain.ACCOUNT, str)
    """The seed of the app, or the public key of the passkey: sealed, so that nobody can plant one."""
    credential_id: Mapped[bytes | None] = mapped_column(LargeBinary(1023), unique=True)
    last_step: Mapped[int | None] = mapped_column(BigInteger)
    """The latest half minute whose code was used; only a later one is taken."""
    sign_count: Mapped[int] = mapped_column(BigInteger, default=0)
    made_at: Mapped[datetime] = mapped_column()
    made_in: Mapped[UUID | None] = mapped_column()
    """The session in which an app is being set up: no other sees its seed."""
    confirmed_at: Mapped[datetime | None] = mapped_column()
    used_at: Mapped[datetime | None] = mapped_column()


class RecoveryCode(Base):
    """A code on paper that opens the second step once."""

    __tablename__ = "recovery_code"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[datetime] = mapped_column()
    used_at: Mapped[datetime | None] = mapped_column()
