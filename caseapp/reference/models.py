"""Tables of locations and schools: about places, not people."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.codes import Operator, PlacementKind, Region
from caseapp.kernel.db import Base, Versioned, coded, new_id, plain


class Location(Versioned, Base):
    """A place where children live."""

    __tablename__ = "location"
    __subject__: ClassVar[str] = "id"
    __table_args__ = (
        CheckConstraint(
            "open_to IS NULL OR open_from IS NULL OR open_to >= open_from", name="open_period"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = plain("R: code of a place", length=20, unique=True)
    name: Mapped[str] = plain("R: name of a place")
    kind: Mapped[str] = coded(PlacementKind, "R: a code")
    operator: Mapped[str] = coded(Operator, "R: a code")
    municipality: Mapped[str] = plain("R: CBS code", length=6)
    region: Mapped[str] = coded(Region, "R: a code", index=True)
    capacity: Mapped[int | None] = mapped_column()
    group_size: Mapped[int | None] = mapped_column()
    open_from: Mapped[date | None] = mapped_column()
    open_to: Mapped[date | None] = mapped_column()
    confidential: Mapped[bool] = mapped_column(default=False)
    contact_account_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )


class School(Versioned, Base):
    """A school that forms can offer; a child's own record keeps its own copy."""

    __tablename__ = "school"
    __subject__: ClassVar[str] = "id"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = plain("R: name of a school")
    brin: Mapped[str | None] = plain("R: BRIN", length=6, unique=True)
    municipality: Mapped[str | None] = plain("R: CBS code", length=6, index=True)


class LimitSet(Base):
    """A number of a rule that a policy maker set; a row is never changed, a later one counts."""

    __tablename__ = "limit_set"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    rule: Mapped[str] = plain("R: code of a rule", length=10)
    name: Mapped[str] = plain("R: name of a limit", length=40)
    value: Mapped[int] = mapped_column()
    valid_from: Mapped[date] = mapped_column()
    reason: Mapped[str] = plain(
        "R: why a policy maker set it; about a rule, not about a person", length=500
    )
    set_at: Mapped[datetime] = mapped_column()
    set_by: Mapped[UUID | None] = mapped_column()
