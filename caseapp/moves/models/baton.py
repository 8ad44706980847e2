"""The table of who is responsible."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
)
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.kernel.db import Base, Versioned, new_id
from caseapp.kernel.seals import Domain, Sealed


@dataclass(frozen=True, slots=True)
class ResponsibleFacts:
    """Who is responsible, when it is somebody without an account; and why a whole caseload came."""

    name: str | None = None
    role: str | None = None
    organisation: str | None = None
    why: str | None = None
    """A code of WhyPassed, when a colleague handed all over; only with an account."""


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
