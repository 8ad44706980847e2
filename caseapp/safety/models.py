"""The file of the reporting code, what was written in it, and its alerts: rows that no other slice reads.

What is written is added and never changed, so a correction keeps what stood there; these tables need no
before-images, which would stand in a table that others read.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.rules.rule import Severity
from caseapp.domain.safety import Clause, Written
from caseapp.kernel.db import Base, Versioned, new_id
from caseapp.kernel.seals import Domain, Sealed


class ProtectionFile(Versioned, Base):
    """A file about a child at a location; one that is open at a time. Its version grows with each part."""

    __tablename__ = "protection_file"
    __keeps_past__: ClassVar[bool] = False
    __table_args__ = (
        Index(
            "uq_protection_file_open",
            "child_id",
            "location_id",
            unique=True,
            sqlite_where=text("closed_on IS NULL"),
            postgresql_where=text("closed_on IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"), index=True)
    location_id: Mapped[UUID] = mapped_column(
        ForeignKey("location.id", ondelete="RESTRICT"), index=True
    )
    opened_at: Mapped[datetime] = mapped_column()
    closed_on: Mapped[date | None] = mapped_column()


class ProtectionEntry(Base):
    """One part as it was written, by whom and when: never changed."""

    __tablename__ = "protection_entry"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"), index=True)
    file_id: Mapped[UUID] = mapped_column(
        ForeignKey("protection_file.id", ondelete="RESTRICT"), index=True
    )
    recorded_at: Mapped[datetime] = mapped_column()
    recorded_by: Mapped[UUID | None] = mapped_column()
    said = Sealed[Written](Domain.SAFETY, Written)


@dataclass(frozen=True, slots=True)
class RunOut:
    """Which clock of a file runs out, and how serious that is."""

    clause: Clause
    severity: Severity


class ProtectionAlert(Base):
    """A clock of an open file: worked out when something is written, told when its day is there.

    Only the day is clear, for the nightly look: the worker cannot open these files.
    """

    __tablename__ = "protection_alert"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"), index=True)
    file_id: Mapped[UUID] = mapped_column(
        ForeignKey("protection_file.id", ondelete="RESTRICT"), index=True
    )
    from_on: Mapped[date] = mapped_column()
    told_at: Mapped[datetime | None] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
    facts = Sealed[RunOut](Domain.SAFETY, RunOut)
