"""The children of a location that closes: enough families for a list of forty."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from caseapp.demo.cast import DemoChild, Document, Location, World
from caseapp.demo.dice import Deck
from caseapp.demo.people import household
from caseapp.demo.stage import Life, Stage, Stay
from caseapp.demo.telling import tell
from caseapp.domain.codes import PlacementKind

FIRST: Final = 6_000_001
"""Far above the numbers of the world, so that they are in nobody's way."""
SETTLED: Final = {0: 40, 1: 50, 2: 10}
"""How often they moved within the year: nearly all of them once, or not at all."""


class Closing(Stage):
    """A stage on which every family now lives at one emergency location."""

    def __init__(self, world: World, code: str) -> None:
        super().__init__(replace(world, seed=world.seed + 1))
        self.home = self.code[code]
        self.decks.who = Deck(self.dice, {"family": 1})
        self.decks.family_kinds = Deck(self.dice, {self.home.kind.value: 1})
        self.decks.emergency_moves = Deck(self.dice, SETTLED)

    def place(self, kind: PlacementKind, *, youth: bool, other: Location | None) -> Location:
        """Choose where a family lives now, from which all else is told backwards."""
        if other is None and kind is self.home.kind and not youth:
            return self.home
        return super().place(kind, youth=youth, other=other)


def gathered(world: World, code: str, wanted: int) -> Iterator[DemoChild]:
    """Tell so many children of families that live at the location with this code."""
    stage = Closing(world, code)
    number = 0
    while number < wanted:
        elder: list[Document] = []
        lives = household(stage, FIRST + number, wanted - number)
        for life in lives:
            life.ahead = []  # the move that is to come is that of the list
            _come_along(life, lives[-1].last)
        for life in lives:
            child = tell(stage, life, elder)
            elder = elder or child.document.get("transfers", [])
            yield child
            number += 1


def _come_along(life: Life, home: Stay) -> None:
    """Let the eldest of a family, who may live apart, come along after all."""
    if life.last.place is not home.place:
        life.last.end = home.start
        life.stays.append(Stay(home.place, home.start))
