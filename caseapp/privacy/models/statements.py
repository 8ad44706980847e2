"""What a child, or somebody for it, says beside the record."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.privacy_rights import Asker, Chapter
from caseapp.kernel.db import Base, Versioned, coded, new_id
from caseapp.kernel.seals import Domain, Sealed


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """Who said what, on which day, in the words of who says it."""

    on: date
    by: str
    text: str

    @property
    def asker(self) -> Asker:
        """Return who said it."""
        return Asker(self.by)


class Statement(Versioned, Base):
    """A statement beside a chapter of the file: neither changes the other."""

    __tablename__ = "statement"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"), index=True)
    chapter: Mapped[str] = coded(Chapter, "C: a code")
    request_id: Mapped[UUID | None] = mapped_column(index=True)
    """The request that it came with; none when it was said at the location or to the guardian."""
    withdrawn_on: Mapped[date | None] = mapped_column()
    """The day on which who said it took it back."""
    facts = Sealed[StatementFacts](Domain.DOSSIER, StatementFacts)
