"""Tables of alerts: one identity, one alert; how long each interruption lasted; what people did."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.gaps import Lack
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.db import Base, coded, new_id, plain
from caseapp.kernel.seals import Domain, Sealed


class Desk(StrEnum):
    """A queue of coordinators: nobody has taken the alert yet."""

    NOORD = "noord"
    MIDDEN = "midden"
    ZUID = "zuid"
    NATIONAL = "national"
    GUARDIANSHIP = "guardianship"


class Step(StrEnum):
    """What happened to an alert."""

    RAISED = "raised"
    CAME_BACK = "came_back"
    CHANGED = "changed"
    TAKEN = "taken"
    ASSIGNED = "assigned"
    PUT_OFF = "put_off"
    MENDED = "mended"
    CLIMBED = "climbed"
    MISTAKEN = "mistaken"
    RESTORED = "restored"
    WATCHED = "watched"
    """The facts changed that were judged a mistake: what comes now is not muted any more."""
    UNDONE = "undone"
    """A list was undone that had closed it, or had let it be watched again."""


class Ending(StrEnum):
    """How a stretch during which an alert was open came to its end."""

    FACTS = "facts"
    MISTAKEN = "mistaken"
    UNDONE = "undone"
    """It came of a list that was undone: it was no interruption, and counts as none."""


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """What the sentence of an alert is made of, and the days that must not stand in the clear."""

    since: date
    due: date | None = None
    words: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)

    @property
    def detail(self) -> dict[str, str | int | date]:
        """Return the details of the finding as the sentence takes them."""
        return {**self.words, **self.numbers, **self.days}


class Alert(Base):
    """One finding about one child, for as long as it holds; it always has exactly one owner."""

    __tablename__ = "alert"
    __table_args__ = (
        UniqueConstraint("child_id", "rule", "subject"),
        UniqueConstraint("id", "child_id"),
        CheckConstraint(
            "closed_at IS NOT NULL OR (owner_account_id IS NULL) <> (owner_desk IS NULL)",
            name="one_owner",
        ),
        Index(
            "ix_alert_open",
            "child_id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "ix_alert_owner_account_id",
            "owner_account_id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "ix_alert_owner_desk",
            "owner_desk",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id", ondelete="RESTRICT"))
    rule: Mapped[str] = plain("C: the board filters by it", length=10)
    subject: Mapped[str] = plain("C: ids and codes", length=200)
    severity: Mapped[str] = plain("C: the board sorts by it", length=10)
    rank: Mapped[int] = mapped_column()
    """3 critical, 2 warning, 1 notice: worst first in SQL."""
    since: Mapped[date | None] = mapped_column()
    due: Mapped[date | None] = mapped_column()
    facts = Sealed[AlertFacts](Domain.DOSSIER, AlertFacts)
    region: Mapped[str | None] = plain("R: region of the place when it was raised", length=10)
    opened_at: Mapped[datetime] = mapped_column()
    closed_at: Mapped[datetime | None] = mapped_column()
    times: Mapped[int] = mapped_column(default=1)
    owner_account_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT")
    )
    owner_desk: Mapped[str | None] = coded(Desk, "S: a queue of coordinators")
    taken_at: Mapped[datetime | None] = mapped_column()
    put_off_until: Mapped[date | None] = mapped_column()
    put_off_count: Mapped[int] = mapped_column(default=0)
    mistaken_at: Mapped[datetime | None] = mapped_column()
    """When somebody judged it a mistake: muted for as long as the facts stay, and no graver than `severity`."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy reads a plain dict)


