"""What can be asked about observations and contacts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from caseapp.domain.care_codes import Condition, ContactBy, ContactMode, Level, Rating, Source


class NotAsked(StrEnum):
    """Why there are no words of the child."""

    NO_INTERPRETER = "no_interpreter"
    DID_NOT_WANT = "did_not_want"
    TOO_YOUNG = "too_young"
    NOT_THERE = "not_there"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed after an observation: what, who does it, by which day, and when it was done."""

    text: str | None = None
    owner: str | None = None
    due_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class ObservationDetails:
    """What somebody saw or heard; the facts, the words of the child and the own view stay apart."""

    on: date
    text: str
    level: Level
    source: Source = Source.OWN
    child_view: str | None = None
    not_asked: NotAsked | None = None
    interpretation: str | None = None
    conditions: Mapping[Condition, Rating] = field(default_factory=dict)
    agreed: Agreed | None = None


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """A contact with the child: when, who had it, and how."""

    on: date
    by: ContactBy
    mode: ContactMode
    note: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingDetails:
    """A multidisciplinary meeting: when, who took part, and what was concluded."""

    on: date
    participants: tuple[str, ...] = ()
    note: str | None = None
