"""Tables of stays and whereabouts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.codes import Operator, PlacementKind, Region, WhereaboutsState
from caseapp.kernel.db import Base, Versioned, coded, new_id, plain
from caseapp.kernel.digests import FOLLOWS
from caseapp.kernel.seals import Domain, Sealed


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    """Why a child lives here; and where, when the place is a family and not a location."""

    reason: str | None = None
    place_name: str | None = None


class Placement(Versioned, Base):
    """A stay; stays of one child never overlap (constraint of the database, data-model.md 2)."""

    __tablename__ = "placement"
    __table_args__ = (
        ForeignKeyConstraint(
            ["child_id", "child_no"], ["child.id", "child.no"], ondelete="RESTRICT"
        ),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="period"),
        Index("ix_placement_child_id_from_on", "child_id", "from_on"),
        Index("ix_placement_location_id_to_on", "location_id", "to_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column()
    child_no: Mapped[int] = mapped_column()
    location_id: Mapped[UUID | None] = mapped_column(ForeignKey("location.id", ondelete="RESTRICT"))
    kind: Mapped[str] = coded(PlacementKind, "R: copied from the location")
    operator: Mapped[str | None] = coded(Operator, "R: copied from the location")
    municipality: Mapped[str] = plain("R: copied from the location", length=6)
    region: Mapped[str] = coded(Region, "R: copied from the location", info=FOLLOWS)
    group_size: Mapped[int | None] = mapped_column(info=FOLLOWS)
    from_on: Mapped[date] = mapped_column()
    to_on: Mapped[date | None] = mapped_column()
    transfer_id: Mapped[UUID | None] = mapped_column(unique=True)
    facts = Sealed[PlacementFacts](Domain.DOSSIER, PlacementFacts)


@dataclass(frozen=True, slots=True)
class WhereaboutsFacts:
    """What was done about it."""

    police_report_on: date | None = None
    note: str | None = None


class Whereabouts(Versioned, Base):
    """Where a child is when it is not where it lives; records of one child never overlap."""

    __tablename__ = "whereabouts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["child_id", "child_no"], ["child.id", "child.no"], ondelete="RESTRICT"
        ),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="period"),
        Index("ix_whereabouts_child_id_from_on", "child_id", "from_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column()
    child_no: Mapped[int] = mapped_column()
    state: Mapped[str] = coded(
        WhereaboutsState, "C: the scope and the list of missing children need it"
    )
    from_on: Mapped[date] = mapped_column()
    to_on: Mapped[date | None] = mapped_column()
    facts = Sealed[WhereaboutsFacts](Domain.DOSSIER, WhereaboutsFacts)
