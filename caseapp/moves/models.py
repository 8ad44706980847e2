"""Tables of transfers, handovers, promises and the baton."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.codes import Outcome, Topic, TransferStatus
from caseapp.domain.holding import HoldEnd, HoldKind
from caseapp.kernel.db import Base, Versioned, coded, new_id, plain
from caseapp.kernel.seals import Domain, Sealed


@dataclass(frozen=True, slots=True)
class TransferFacts:
    """Why a child moves; and the places, when they are families and not locations."""

    reason: str | None = None
    reason_text: str | None = None
    term_time_reason: str | None = None
    cancelled_because: str | None = None
    from_name: str | None = None
    to_name: str | None = None
    departed_on: date | None = None
    turned_nothing_over: bool = False
    """It arrived, and no stay began with it: the child lived there already, or we know no such place."""


class Transfer(Versioned, Base):
    """A move from one location to another: planned, confirmed, departed, arrived or cancelled."""

    __tablename__ = "transfer"
    __table_args__ = (
        UniqueConstraint("id", "child_id"),
        CheckConstraint(
            "from_location_id IS NULL OR to_location_id IS NULL OR from_location_id <> to_location_id",
            name="elsewhere",
        ),
        CheckConstraint("(status = 'arrived') = (arrived_on IS NOT NULL)", name="arrived"),
        Index("ix_transfer_child_id_planned_on", "child_id", "planned_on"),
        Index("ix_transfer_to_location_id_status", "to_location_id", "status"),
        Index("ix_transfer_from_location_id_status", "from_location_id", "status"),
        Index(
            "uq_transfer_one_departed",
            "child_id",
            unique=True,
            sqlite_where=text("status = 'departed'"),
            postgresql_where=text("status = 'departed'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"))
    from_location_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("location.id", ondelete="RESTRICT")
    )
    to_location_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("location.id", ondelete="RESTRICT")
    )
    announced_on: Mapped[date] = mapped_column()
    announced_known: Mapped[bool] = mapped_column(default=True)
    planned_on: Mapped[date] = mapped_column()
    arrived_on: Mapped[date | None] = mapped_column()
    status: Mapped[str] = coded(TransferStatus, "P: due list and scope of the receiver")
    facts = Sealed[TransferFacts](Domain.DOSSIER, TransferFacts)


@dataclass(frozen=True, slots=True)
class HandoverFacts:
    """Why the receiver could not accept it."""

    refused_because: str | None = None


class Handover(Versioned, Base):
    """The handover of one transfer; accepting it moves the baton."""

    __tablename__ = "handover"
    __subject__: ClassVar[str] = "child_id"
    __table_args__ = (
        ForeignKeyConstraint(
            ["transfer_id", "child_id"], ["transfer.id", "transfer.child_id"], ondelete="RESTRICT"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    transfer_id: Mapped[UUID] = mapped_column(unique=True)
    child_id: Mapped[UUID] = mapped_column(index=True)
    sent_on: Mapped[date | None] = mapped_column()
    sent_by: Mapped[UUID | None] = mapped_column()
    acknowledged_on: Mapped[date | None] = mapped_column()
    acknowledged_by: Mapped[UUID | None] = mapped_column()
    due_at: Mapped[datetime | None] = mapped_column()
    """By when the receiver has to answer, from the moment of sending on."""
    missed_at: Mapped[datetime | None] = mapped_column()
    """When the desk of the receiving region was told that nobody answered in time."""
    refused_at: Mapped[datetime | None] = mapped_column()
    refused_by: Mapped[UUID | None] = mapped_column()
    facts = Sealed[HandoverFacts](Domain.DOSSIER, HandoverFacts, optional=True)


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    """What was promised to the child, and what became of it."""

    text: str
    outcome_on: date | None = None
    outcome_to: str | None = None
    outcome_reason: str | None = None
    about: dict[str, str] = field(default_factory=dict)
    """What the record says of it, in codes and names; a page makes a sentence of it."""
    since: date | None = None
    day: date | None = None
    """The day of an appointment, or until when a medicine lasts."""


class Promise(Versioned, Base):
    """One thing promised to the child that a move must not lose."""

    __tablename__ = "promise"
    __table_args__ = (
        ForeignKeyConstraint(
            ["transfer_id", "child_id"], ["transfer.id", "transfer.child_id"], ondelete="RESTRICT"
        ),
        Index("ix_promise_transfer_id", "transfer_id"),
        Index("uq_promise_transfer_id_source", "transfer_id", "source", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    transfer_id: Mapped[UUID] = mapped_column()
    child_id: Mapped[UUID] = mapped_column(index=True)
    topic: Mapped[str] = coded(Topic, "C: counts on the handover")
    outcome: Mapped[str | None] = coded(Outcome, "C: counts on the handover")
    source: Mapped[str | None] = plain("K: kind and key of the record that says it", length=80)
    """None: put on the handover by hand."""
    withdrawn_on: Mapped[date | None] = mapped_column()
    """Since when the record does not say it any more."""
    facts = Sealed[PromiseFacts](Domain.DOSSIER, PromiseFacts)


class Message(Base):
    """A question or an answer of one side to the other, about one promise."""

    __tablename__ = "message"
    __table_args__ = (
        ForeignKeyConstraint(
            ["transfer_id", "child_id"], ["transfer.id", "transfer.child_id"], ondelete="RESTRICT"
        ),
        Index("ix_message_transfer_id_at", "transfer_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(index=True)
    transfer_id: Mapped[UUID] = mapped_column()
    promise_id: Mapped[UUID] = mapped_column(
        ForeignKey("promise.id", ondelete="RESTRICT"), index=True
    )
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), index=True)
    at: Mapped[datetime] = mapped_column()
    text = Sealed[str](Domain.DOSSIER, str)


@dataclass(frozen=True, slots=True)
class BestDecisionFacts:
    """What was weighed for the child before a move: the four steps of domain.md 9.1."""

    child_view: str | None = None
    not_asked_because: str | None = None
    development: str | None = None
    other_interests: str | None = None
    weighing: str | None = None
    prevails_because: str | None = None
    """Why other interests come first; None: the interest of the child does."""
    explained_on: date | None = None
    explained_by: str | None = None


class BestDecision(Versioned, Base):
    """The best decision for the child about one move: being written, or done."""

    __tablename__ = "best_decision"
    __table_args__ = (
        ForeignKeyConstraint(
            ["transfer_id", "child_id"], ["transfer.id", "transfer.child_id"], ondelete="RESTRICT"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    transfer_id: Mapped[UUID] = mapped_column(unique=True)
    child_id: Mapped[UUID] = mapped_column(index=True)
    done_on: Mapped[date | None] = mapped_column()
    """None: a draft."""
    facts = Sealed[BestDecisionFacts](Domain.DOSSIER, BestDecisionFacts)


@dataclass(frozen=True, slots=True)
class ResponsibleFacts:
    """Who is responsible, when it is somebody without an account."""

    name: str | None = None
    role: str | None = None
    organisation: str | None = None


class Responsible(Versioned, Base):
    """The baton: exactly one person is responsible at a time."""

    __tablename__ = "responsible"
    __table_args__ = (
        ForeignKeyConstraint(
            ["child_id", "child_no"], ["child.id", "child.no"], ondelete="RESTRICT"
        ),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="period"),
        Index("ix_responsible_child_id_from_on", "child_id", "from_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column()
    child_no: Mapped[int] = mapped_column()
    account_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    from_on: Mapped[date] = mapped_column()
    to_on: Mapped[date | None] = mapped_column()
    facts = Sealed[ResponsibleFacts](Domain.DOSSIER, ResponsibleFacts)


@dataclass(frozen=True, slots=True)
class HoldFacts:
    """Why a move has to wait, and why it need not any more."""

    reason: str
    ended_because: str | None = None


class Hold(Versioned, Base):
    """A move that has to wait: while a hold lasts it is neither confirmed nor begun.

    It ends by itself on `until_on`. An objection stands here too: it asks for a hold, and holds nothing.
    """

    __tablename__ = "hold"
    __table_args__ = (
        ForeignKeyConstraint(
            ["transfer_id", "child_id"], ["transfer.id", "transfer.child_id"], ondelete="RESTRICT"
        ),
        CheckConstraint("(ended_at IS NULL) = (ended_how IS NULL)", name="ended"),
        Index("ix_hold_transfer_id", "transfer_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    transfer_id: Mapped[UUID] = mapped_column()
    child_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[str] = coded(HoldKind, "C: a code")
    desk: Mapped[str | None] = plain("S: the desk that put it there, and may lift it", length=20)
    placed_by: Mapped[UUID | None] = mapped_column()
    placed_at: Mapped[datetime] = mapped_column()
    until_on: Mapped[date] = mapped_column()
    """The first day on which the move can go on again."""
    ended_at: Mapped[datetime | None] = mapped_column()
    ended_how: Mapped[str | None] = coded(HoldEnd, "C: a code")
    ended_by: Mapped[UUID | None] = mapped_column()
    facts = Sealed[HoldFacts](Domain.DOSSIER, HoldFacts)


class MoveList(Base):
    """Children whose moves are decided together; the list itself names nobody."""

    __tablename__ = "move_list"
    __table_args__ = (Index("ix_move_list_made_by", "made_by"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    made_at: Mapped[datetime] = mapped_column()
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    closes_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("location.id", ondelete="RESTRICT"), index=True
    )
    """The location that closes, when that is why these children move."""


@dataclass(frozen=True, slots=True)
class MoveListFacts:
    """Why a child on a list moves."""

    reason: str | None = None
    term_time_reason: str | None = None


class MoveListRow(Base):
    """One child on a list of moves: to where, and on which day."""

    __tablename__ = "move_list_row"
    __table_args__ = (UniqueConstraint("list_id", "child_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    list_id: Mapped[UUID] = mapped_column(ForeignKey("move_list.id", ondelete="RESTRICT"))
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"), index=True)
    to_location_id: Mapped[UUID] = mapped_column(
        ForeignKey("location.id", ondelete="RESTRICT"), index=True
    )
    planned_on: Mapped[date] = mapped_column()
    announced_on: Mapped[date] = mapped_column()
    facts = Sealed[MoveListFacts](Domain.DOSSIER, MoveListFacts)
