"""What the telling of children shares: the calendar, the dice, the places and their people."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from caseapp.demo import figures
from caseapp.demo.cast import Document, Location, School, World
from caseapp.demo.days import Days, birthday
from caseapp.demo.dice import Deck, Dice
from caseapp.demo.names import BOYS, FAMILIES, GIRLS, pools
from caseapp.domain.codes import PlacementKind
from caseapp.domain.policy import Role

EMERGENCY = frozenset({PlacementKind.NO, PlacementKind.TGO})
ENTRANCE = frozenset({PlacementKind.COL, PlacementKind.COL_AMV})
NIDOS = frozenset({PlacementKind.NIDOS_FAM, PlacementKind.NIDOS_KWG, PlacementKind.NIDOS_KWE})
UNWATCHED = NIDOS | {PlacementKind.GEM, PlacementKind.DSL}  # no kind of COA: OBS-1 is silent
# 990 and seven digits: never issued, and too long for a citizen service number.
V_PREFIX = "990"
V_STEP = 4_827_143  # has no factor 2 or 5, so that no two numbers below ten million fall together
V_START = 271_828
QUIET = "midden"  # the region of Samira: nothing there breaks worse than her therapy


def v_number(number: int) -> str:
    """Give child `number` a V-number of its own."""
    return f"{V_PREFIX}{(V_START + number * V_STEP) % 10_000_000:07d}"


@dataclass(slots=True)
class Stay:
    """One stay: days as ordinals, `end` not part of it; None while it goes on."""

    place: Location
    start: int
    end: int | None = None


@dataclass(slots=True)
class Life:
    """A child while it is told; days are ordinals."""

    number: int
    given: str
    family_name: str
    birth: int
    girl: bool
    nation: str
    language: str
    alone: bool
    stays: list[Stay]
    family: int | None = None
    precision: str = "day"
    siblings: list["Life"] = field(default_factory=list)
    ahead: list[Document] = field(default_factory=list)
    document: Document = field(default_factory=dict)
    responsible: dict[str, str | None] = field(default_factory=dict)
    guardians: dict[str, str | None] = field(default_factory=dict)
    aftercare: dict[str, str | None] = field(default_factory=dict)

    @property
    def ref(self) -> str:
        """Name the child within the world."""
        return f"kind-{self.number:06d}"

    @property
    def v_number(self) -> str:
        """Give the V-number."""
        return v_number(self.number)

    @property
    def arrival(self) -> int:
        """Give the first day in reception."""
        return self.stays[0].start

    @property
    def last(self) -> Stay:
        """Give the latest stay."""
        return self.stays[-1]

    @property
    def moved_on(self) -> int | None:
        """Give the day of the latest move, if there was one."""
        return self.last.start if len(self.stays) > 1 else None

    def turns(self, age: int) -> int:
        """Give the day of this birthday."""
        return birthday(self.birth, age)


class Stage:
    """Everything that telling a child needs."""

    def __init__(self, world: World) -> None:
        self.days = Days(world.today)
        self.now = self.days.now
        self.dice = Dice(f"{world.seed}:{world.children}")
        self.girls, self.boys, self.families = pools(GIRLS), pools(BOYS), pools(FAMILIES)
        self.names = {account.key: account.name for account in world.accounts}
        self.guardians = [each.key for each in world.accounts if each.role == Role.GUARDIAN]
        self.code = {place.code: place for place in world.locations}
        self.contacts: dict[str, list[str]] = {place.code: [] for place in world.locations}
        for account in world.accounts:
            if account.role == Role.CPK:
                for code in account.scope:
                    self.contacts[code].append(account.key)
        self.places: dict[tuple[PlacementKind, bool], list[Location]] = {}
        for place in world.locations:
            self.places.setdefault((place.kind, place.youth), []).append(place)
        self.schools: dict[tuple[str, bool], School] = {
            (school.municipality, school.secondary): school for school in world.schools
        }
        self.decks = Decks(self.dice)
        self.owed = 0
        self._next_guardian = 0

    def place(self, kind: PlacementKind, *, youth: bool, other: Location | None) -> Location:
        """Choose a location of this kind, but not `other`; the same one only if it is alone."""
        found = self.places.get((kind, youth)) or self.places[kind, not youth]
        spot = int(self.dice.random() * len(found))
        if found[spot] is other:
            spot = (spot + 1) % len(found)
        return found[spot]

    def guardian(self) -> str:
        """Give the key of the guardian whose turn it is."""
        self._next_guardian += 1
        return self.guardians[self._next_guardian % len(self.guardians)]

    def contact(self, place: Location, number: int) -> str:
        """Give the key of the contact person of a child at this location."""
        keys = self.contacts[place.code]
        return keys[number % len(keys)]

    def isos(self, days: Sequence[int]) -> list[str]:
        """Write days."""
        return [self.days.iso(day) for day in days]


class Decks:
    """One deck for each share that must also hold in a small world."""

    def __init__(self, dice: Dice) -> None:
        self.who = Deck(dice, figures.WHO)
        self.siblings = Deck(dice, figures.SIBLINGS)
        self.family_ages = Deck(dice, figures.FAMILY_AGES)
        self.alone_ages = Deck(dice, figures.ALONE_AGES)
        self.family_nations = Deck(dice, figures.FAMILY_NATIONS)
        self.alone_nations = Deck(dice, figures.ALONE_NATIONS)
        self.family_kinds = Deck(dice, figures.FAMILY_KINDS)
        self.youngest_kinds = Deck(dice, figures.YOUNGEST_KINDS)
        self.alone_kinds = Deck(dice, figures.ALONE_KINDS)
        self.emergency_moves = Deck(dice, figures.EMERGENCY_MOVES)
        self.other_moves = Deck(dice, figures.OTHER_MOVES)
        self.enrolled = {
            kind: Deck(dice, {False: part, True: 100 - part})
            for kind, part in figures.NOT_ENROLLED.items()
        }
        part = figures.NOT_ENROLLED_ELSEWHERE
        self.enrolled_elsewhere = Deck(dice, {False: part, True: 100 - part})
        running, waiting = figures.RUNNING_CARE, figures.WAITING_CARE
        self.care = Deck(
            dice, {"running": running, "waiting": waiting, "none": 100 - running - waiting}
        )
        broken = figures.BROKEN_BY_MOVE
        self.broken = Deck(dice, {True: broken, False: 100 - broken})
