"""Tables of lines of care and the days on which the provider saw the child."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.care_codes import CareKind, EndReason, ProviderAnswer
from caseapp.kernel.db import Base, Versioned, new_id
from caseapp.kernel.seals import Domain, Sealed


@dataclass(frozen=True, slots=True)
class CareFacts:
    """That a line of care exists, its kind and days; never a diagnosis."""

    kind: CareKind
    place_bound: bool
    referred_on: date
    provider: str | None = None
    intake_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
    end_reason: EndReason | None = None
    next_contact_on: date | None = None
    medication_until: date | None = None
    waiting_kept_on: date | None = None


class CareLine(Versioned, Base):
    """One course of care, from referral to end; it may continue an earlier one of the same child."""

    __tablename__ = "care_line"
    __table_args__ = (
        UniqueConstraint("id", "child_id"),
        ForeignKeyConstraint(
            ["continues_id", "child_id"],
            ["care_line.id", "care_line.child_id"],
            ondelete="RESTRICT",
        ),
        CheckConstraint("continues_id IS NULL OR continues_id <> id", name="not_itself"),
        Index("ix_care_line_continues_id", "continues_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"), index=True)
    continues_id: Mapped[UUID | None] = mapped_column()
    facts = Sealed[CareFacts](Domain.DOSSIER, CareFacts)
    needs = Sealed[str](Domain.HEALTH, str, optional=True)
    """Practical needs; free text on health, so sealed under the health key."""


@dataclass(frozen=True, slots=True)
class SeenFacts:
    """The day on which the provider saw the child."""

    on: date


class CareContact(Versioned, Base):
    """A day on which the provider saw the child; once a day and line.

    A day that was a mistake is taken back, not deleted: it `counts` no more.
    """

    __tablename__ = "care_contact"
    __table_args__ = (
        ForeignKeyConstraint(
            ["care_line_id", "child_id"],
            ["care_line.id", "care_line.child_id"],
            ondelete="RESTRICT",
        ),
        UniqueConstraint("care_line_id", "day_index"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    care_line_id: Mapped[UUID] = mapped_column()
    child_id: Mapped[UUID] = mapped_column(index=True)
    day_index: Mapped[bytes] = mapped_column(LargeBinary(32))
    counts: Mapped[bool] = mapped_column(default=True)
    facts = Sealed[SeenFacts](Domain.DOSSIER, SeenFacts)


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What a provider said, on which day, and the day that it gave."""

    on: date
    answer: ProviderAnswer
    expected_on: date | None = None
    said_by: str | None = None
    note: str | None = None
    counts: bool = True
    """False when it was a mistake: taken back, not deleted."""


class Answer(Versioned, Base):
    """An answer of a provider about a line of care; not part of the dossier document."""

    __tablename__ = "provider_answer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["care_line_id", "child_id"],
            ["care_line.id", "care_line.child_id"],
            ondelete="RESTRICT",
        ),
        Index("ix_provider_answer_care_line_id", "care_line_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    care_line_id: Mapped[UUID] = mapped_column()
    child_id: Mapped[UUID] = mapped_column(index=True)
    facts = Sealed[AnswerFacts](Domain.DOSSIER, AnswerFacts)
