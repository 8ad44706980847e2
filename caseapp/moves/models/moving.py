"""Tables of moves."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.codes import TransferStatus
from caseapp.kernel.db import ONE_AT_A_TIME, Base, Versioned, coded, new_id
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
        {"info": {ONE_AT_A_TIME: ("status", TransferStatus.DEPARTED.value)}},
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
