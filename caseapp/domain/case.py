"""One child as known on a day: everything that more than one rule asks, worked out once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise, takewhile
from typing import Final

from caseapp.domain import calendar, known
from caseapp.domain.calendar import DayRange, covers
from caseapp.domain.care_codes import EndReason, Regime, SchoolType
from caseapp.domain.chains import Chains
from caseapp.domain.codes import PlacementKind, TransferStatus
from caseapp.domain.facts import CareLine, Placement, SchoolRecord, Support, Transfer
from caseapp.domain.on_file import OnFile
from caseapp.domain.term_time import TermTime

EMERGENCY: Final = frozenset({PlacementKind.NO, PlacementKind.TGO})
NIDOS: Final = frozenset(kind for kind in PlacementKind if kind.startswith("NIDOS_"))
COA: Final = (
    frozenset(PlacementKind)
    - NIDOS
    - frozenset(map(PlacementKind, ("GEM", "DSL", "HAR", "LOGEER", "EXT")))
)
PLANNED: Final = frozenset({TransferStatus.PLANNED, TransferStatus.CONFIRMED})

_NEVER_ATTENDED: Final = frozenset({SchoolType.VVE, SchoolType.EXEMPT})
_SCHOOL_AGE: Final = 5
_ADULT_AGE: Final = 18
_LAST_AGE: Final = 23
SUPPORT_UNTIL_AGE: Final = {Regime.VERLENGDE_OPVANG: 21, Regime.VERLENGDE_JEUGDHULP: 23}


@dataclass(frozen=True, slots=True)
class Move:
    """A change of location between two placements that follow each other."""

    left: Placement
    placement: Placement

    @property
    def day(self) -> date:
        """The first day at the new location."""
        return self.placement.start


class Case(OnFile):
    """The facts of one child that count on `today`, in their order."""

    # --- the child itself ---

    def birthday(self, age: int) -> DayRange:
        """The first and the last day on which the child can turn an age."""
        return calendar.birthdays(self.child.birth, age)

    @cached_property
    def adulthood(self) -> DayRange:
        """Birthday 18."""
        return self.birthday(_ADULT_AGE)

    @cached_property
    def minor(self) -> bool:
        """Whether the child may still be under 18."""
        return self.today < self.adulthood.last

    @cached_property
    def followed_until(self) -> date:
        """Birthday 23, its last day: from then on nobody follows."""
        return self.birthday(_LAST_AGE).last

    @cached_property
    def watched(self) -> bool:
        """Whether the rules hold: followed, and the case not closed."""
        closed = known.happened(self.child.closed_on, self.today)
        return closed is None and self.today < self.followed_until

    @property
    def alone(self) -> bool:
        """Whether the child is an unaccompanied minor."""
        return self.child.unaccompanied and self.minor

    # --- where it lives ---

    @cached_property
    def current(self) -> Placement | None:
        """The placement of today, the last in the order should there be several."""
        here = (p for p in reversed(self.placements) if covers(p.start, p.end, self.today))
        return next(here, None)

    @cached_property
    def stay(self) -> tuple[Placement, ...]:
        """The run of the current location: the current placement and those directly before it."""
        here = self.current
        return () if here is None else self.run(lambda one: one.location == here.location)

    def run(self, alike: Callable[[Placement], bool]) -> tuple[Placement, ...]:
        """Return the current placement and those directly before it, as far as they are alike."""
        if self.current is None:
            return ()
        until_now = self.placements[: self.placements.index(self.current) + 1]
        return tuple(takewhile(alike, reversed(until_now)))[::-1]

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Every move, in order."""
        pairs = pairwise(self.placements)
        return tuple(Move(left, new) for left, new in pairs if left.location != new.location)

    @cached_property
    def move_that_led_here(self) -> Move | None:
        """The latest move, when it began the stay."""
        if not self.moves or not self.stay or self.moves[-1].placement is not self.stay[0]:
            return None
        return self.moves[-1]

    @cached_property
    def term_time(self) -> TermTime:
        """The school days of the places where the child lives."""
        return TermTime(self.placements)

    # --- moving ---

    @property
    def underway(self) -> Iterator[Transfer]:
        """The transfers that are planned, or have left and not arrived."""
        for transfer in self.transfers:
            if transfer.status in PLANNED or transfer.status is TransferStatus.DEPARTED:
                yield transfer

    def led_here(self, transfer: Transfer) -> bool:
        """Say whether an arrived transfer led to the current placement."""
        if self.current is None or transfer.arrived_on is None:
            return False
        arrived_on, here = transfer.arrived_on, self.current.location
        return transfer.to_location == here and not any(
            placement.location != here and placement.start >= arrived_on
            for placement in self.placements
        )

    # --- school ---

    @cached_property
    def attended(self) -> tuple[SchoolRecord, ...]:
        """The records of schools that the child attends or attended."""
        return tuple(
            record
            for record in self.school
            if record.type not in _NEVER_ATTENDED
            and record.attending_from is not None
            and record.attending_from <= self.today
        )

    @cached_property
    def attending(self) -> tuple[SchoolRecord, ...]:
        """The records that are attended today."""
        return tuple(r for r in self.attended if covers(r.attending_from, r.end, self.today))

    @cached_property
    def exempt(self) -> tuple[SchoolRecord, ...]:
        """The exemptions from going to school, coming ones too."""
        return tuple(record for record in self.school if record.type is SchoolType.EXEMPT)

    @cached_property
    def compulsory_from(self) -> date:
        """The first day of compulsory age."""
        return calendar.month_after(self.birthday(_SCHOOL_AGE).first)

    def compulsory_on(self, day: date) -> bool:
        """Say whether the child must be at school on a day: by age, and without exemption."""
        return self.compulsory_from <= day < self.adulthood.last and not any(
            covers(record.attending_from, record.end, day) for record in self.exempt
        )

    # --- care ---

    @cached_property
    def chains(self) -> Chains:
        """The care lines, linked."""
        return Chains(self.care)

    # --- guardian and support ---

    def end_of(self, support: Support) -> date | None:
        """The day support ends: as written, else by the law of its regime (its last day)."""
        if support.end is not None or support.regime not in SUPPORT_UNTIL_AGE:
            return support.end
        return self.birthday(SUPPORT_UNTIL_AGE[support.regime]).last


def ended(line: CareLine, day: date) -> bool:
    """Say whether care had ended on a day; broken off by a move is no end."""
    if line.ended_on is None or line.end_reason is EndReason.MOVED:
        return False
    return line.ended_on <= day


def waiting(line: CareLine, day: date) -> bool:
    """Say whether a line was waiting on a day."""
    started = line.started_on is not None and line.started_on <= day
    return line.referred_on <= day and not started and not ended(line, day)


def running(line: CareLine, day: date) -> bool:
    """Say whether a line was running on a day."""
    return line.started_on is not None and line.started_on <= day and not ended(line, day)
