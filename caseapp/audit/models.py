"""Tables of the trail: events with their children, the head, and what rows were before."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.events import Action
from caseapp.kernel.db import Base, coded, new_id, plain


class AuditHead(Base):
    """The one row that gives every record of the trail its number: locked last, so without gaps."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)


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
    canonical: Mapped[bytes] = mapped_column(LargeBinary)
    prev_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))


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
