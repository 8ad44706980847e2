"""Tables of rights for a time, of what takes two people, of leave and of emergencies."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.emergency import Judgement, Why
from caseapp.domain.policy import BREAK_GLASS, Role, ScopeKind
from caseapp.domain.two_people import Together, Verdict
from caseapp.kernel.db import Base, coded, new_id, plain
from caseapp.kernel.seals import Domain, Sealed


class Grant(Base):
    """A right for a time: asked by one, approved by another, never for oneself."""

    __tablename__ = "access_grant"
    __subject__: ClassVar[str] = "account_id"
    __table_args__ = (
        CheckConstraint("asked_by IS NULL OR asked_by <> account_id", name="not_asked_for_oneself"),
        CheckConstraint(
            "approved_by IS NULL OR approved_by <> account_id", name="not_approved_for_oneself"
        ),
        CheckConstraint(
            "approved_by IS NULL OR asked_by IS NULL OR approved_by <> asked_by", name="two_people"
        ),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="ends_after_start"),
        Index("ix_access_grant_account_id_valid_from", "account_id", "valid_from"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    role: Mapped[str] = coded(Role, "S: a code")
    scope_kind: Mapped[str] = coded(ScopeKind, "K: a code")
    scope_id: Mapped[str | None] = plain("K: location id or region", length=40)
    valid_from: Mapped[datetime] = mapped_column()
    valid_to: Mapped[datetime | None] = mapped_column()
    origin: Mapped[str] = coded(
        ("employment", "demo", BREAK_GLASS), "S: where the right comes from"
    )
    reason = Sealed[str](Domain.ACCOUNT, str, optional=True)
    asked_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    asked_at: Mapped[datetime] = mapped_column()
    approved_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    approved_at: Mapped[datetime | None] = mapped_column()
    needs_approval: Mapped[bool] = mapped_column(default=True)
    revoked_at: Mapped[datetime | None] = mapped_column()


class TwoPeople(Base):
    """Something that one person asked for and another has to agree to; it is good for one use."""

    __tablename__ = "two_people"
    __subject__: ClassVar[str] = "asked_by"
    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="second_person"),
        CheckConstraint(
            "about_account IS NULL OR decided_by IS NULL OR decided_by <> about_account",
            name="not_about_oneself",
        ),
        CheckConstraint("(decision IS NULL) = (decided_by IS NULL)", name="somebody_decides"),
        CheckConstraint("used_at IS NULL OR decision = 'approved'", name="used_when_approved"),
        CheckConstraint("ends_at > asked_at", name="ends_after_start"),
        Index("ix_two_people_ends_at", "ends_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = coded(Together, "C: a code")
    child_id: Mapped[UUID | None] = mapped_column(index=True)
    """No foreign key: what two people agreed to outlives the file, as after its erasure."""
    about_account: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    request_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    """SHA-256 of what was asked; what is used has to be the same."""
    reason = Sealed[str](Domain.ACCOUNT, str)
    asked_by: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    asked_at: Mapped[datetime] = mapped_column()
    ends_at: Mapped[datetime] = mapped_column()
    decided_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    decided_at: Mapped[datetime | None] = mapped_column()
    decision: Mapped[str | None] = coded(Verdict, "C: a code")
    used_at: Mapped[datetime | None] = mapped_column()


class Leave(Base):
    """Somebody does the work of a colleague for at most 28 days: all of it, or that of one grant."""

    __tablename__ = "leave"
    __subject__: ClassVar[str] = "absent_id"
    __table_args__ = (
        CheckConstraint("stand_in_id <> absent_id", name="not_oneself"),
        CheckConstraint("ends_at > begins_at", name="ends_after_start"),
        Index("ix_leave_stand_in_id_ends_at", "stand_in_id", "ends_at"),
        Index("ix_leave_absent_id_ends_at", "absent_id", "ends_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    absent_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    stand_in_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    role: Mapped[str] = coded(Role, "S: a code")
    grant_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("access_grant.id", ondelete="RESTRICT"), index=True
    )
    """The one grant that is lent, for a narrower scope; nothing: all, and whoever they are responsible for."""
    begins_at: Mapped[datetime] = mapped_column()
    ends_at: Mapped[datetime] = mapped_column()
    arranged_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    arranged_at: Mapped[datetime] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
    ended_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )


class Emergency(Base):
    """A look into a file beside the own scope: why, how long, and what others thought of it afterwards."""

    __tablename__ = "emergency"
    __table_args__ = (
        CheckConstraint("reviewed_by IS NULL OR reviewed_by <> account_id", name="not_by_oneself"),
        CheckConstraint("(verdict IS NULL) = (reviewed_at IS NULL)", name="reviewed_with_verdict"),
        CheckConstraint("ends_at > started_at", name="ends_after_start"),
        Index("ix_emergency_account_id_started_at", "account_id", "started_at"),
        Index("ix_emergency_stopped_at_ends_at", "stopped_at", "ends_at"),
        Index("ix_emergency_reviewed_at_review_by", "reviewed_at", "review_by"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(index=True)
    """No foreign key: that somebody looked outlives the file; the words, sealed for the child, do not."""
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    grant_id: Mapped[UUID] = mapped_column(
        ForeignKey("access_grant.id", ondelete="RESTRICT"), index=True
    )
    region: Mapped[str] = plain("K: region of the place, whose coordinator judges", length=10)
    why: Mapped[str] = coded(Why, "C: a code")
    reason = Sealed[str](Domain.DOSSIER, str)
    started_at: Mapped[datetime] = mapped_column()
    ends_at: Mapped[datetime] = mapped_column()
    stopped_at: Mapped[datetime | None] = mapped_column()
    review_by: Mapped[date] = mapped_column()
    """The last day to judge it: five working days."""
    late_at: Mapped[datetime | None] = mapped_column()
    """When those who have to judge it were told that it is late."""
    reviewed_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    reviewed_at: Mapped[datetime | None] = mapped_column()
    verdict: Mapped[str | None] = coded(Judgement, "C: a code")
    judged = Sealed[str](Domain.DOSSIER, str, optional=True)
