"""Tables of guardianship, plans, support after 18, and the runway."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.care_codes import GuardianshipKind, PlanKind, Regime
from caseapp.domain.codes import Organisation
from caseapp.kernel.db import Base, Versioned, new_id
from caseapp.kernel.seals import Domain, Sealed


@dataclass(frozen=True, slots=True)
class GuardianshipFacts:
    """Who the guardian is, when it is somebody without an account; and the kind of guardianship."""

    name: str | None = None
    kind: GuardianshipKind | None = None


class Guardianship(Versioned, Base):
    """A guardian of a child; guardianships of one child never overlap."""

    __tablename__ = "guardianship"
    __table_args__ = (
        ForeignKeyConstraint(
            ["child_id", "child_no"], ["child.id", "child.no"], ondelete="RESTRICT"
        ),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="period"),
        Index("ix_guardianship_child_id_from_on", "child_id", "from_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column()
    child_no: Mapped[int] = mapped_column()
    account_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    from_on: Mapped[date] = mapped_column()
    to_on: Mapped[date | None] = mapped_column()
    facts = Sealed[GuardianshipFacts](Domain.DOSSIER, GuardianshipFacts)


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan or a review, and its day."""

    on: date
    kind: PlanKind | None = None
    counts: bool = True
    """False when it was a mistake: taken back, not deleted."""


class Plan(Versioned, Base):
    """A plan of the guardian, or a review of it."""

    __tablename__ = "plan"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"), index=True)
    facts = Sealed[PlanFacts](Domain.DOSSIER, PlanFacts)


@dataclass(frozen=True, slots=True)
class SupportFacts:
    """Which support, by whom."""

    regime: Regime
    organisation: Organisation | None = None


class Support(Versioned, Base):
    """Support after 18; regimes may run side by side."""

    __tablename__ = "support"
    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="period"),
        Index("ix_support_child_id_from_on", "child_id", "from_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"))
    worker_account_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    from_on: Mapped[date] = mapped_column()
    to_on: Mapped[date | None] = mapped_column()
    facts = Sealed[SupportFacts](Domain.DOSSIER, SupportFacts)


@dataclass(frozen=True, slots=True)
class RunwayFacts:
    """What is decided on the road to 18."""

    transition_plan_on: date | None = None
    support_declined_on: date | None = None


class Runway(Versioned, Base):
    """The road to 18, 21 and 23 of one child."""

    __tablename__ = "runway"
    __subject__: ClassVar[str] = "child_id"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"), unique=True)
    facts = Sealed[RunwayFacts](Domain.DOSSIER, RunwayFacts)
