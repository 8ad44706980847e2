"""Table of notices: ids and codes only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.kernel.db import Base, new_id, plain


class Notice(Base):
    """Somebody is told of something about a child."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("account_id", "alert_id", "event", "spell"),
        Index("ix_notice_account_id_read_at", "account_id", "read_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"), index=True)
    alert_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("alert.id", ondelete="RESTRICT"), index=True
    )
    event: Mapped[str] = plain("C: what happened", length=40)
    rule: Mapped[str | None] = plain("C: which rule it is about", length=10)
    spell: Mapped[int] = mapped_column(default=1)
    """Which time the alert came: told once a spell."""
    at: Mapped[datetime] = mapped_column()
    read_at: Mapped[datetime | None] = mapped_column()
