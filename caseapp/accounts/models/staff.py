"""Tables of accounts, of who guesses, and of forms that were sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.policy import Role
from caseapp.kernel.db import Base, Versioned, coded, new_id, plain
from caseapp.kernel.seals import Domain, Sealed


@dataclass(frozen=True, slots=True)
class Reachable:
    """How to reach a member of staff: sealed under the account's own key."""

    email: str
    phone: str | None = None


class Account(Versioned, Base):
    """Somebody who works with the system; one role, and grants that say where."""

    __tablename__ = "account"
    __subject__: ClassVar[str] = "id"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = plain("S: a member of staff, shown as owner of alerts")
    organisation: Mapped[str | None] = plain("S: employer of a member of staff")
    role: Mapped[str] = coded(Role, "S: a code")
    phone: Mapped[str | None] = plain("S: telephone number of work, shown in the baton", length=40)
    reachable = Sealed[Reachable](Domain.ACCOUNT, Reachable)
    email_index: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    password_hash: Mapped[str | None] = mapped_column(
        String(200), info={"clear": "S: Argon2id hash of a member of staff", "no_past": True}
    )
    """Never kept among what rows were before: an old hash is of use to a thief only."""
    language: Mapped[str] = plain("S: language of the pages", length=2, default="nl")
    initial_until: Mapped[datetime | None] = mapped_column()
    """Set while the password is an initial one: it works until then, and only to replace it."""
    closed_at: Mapped[datetime | None] = mapped_column()
    last_seen_at: Mapped[datetime | None] = mapped_column()


class Throttle(Base):
    """How often signing in failed, per account or address, in a window of time."""

    __tablename__ = "throttle"
    __table_args__ = (UniqueConstraint("key", "opened_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    opened_at: Mapped[datetime] = mapped_column()
    count: Mapped[int] = mapped_column(default=0)


class KnownOrigin(Base):
    """That somebody came in before from a browser or an address: keyed hashes only, of nobody by name."""

    __tablename__ = "known_origin"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    seen_at: Mapped[datetime] = mapped_column(index=True)


class LinkedIdentity(Base):
    """Who an account is at the identity provider of the organisation: a keyed hash of issuer and subject."""

    __tablename__ = "linked_identity"
    __subject__: ClassVar[str] = "account_id"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    subject_index: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    linked_at: Mapped[datetime] = mapped_column()


class FirstKey(Base):
    """What the first accounts of an installation come in with: once, within a day, kept as a hash."""

    __tablename__ = "first_key"
    __subject__: ClassVar[str] = "account_id"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    ends_at: Mapped[datetime] = mapped_column()
    used_at: Mapped[datetime | None] = mapped_column()


class SentForm(Base):
    """A form that somebody sent and that was saved, by its one-time key: sent twice, it is saved once."""

    __tablename__ = "sent_form"
    __table_args__ = (UniqueConstraint("account_id", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    key: Mapped[bytes] = mapped_column(LargeBinary(16))
    at: Mapped[datetime] = mapped_column()