class AlertSpell(Base):
    """One stretch during which an alert was open: the length of an interruption, in days."""

    __tablename__ = "alert_spell"
    __table_args__ = (
        ForeignKeyConstraint(
            ["alert_id", "child_id"], ["alert.id", "alert.child_id"], ondelete="RESTRICT"
        ),
        Index("ix_alert_spell_alert_id", "alert_id"),
        Index("ix_alert_spell_closed_at", "closed_at"),
        Index(
            "uq_alert_spell_going_on",
            "alert_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    alert_id: Mapped[UUID] = mapped_column()
    child_id: Mapped[UUID] = mapped_column(index=True)
    opened_at: Mapped[datetime] = mapped_column()
    closed_at: Mapped[datetime | None] = mapped_column()
    days: Mapped[int | None] = mapped_column()
    """How long the interruption lasted: the first from the day on which it began, not was found."""
    by: Mapped[str | None] = coded(Ending, "C: how it ended")


class AlertStep(Base):
    """One thing that happened to an alert."""

    __tablename__ = "alert_step"
    __table_args__ = (
        ForeignKeyConstraint(
            ["alert_id", "child_id"], ["alert.id", "alert.child_id"], ondelete="RESTRICT"
        ),
        Index("ix_alert_step_alert_id", "alert_id"),
        Index(
            "uq_alert_step_climbed",
            "alert_id",
            "spell",
            unique=True,
            sqlite_where=text("what = 'climbed'"),
            postgresql_where=text("what = 'climbed'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    alert_id: Mapped[UUID] = mapped_column()
    child_id: Mapped[UUID] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column()
    by: Mapped[UUID | None] = mapped_column()
    what: Mapped[str] = coded(Step, "C: a code")
    spell: Mapped[int | None] = mapped_column()
    """Which time the alert was open: it climbs once in each."""
    severity: Mapped[str | None] = coded(Severity, "C: a code, of what was raised or changed")
    to_account_id: Mapped[UUID | None] = mapped_column()
    until_on: Mapped[date | None] = mapped_column()
    reason = Sealed[str](Domain.DOSSIER, str, optional=True)


class AlertTurn(Base):
    """Whose turn it is with the alerts of a child: who lets them follow the facts locks its row first."""

    __tablename__ = "alert_turn"

    child_id: Mapped[UUID] = mapped_column(
        ForeignKey("child.id", ondelete="RESTRICT"), primary_key=True
    )


class Gap(Base):
    """A rule that is silent about a child because a fact is missing: codes alone, no fact and no day.

    Made anew whenever the rules run, and changed only where it differs.
    """

    __tablename__ = "gap"

    child_id: Mapped[UUID] = mapped_column(
        ForeignKey("child.id", ondelete="RESTRICT"), primary_key=True
    )
    fact: Mapped[str] = coded(Lack, "C: counted by it", primary_key=True)
    rule: Mapped[str] = plain("C: counted by it", length=10, primary_key=True)
    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    """The record that lacks the fact; the child itself where it belongs to none."""
    rank: Mapped[int] = mapped_column()
    """What the rule could say: 3 critical, 2 warning, 1 notice."""
    heads: Mapped[int] = mapped_column()
    """Of what it is the first row: 3 the child, 2 the fact of the child, 1 the rule too, 0 another record.

    So one pass counts children by place, fact and rule, without telling them apart again.
    """


class Watermark(Base):
    """How far the nightly look came on a day, so that it can go on where it was stopped."""

    __tablename__ = "watermark"

    job: Mapped[str] = plain("K: name of a job", length=40, primary_key=True)
    day: Mapped[date] = mapped_column()
    reached: Mapped[int] = mapped_column(default=0)
    """child.no of the last child that was looked at."""
    done_at: Mapped[datetime | None] = mapped_column()


class LoadAlert(Base):
    """One finding over many children: about a guardian or a place; it always has exactly one owner."""

    __tablename__ = "load_alert"
    __table_args__ = (
        UniqueConstraint("rule", "subject_id"),
        CheckConstraint(
            "closed_at IS NOT NULL OR (owner_account_id IS NULL) <> (owner_desk IS NULL)",
            name="one_owner",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    rule: Mapped[str] = plain("C: the board filters by it", length=10)
    subject_id: Mapped[UUID] = mapped_column()
    """The account of a guardian, or a location."""
    severity: Mapped[str] = plain("C: the board sorts by it", length=10)
    children: Mapped[int] = mapped_column()
    desk: Mapped[str] = coded(Desk, "S: the desk concerned")
    since: Mapped[date] = mapped_column()
    opened_at: Mapped[datetime] = mapped_column()
    closed_at: Mapped[datetime | None] = mapped_column()
    times: Mapped[int] = mapped_column(default=1)
    owner_account_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    owner_desk: Mapped[str | None] = coded(Desk, "S: a queue of coordinators")
    taken_at: Mapped[datetime | None] = mapped_column()
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy reads a plain dict)
