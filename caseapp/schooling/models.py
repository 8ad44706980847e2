"""Tables of school records and absence."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.care_codes import SchoolType
from caseapp.kernel.db import Base, Versioned, new_id
from caseapp.kernel.seals import Domain, Sealed


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """A place, a waiting list, attendance or an exemption: four different facts (domain.md 4)."""

    type: SchoolType
    name: str | None = None
    brin: str | None = None
    municipality: str | None = None
    waiting_list_since: date | None = None
    enrolled_on: date | None = None
    attending_from: date | None = None
    to: date | None = None
    hours_per_week: float | None = None
    kept_after_move_on: date | None = None
    outflow_plan_on: date | None = None


class SchoolRecord(Versioned, Base):
    """A school of a child."""

    __tablename__ = "school_record"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"), index=True)
    facts = Sealed[SchoolFacts](Domain.DOSSIER, SchoolFacts)


@dataclass(frozen=True, slots=True)
class AbsenceFacts:
    """Hours away from school on a day."""

    on: date
    hours: float
    authorised: bool
    reason: str | None = None
    counts: bool = True
    """False when it was a mistake: taken back, not deleted."""


class Absence(Versioned, Base):
    """An absence from school."""

    __tablename__ = "absence"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"), index=True)
    facts = Sealed[AbsenceFacts](Domain.DOSSIER, AbsenceFacts)


@dataclass(frozen=True, slots=True)
class AbsenceReportFacts:
    """When the school reported the absence."""

    on: date
    note: str | None = None
    counts: bool = True
    """False when it was a mistake: taken back, not deleted."""


class AbsenceReport(Versioned, Base):
    """A report of absence by the school."""

    __tablename__ = "absence_report"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"), index=True)
    facts = Sealed[AbsenceReportFacts](Domain.DOSSIER, AbsenceReportFacts)
