"""Tables of handovers: promises, what both sides say about them, and the best decision for the child."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import (
    ForeignKey,
    ForeignKeyConstraint,
    Index,
)
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.codes import Outcome, Topic
from caseapp.kernel.db import Base, Versioned, coded, new_id, plain
from caseapp.kernel.seals import Domain, Sealed


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
