"""Tables of holds on moves, and of moves that are decided together."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.holding import HoldEnd, HoldKind
from caseapp.kernel.db import Base, Versioned, coded, new_id, plain
from caseapp.kernel.seals import Domain, Sealed


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
