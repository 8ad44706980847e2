"""Requests of children and parents, and what of the record is due to go."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.privacy_rights import Asker, Identity, RequestState, Right
from caseapp.domain.retention import Decision, Zone
from caseapp.kernel.db import Base, Versioned, coded, new_id
from caseapp.kernel.seals import Domain, Sealed


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What was asked, by whom, on which ground of age, and how it was answered."""

    asked: str
    asker_name: str | None = None
    identity_note: str | None = None
    by_care_law: bool = True
    by_data_law: bool = True
    extended_because: str | None = None
    without_words: bool = False
    """The package leaves out what the child said in its own words."""
    answer: str | None = None


class PrivacyRequest(Versioned, Base):
    """A request about what is kept of a child, with its clock.

    The child has no foreign key: that it was asked, and how it ended, outlives the file; the words, sealed
    under the key of the child, do not.
    """

    __tablename__ = "privacy_request"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (state = 'open')", name="closed"),
        CheckConstraint("due_on >= received_on", name="due"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(index=True)
    right: Mapped[str] = coded(Right, "C: a code")
    asker: Mapped[str] = coded(Asker, "C: a code")
    identity: Mapped[str] = coded(Identity, "C: a code")
    state: Mapped[str] = coded(RequestState, "P: a code", index=True)
    received_on: Mapped[date] = mapped_column()
    due_on: Mapped[date] = mapped_column()
    extended_on: Mapped[date | None] = mapped_column()
    overdue_at: Mapped[datetime | None] = mapped_column()
    """When it was told that the answer is late."""
    closed_at: Mapped[datetime | None] = mapped_column()
    together_id: Mapped[UUID | None] = mapped_column()
    """What two people decide about it: the package of an answer, or the erasure of the file."""
    facts = Sealed[RequestFacts](Domain.DOSSIER, RequestFacts)


@dataclass(frozen=True, slots=True)
class RetentionFacts:
    """Since when the term is over, which can tell a birthday; until when it is kept longer, and why."""

    over_on: date
    keep_until: date | None = None
    because: str | None = None


class RetentionItem(Versioned, Base):
    """A file of which the term in a zone is over, and what a person decided; no foreign key, as requests."""

    __tablename__ = "retention_item"
    __table_args__ = (UniqueConstraint("child_id", "zone"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column()
    zone: Mapped[str] = coded(Zone, "C: a code")
    decision: Mapped[str] = coded(Decision, "P: a code", index=True)
    found_at: Mapped[datetime] = mapped_column()
    facts = Sealed[RetentionFacts](Domain.DOSSIER, RetentionFacts)
