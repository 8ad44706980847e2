"""Tables of notices and of the mail about them: ids, codes and numbers only, never a word about a child."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.mailing import How, LetterState, Trouble
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.db import Base, coded, new_id, plain


class Notice(Base):
    """Somebody is told of something, mostly about a child."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("account_id", "alert_id", "event", "spell"),
        Index("ix_notice_account_id_read_at", "account_id", "read_at"),
        Index(
            "uq_notice_account_id_event_object_id_spell",
            "account_id",
            "event",
            "object_id",
            "spell",
            unique=True,
        ),
        Index("ix_notice_mailed_at_account_id", "mailed_at", "account_id"),
        Index("ix_notice_letter_id", "letter_id"),
        Index("ix_notice_handed_up_at_severity_at", "handed_up_at", "severity", "at"),
        Index("ix_notice_object_id", "object_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    child_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("child.id", ondelete="RESTRICT"), index=True
    )
    alert_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("alert.id", ondelete="RESTRICT"), index=True
    )
    object_id: Mapped[UUID | None] = mapped_column()
    """What it is about when that is no alert: a move, a handover, a hold, a list; the event says which."""
    event: Mapped[str] = plain("C: what happened", length=40)
    rule: Mapped[str | None] = plain("C: which rule it is about", length=10)
    severity: Mapped[str | None] = coded(Severity, "C: how serious, for who is mailed of what")
    spell: Mapped[int] = mapped_column(default=1)
    """Which time the alert came, or the event of this object: told once a spell."""
    at: Mapped[datetime] = mapped_column()
    read_at: Mapped[datetime | None] = mapped_column()
    mailed_at: Mapped[datetime | None] = mapped_column()
    """When the mail about it was made, or when it became clear that none has to be."""
    letter_id: Mapped[UUID | None] = mapped_column()
    """The mail that counts it; none when it was not to be mailed."""
    handed_up_at: Mapped[datetime | None] = mapped_column()
    """When it became the coordinator's, or when it became clear that it never has to."""


class Bundled(Base):
    """How much the notice of a list stands for: alerts of each severity, and what is no alert."""

    __tablename__ = "bundled"
    __table_args__ = (
        CheckConstraint("critical + warning + notice + other > 0", name="holds_some"),
    )

    notice_id: Mapped[UUID] = mapped_column(
        ForeignKey("notice.id", ondelete="RESTRICT"), primary_key=True
    )
    critical: Mapped[int] = mapped_column(default=0)
    warning: Mapped[int] = mapped_column(default=0)
    notice: Mapped[int] = mapped_column(default=0)
    other: Mapped[int] = mapped_column(default=0)


class Told(Base):
    """Somebody was told of an alert in the bundle of a list: it stands on Today, with no notice of its own."""

    __tablename__ = "told"

    alert_id: Mapped[UUID] = mapped_column(
        ForeignKey("alert.id", ondelete="RESTRICT"), primary_key=True
    )
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"), index=True)


class Mailbox(Base):
    """How somebody wants to be mailed, and when that was done last: also the lock of making the next mail."""

    __tablename__ = "mailbox"

    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), primary_key=True
    )
    how: Mapped[str] = coded(How, "S: how a member of staff wants to be mailed")
    quiet_from: Mapped[int] = mapped_column()
    """Minutes after midnight on the clock of the Netherlands; equal to `quiet_to`: no quiet hours."""
    quiet_to: Mapped[int] = mapped_column()
    made_at: Mapped[datetime | None] = mapped_column()
    """When the latest mail for this account was made."""


class Letter(Base):
    """One mail to one person: numbers and how it went; its text is made when it is sent."""

    __tablename__ = "letter"
    __subject__: ClassVar[str] = "account_id"
    __table_args__ = (
        CheckConstraint("total > 0", name="says_something"),
        CheckConstraint("serious <= total", name="serious_are_part"),
        Index("ix_letter_state_due_at", "state", "due_at"),
        Index("ix_letter_account_id_made_at", "account_id", "made_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    """Also in its Message-ID: every try is the same mail."""
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    state: Mapped[str] = coded(LetterState, "C: how a mail went")
    total: Mapped[int] = mapped_column()
    """How many messages it tells of."""
    serious: Mapped[int] = mapped_column(default=0)
    alerts: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many alerts the lists brought of which it tells; a list is one message."""
    serious_alerts: Mapped[int] = mapped_column(default=0, server_default="0")
    made_at: Mapped[datetime] = mapped_column()
    due_at: Mapped[datetime] = mapped_column()
    """When it is tried next."""
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None] = mapped_column()
    claim: Mapped[UUID | None] = mapped_column()
    """Which worker is sending it; its answer counts only while the claim stands."""
    leased_until: Mapped[datetime | None] = mapped_column()
    """Until when the claim stands: a worker that was killed loses it."""
    in_doubt: Mapped[bool] = mapped_column(default=False)
    """A try broke off after its text was handed over: it may have arrived, and its numbers stay."""
    trouble: Mapped[str | None] = coded(Trouble, "C: why the latest try failed")
    reply: Mapped[int | None] = mapped_column()
    """The answer code of the mail server (RFC 5321), when it gave one."""
    sent_at: Mapped[datetime | None] = mapped_column()
