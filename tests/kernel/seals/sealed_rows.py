"""Tables with sealed columns, for the tests of seals: a child, a line of care, one row a child."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from caseapp.kernel.crypto import Domain
from caseapp.kernel.seals import Sealed, declare_seals

ANNA = UUID(int=1)
BRAM = UUID(int=2)
LINE = UUID(int=10)
OTHER_LINE = UUID(int=11)


@dataclass(frozen=True, slots=True)
class Card:
    """Names and birth of a child."""

    name: str
    birth: date


class Base(DeclarativeBase):
    """A base as the house has it."""

    __subject__: ClassVar[str] = "child_id"

    def __init_subclass__(cls, **kwargs: object) -> None:
        declare_seals(cls)
        super().__init_subclass__(**kwargs)


class Noted:
    """A mixin with a sealed text."""

    note = Sealed[str | None](Domain.DOSSIER, str, optional=True)


class Child(Base):
    """A child."""

    __tablename__ = "child"
    __subject__ = "id"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    no: Mapped[int]
    card = Sealed[Card](Domain.DOSSIER, Card)


class Line(Noted, Base):
    """A line of care."""

    __tablename__ = "line"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    child_id: Mapped[UUID]
    needs = Sealed[str | None](Domain.HEALTH, str, optional=True)


class Meeting(Noted, Base):
    """Another table with the same mixin."""

    __tablename__ = "meeting"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    child_id: Mapped[UUID]


class Runway(Base):
    """One row a child, keyed by the child."""

    __tablename__ = "runway"
    __row__ = "child_id"

    child_id: Mapped[UUID] = mapped_column(primary_key=True)
    plan = Sealed[date](Domain.DOSSIER, date)


CARD = Card("Zoë", date(2015, 1, 1))
