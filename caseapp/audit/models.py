"""Tables of the trail: events with their children, the head, what rows were, and who looks at it all."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.events import Action
from caseapp.domain.reviewing import Judgement, Pick
from caseapp.domain.trail import Outcome
from caseapp.kernel.db import Base, coded, new_id, plain
from caseapp.kernel.seals import Domain, Sealed


class AuditHead(Base):
    """The one row that gives every record of the trail its number: locked last, so without gaps."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)
    hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """That of the last record; nothing before the chain begins."""
    at: Mapped[datetime | None] = mapped_column()
    """The latest moment of a record so far: a clock that is set back shows."""
    closed_until: Mapped[int | None] = mapped_column(BigInteger)
    """Records up to this number were taken away after their years: a signed checkpoint says so."""


class AuditEvent(Base):
    """One thing that was done or seen, with the content of NEN 7513 chapters 5 and 7."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_child_id_at", "child_id", "at"),
        Index("ix_audit_event_account_id_at", "account_id", "at"),
    )

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[UUID] = mapped_column(unique=True, default=new_id)
    at: Mapped[datetime] = mapped_column(index=True)
    code: Mapped[str] = plain("C: what happened", length=60)
    action: Mapped[str] = coded(Action, "C: a letter")
    outcome: Mapped[str] = plain("C: ok, denied or failed", length=20)
    account_id: Mapped[UUID | None] = mapped_column()
    actor_name: Mapped[str | None] = plain(
        "S: name of a system actor; people by their id", length=60
    )
    role: Mapped[str | None] = plain("S: a code", length=40)
    on_behalf_of: Mapped[UUID | None] = mapped_column()
    session_ref: Mapped[str | None] = plain("S: keyed hash of a session", length=64)
    child_id: Mapped[UUID | None] = mapped_column()
    object: Mapped[str] = plain("C: name of a table", length=60)
    object_id: Mapped[UUID | None] = mapped_column()
    fields: Mapped[str | None] = plain("C: names of fields, not values", length=1000)
    grant_id: Mapped[UUID | None] = mapped_column()
    route: Mapped[str | None] = plain("C: route template, never an address", length=200)
    trace_id: Mapped[str | None] = plain("C: number of the request, or id of the list", length=64)
    organisation: Mapped[str | None] = plain("S: employer of a member of staff")
    access_point: Mapped[str | None] = plain(
        "S: network without its last part, and class of browser", length=100
    )
    data_class: Mapped[str | None] = plain("C: which part of a file", length=20)
    rule: Mapped[str | None] = plain("C: permission, and version of the policy", length=60)
    emergency_ref: Mapped[UUID | None] = mapped_column()
    """The grant of an emergency, which holds its reason; nothing when there was none."""
    source: Mapped[str | None] = plain("C: kind of program of ours", length=20)
    app_version: Mapped[str | None] = plain("C: version of the program", length=20)
    span_id: Mapped[str | None] = plain("C: number of a step of the request", length=16)
    key_version: Mapped[int | None] = mapped_column()
    canonical: Mapped[bytes] = mapped_column(LargeBinary)
    prev_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    row_digests: Mapped[bytes | None] = mapped_column(LargeBinary)
    """For each row of a file that was written: table, key and digest (caseapp.kernel.digests)."""


class AuditEventChild(Base):
    """A child that was in a list or a search result that somebody saw."""

    __tablename__ = "audit_event_child"

    seq: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("audit_event.seq", ondelete="RESTRICT"), primary_key=True
    )
    child_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)


class Past(Base):
    """What a row was before a correction: the old envelopes stand byte for byte."""

    __tablename__ = "past"
    __table_args__ = (Index("ix_past_table_name_row_id", "table_name", "row_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    table_name: Mapped[str] = plain("C: name of a table", length=60)
    row_id: Mapped[UUID] = mapped_column()
    version: Mapped[int] = mapped_column()
    child_id: Mapped[UUID | None] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column()
    by: Mapped[UUID | None] = mapped_column()
    clear_values: Mapped[dict[str, object]] = mapped_column(
        JSON, info={"clear": "the clear columns of the row, clear for their own reasons"}
    )
    sealed_values: Mapped[dict[str, object]] = mapped_column(
        JSON, info={"clear": "envelopes as base64: still sealed"}
    )


class AuditCheck(Base):
    """One time that the trail was verified, and what came of it."""

    __tablename__ = "audit_check"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(index=True)
    since: Mapped[int] = mapped_column(BigInteger)
    upto: Mapped[int] = mapped_column(BigInteger)
    is_full: Mapped[bool] = mapped_column()
    outcome: Mapped[str] = coded(Outcome, "C: what came of it")
    first_bad: Mapped[int | None] = mapped_column(BigInteger)
    last_good: Mapped[int | None] = mapped_column(BigInteger)
    records: Mapped[int] = mapped_column(BigInteger)


class AuditBreak(Base):
    """A place where the trail was found broken; ordinary work goes on, and two people acknowledge it."""

    __tablename__ = "audit_break"
    __table_args__ = (
        CheckConstraint("first_by IS NULL OR second_by <> first_by", name="two_people"),
        CheckConstraint(
            "acknowledged_at IS NULL OR (first_by IS NOT NULL AND second_by IS NOT NULL)",
            name="acknowledged_by_two",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    found_at: Mapped[datetime] = mapped_column()
    upto: Mapped[int] = mapped_column(BigInteger, unique=True)
    """The number of the signed record with which the chain goes on."""
    first_bad: Mapped[int | None] = mapped_column(BigInteger)
    last_good: Mapped[int | None] = mapped_column(BigInteger)
    kinds: Mapped[str] = plain("C: what is wrong, in codes")
    evidence: Mapped[str] = plain("C: name of a file of ours", length=100)
    first_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    second_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    agreement_id: Mapped[UUID | None] = mapped_column()
    """What a second person was asked last, to let the house go on."""
    acknowledged_at: Mapped[datetime | None] = mapped_column()


class LogReview(Base):
    """The records of one week that a person looks at: drawn ones, and those that stand out."""

    __tablename__ = "log_review"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    monday: Mapped[date] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column()
    due_on: Mapped[date] = mapped_column()
    told_late_at: Mapped[datetime | None] = mapped_column()
    closed_at: Mapped[datetime | None] = mapped_column()


class LogReviewItem(Base):
    """One record to look at, why, and what the privacy officer said of it."""

    __tablename__ = "log_review_item"
    __subject__: ClassVar[str] = "account_id"
    __table_args__ = (
        Index("uq_log_review_item_review_id_seq_pick", "review_id", "seq", "pick", unique=True),
        CheckConstraint("(judgement IS NULL) = (judged_at IS NULL)", name="judged"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    review_id: Mapped[UUID] = mapped_column(ForeignKey("log_review.id", ondelete="RESTRICT"))
    seq: Mapped[int] = mapped_column(BigInteger)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    pick: Mapped[str] = coded(Pick, "C: why it is looked at")
    many: Mapped[int | None] = mapped_column()
    """How many files, or refusals, where the reason is a number."""
    judgement: Mapped[str | None] = coded(Judgement, "C: what was said of it")
    note = Sealed[str](Domain.ACCOUNT, str, optional=True)
    judged_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    judged_at: Mapped[datetime | None] = mapped_column()
