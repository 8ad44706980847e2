"""Tables of children, families, consents, and the projection that says who may see whom now."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.codes import BirthStatus, Precision
from caseapp.domain.facts import Birth
from caseapp.domain.policy import Sees
from caseapp.domain.reach import Why
from caseapp.kernel.db import Base, Versioned, coded, new_id, plain
from caseapp.kernel.seals import Domain, Sealed


@dataclass(frozen=True, slots=True)
class Card:
    """What names a child, in one seal, so that search opens one envelope a child."""

    v_number: str
    given_names: str
    family_name: str | None
    birth_date: date
    birth_precision: str = "day"
    birth_status: str = "declared"
    folded: str = ""
    """Names in plain Latin letters, for matching."""

    @property
    def name(self) -> str:
        """Return the names as they are said."""
        return f"{self.given_names} {self.family_name or ''}".strip()

    @property
    def birth(self) -> Birth:
        """Return the birth date as far as it is known."""
        return Birth(
            self.birth_date, Precision(self.birth_precision), BirthStatus(self.birth_status)
        )

    @property
    def first_name(self) -> str:
        """Return the first of the given names."""
        return self.given_names.split(" ")[0]


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """What else is known of the child itself."""

    unaccompanied: bool = False
    kindgezin: bool | None = None
    sex: str | None = None
    nationality: str | None = None
    languages: tuple[str, ...] = ()
    language_text: str | None = None
    family_number: str | None = None
    application_lodged_on: date | None = None
    first_arrival_on: date | None = None
    needs_assessed_on: date | None = None
    closed_reason: str | None = None
    document_ref: str | None = None


class Child(Versioned, Base):
    """One child, or young adult until 23, that we follow."""

    __tablename__ = "child"
    __subject__: ClassVar[str] = "id"
    __table_args__ = (UniqueConstraint("id", "no"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    no: Mapped[int] = mapped_column(unique=True)
    card = Sealed[Card](Domain.DOSSIER, Card)
    facts = Sealed[ChildFacts](Domain.DOSSIER, ChildFacts)
    v_index: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    twin_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    family_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    closed_on: Mapped[date | None] = mapped_column()


class Counter(Base):
    """The last number given, per name: children get a whole number besides their key."""

    __tablename__ = "counter"

    name: Mapped[str] = plain("K: name of a counter", length=40, primary_key=True)
    value: Mapped[int] = mapped_column(default=0)


@dataclass(frozen=True, slots=True)
class RelativeFacts:
    """Who a family member is, and where; sealed under the key of the child whose file this is."""

    relation: str
    name: str | None = None
    minor: bool | None = None
    location: str | None = None
    location_since: date | None = None
    apart_reason: str | None = None
    ref: str | None = None
    erased: bool = False
    """The family member was in our records, and was erased there."""


class Relative(Versioned, Base):
    """A family member of a child; one we follow too is linked, and lives where that child lives."""

    __tablename__ = "relative"
    __table_args__ = (
        CheckConstraint(
            "relative_child_id IS NULL OR relative_child_id <> child_id", name="not_oneself"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"), index=True)
    relative_child_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("child.id", ondelete="RESTRICT"), index=True
    )
    facts = Sealed[RelativeFacts](Domain.DOSSIER, RelativeFacts)


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """When who agreed to what."""

    on: date
    given_by: tuple[str, ...] = ()
    scope: str | None = None
    counts: bool = True
    """False when it was a mistake: taken back, not deleted."""


class Consent(Versioned, Base):
    """A consent of the child, a parent or the guardian."""

    __tablename__ = "consent"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"), index=True)
    facts = Sealed[ConsentFacts](Domain.DOSSIER, ConsentFacts)


class Reach(Base):
    """Which place, person or desk may see a child now, coming or just left; written only by reactions."""

    __tablename__ = "reach"
    __table_args__ = (
        Index("ix_reach_location_id_child_id", "location_id", "child_id"),
        Index("ix_reach_region_child_id", "region", "child_id"),
        Index("ix_reach_account_id_child_id", "account_id", "child_id"),
        Index("ix_reach_desk_child_id", "desk", "child_id"),
        CheckConstraint("until_at IS NULL OR until_at >= from_at", name="period"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"), index=True)
    why: Mapped[str] = coded(Why, "K: a code")
    sees: Mapped[str] = coded(Sees, "K: a code")
    location_id: Mapped[UUID | None] = mapped_column()
    region: Mapped[str | None] = plain("K: region of the place", length=10)
    account_id: Mapped[UUID | None] = mapped_column()
    desk: Mapped[str | None] = plain("K: the guardianship desk", length=20)
    origin_id: Mapped[UUID | None] = mapped_column(index=True)
    """The transfer, guardianship, support, alert or responsible row that this comes from."""
    until_on: Mapped[date | None] = mapped_column()
    """For who just left: entries up to and including this day."""
    from_at: Mapped[datetime] = mapped_column()
    until_at: Mapped[datetime | None] = mapped_column()
