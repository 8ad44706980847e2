"""Tables of observations, contacts and meetings."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.care_codes import Condition, ContactBy, ContactMode, Level, Rating, Source
from caseapp.kernel.db import Base, Versioned, coded, new_id
from caseapp.kernel.seals import Domain, Sealed


@dataclass(frozen=True, slots=True)
class ObservationFacts:
    """Who saw it, how serious it is, the marks given, and what was agreed."""

    source: Source
    level: Level
    conditions: dict[Condition, Rating] = field(default_factory=dict)
    has_action: bool = False
    action_text: str | None = None
    action_owner: str | None = None
    action_due_on: date | None = None
    action_done_on: date | None = None
    not_asked_because: str | None = None
    """Why the child could not be asked, when there are no words of the child."""


class Observation(Versioned, Base):
    """What somebody saw or heard; facts apart from what they make of it."""

    __tablename__ = "observation"
    __table_args__ = (Index("ix_observation_child_id_on", "child_id", "on_day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"))
    on_day: Mapped[date] = mapped_column()
    facts = Sealed[ObservationFacts](Domain.DOSSIER, ObservationFacts)
    text = Sealed[str](Domain.DOSSIER, str, optional=True)
    child_view = Sealed[str](Domain.DOSSIER, str, optional=True)
    interpretation = Sealed[str](Domain.DOSSIER, str, optional=True)


class Contact(Versioned, Base):
    """A contact with the child."""

    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_child_id_on", "child_id", "on_day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"))
    on_day: Mapped[date] = mapped_column()
    by: Mapped[str] = coded(ContactBy, "C: last seen")
    mode: Mapped[str] = coded(ContactMode, "C: last seen")
    note = Sealed[str](Domain.DOSSIER, str, optional=True)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """When a multidisciplinary meeting was held, and with whom."""

    on: date
    participants: tuple[str, ...] = ()
    note: str | None = None
    counts: bool = True
    """False when it was a mistake: taken back, not deleted."""


class Meeting(Versioned, Base):
    """A multidisciplinary meeting about a child."""

    __tablename__ = "meeting"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"), index=True)
    facts = Sealed[MeetingFacts](Domain.DOSSIER, MeetingFacts)
