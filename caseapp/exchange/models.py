"""Tables of the lists that came in."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import JSON, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.kernel.db import Base, coded, new_id
from caseapp.kernel.seals import Domain, Sealed


class ListRun(Base):
    """One list that was applied: who, when, which, and how it went."""

    __tablename__ = "list_run"
    __subject__: ClassVar[str] = "id"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    list_kind: Mapped[str] = coded(
        ("locations", "occupancy", "transfers", "care", "school"), "C: a code"
    )
    file_name = Sealed[str](Domain.IMPORT, str)
    file_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    on_day: Mapped[date] = mapped_column()
    account_id: Mapped[UUID | None] = mapped_column()
    at: Mapped[datetime] = mapped_column()
    counts: Mapped[dict[str, int]] = mapped_column(JSON, info={"clear": "C: counts of rows"})
