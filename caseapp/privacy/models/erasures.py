"""Which children were erased: what stays of each, so that no restored copy brings one back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.kernel.db import Base, new_id


class Erasure(Base):
    """The tombstone of a child: a number, ids and hours, and nothing that tells who it was.

    It is written first, in the transaction in which the rows go; what is to be done after that - the line
    in the journal, the keys, what is left in files - is noted as it is done, so that a kill loses nothing.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        CheckConstraint("seq > 0", name="numbered"),
        CheckConstraint("done_at IS NULL OR done_at >= at", name="done_after"),
    )

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """One more than the last tombstone: the keystore keeps the same number (keystore.applied)."""
    id: Mapped[UUID] = mapped_column(unique=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column()
    together_id: Mapped[UUID | None] = mapped_column()
    """What two people agreed to; nothing when a restored database learned it from elsewhere."""
    keys_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """SHA-256 over the wrapped keys that went."""
    subjects: Mapped[list[str]] = mapped_column(
        JSON, info={"clear": "K: ids of the lists whose keys went with it"}
    )
    done_at: Mapped[datetime | None] = mapped_column(index=True)
    """When keys and residue were gone too."""
