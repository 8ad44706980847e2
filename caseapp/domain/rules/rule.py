"""What a rule is: its code, its promise, who owns what it finds, and the findings it gives."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, Protocol, TypeAlias

from caseapp.domain.case import Case

Detail: TypeAlias = Mapping[str, str | int | date]
Limits: TypeAlias = Mapping[str, int]


class Severity(StrEnum):
    """How grave a finding is; compare by `weight`, never by the word."""

    NOTICE = "notice"
    WARNING = "warning"
    CRITICAL = "critical"

    @property
    def weight(self) -> int:
        """Return 0 for a notice, 1 for a warning, 2 for critical."""
        return _WEIGHTS[self]


_WEIGHTS: Final = {Severity.NOTICE: 0, Severity.WARNING: 1, Severity.CRITICAL: 2}


class Strand(StrEnum):
    """The theme of a rule, and its heading in docs/rules.md."""

    PLACEMENT = "Placement"
    ALONE = "Unaccompanied minors"
    TRANSFER = "Transfer and handover"
    SCHOOL = "School"
    CARE = "Care"
    GUARDIANSHIP = "Guardianship"
    OBSERVATION = "Observation"
    WHEREABOUTS = "Whereabouts"
    GROWING_UP = "Growing up, and support until 23"


class OwnerGroup(StrEnum):
    """The row of the table of recipients: who owns the alert at first, who is told (rules.md 4)."""

    PLACEMENT = "placement"
    INTERRUPTION = "interruption"
    HANDOVER = "handover"
    DESK = "desk"
    RECORD = "record"
    NO_GUARDIAN = "no_guardian"
    GUARDIANSHIP = "guardianship"
    WHEREABOUTS = "whereabouts"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found on a day; `detail` holds the facts that the sentence of the alert needs."""

    rule: str
    subject: str
    severity: Severity
    since: date
    due: date | None = None
    detail: Detail = field(default_factory=dict)

    @property
    def identity(self) -> tuple[str, str]:
        """Return rule and subject: the same identity on a later day is the same alert."""
        return self.rule, self.subject


class Shown(Protocol):
    """What a tile is made of: a finding, or an alert that was made from one."""

    @property
    def rule(self) -> str:
        """The code of the rule."""

    @property
    def since(self) -> date:
        """The first day on which the condition held."""

    @property
    def due(self) -> date | None:
        """The day by which it should be mended."""

    @property
    def detail(self) -> Detail:
        """The facts that the sentence needs."""


class TileKind(StrEnum):
    """How the number of a tile is read: days since, a day to come, a count of times or of hours."""

    SINCE = "since"
    TO_COME = "to_come"
    COUNT = "count"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Tile:
    """The number that the eye finds: days, times or hours in `number`, or a `day` to come."""

    kind: TileKind
    number: int = 0
    day: date | None = None


TileMaker: TypeAlias = Callable[[Shown, date], Tile]
Promise: TypeAlias = Callable[[Case, date, Limits], Iterator[Finding]]


def days_since(shown: Shown, today: date) -> Tile:
    """Count the days since the condition began."""
    return Tile(TileKind.SINCE, (today - shown.since).days)


def day_to_come(shown: Shown, today: date) -> Tile:
    """Show the day it is due while that is still to come, then the days since it began."""
    if shown.due is not None and shown.due > today:
        return Tile(TileKind.TO_COME, day=shown.due)
    return days_since(shown, today)


def days_from(key: str) -> TileMaker:
    """Count the days since a day of the detail: the days that the rule itself counts."""

    def tile(shown: Shown, today: date) -> Tile:
        start = shown.detail.get(key)
        return Tile(
            TileKind.SINCE, (today - (start if isinstance(start, date) else shown.since)).days
        )

    return tile


def times(*keys: str) -> TileMaker:
    """Add up counts of the detail."""

    def tile(shown: Shown, today: date) -> Tile:
        counts = (shown.detail.get(key) for key in keys)
        return Tile(TileKind.COUNT, sum(count for count in counts if isinstance(count, int)))

    return tile


def hours(key: str) -> TileMaker:
    """Show a count of the detail as hours."""

    def tile(shown: Shown, today: date) -> Tile:
        count = shown.detail.get(key)
        return Tile(TileKind.HOURS, count if isinstance(count, int) else 0)

    return tile


@dataclass(frozen=True, slots=True)
class Rule:
    """A promise to children, with its place in the house; its docstring is its row in the docs.

    A rule with `from_birthday` counts from a birthday, so its `since` and `due` would tell it: the
    database keeps them sealed.
    """

    code: str
    name: str
    strand: Strand
    owner: OwnerGroup
    promise: Promise
    from_birthday: bool = False
    tile: TileMaker = days_since

    @property
    def row(self) -> str:
        """Return the docstring as one line."""
        return " ".join((self.promise.__doc__ or "").split())


def rule(
    code: str,
    name: str,
    strand: Strand,
    owner: OwnerGroup,
    *,
    from_birthday: bool = False,
    tile: TileMaker = days_since,
) -> Callable[[Promise], Rule]:
    """Make a rule of a function of (one child's facts, a day, the limits of this rule)."""

    def made(promise: Promise) -> Rule:
        return Rule(code, name, strand, owner, promise, from_birthday, tile)

    return made
