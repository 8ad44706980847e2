"""Chance that can be repeated: a seeded die, and decks of cards that keep shares exact."""

from collections.abc import Mapping, Sequence
from math import exp
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Dice:
    """All the chance of the demo world, from one seed."""

    __slots__ = ("gauss", "random", "source")

    def __init__(self, seed: str) -> None:
        self.source = Random(seed)
        self.random = self.source.random
        self.gauss = self.source.gauss

    def chance(self, share: float) -> bool:
        """Say yes in this share of the cases."""
        return self.random() < share

    def between(self, low: int, high: int) -> int:
        """Give a whole number from low up to and including high; low when high is below it."""
        return low if high <= low else low + int(self.random() * (high - low + 1))

    def pick(self, things: Sequence[T]) -> T:
        """Give one of the things, each as likely."""
        return things[int(self.random() * len(things))]

    def lognormal(self, median: float, sigma: float) -> float:
        """Give a number above zero, half of them below the median."""
        return median * exp(self.gauss(0.0, sigma))


class Deck(Generic[T]):
    """Cards drawn without putting back, so that a small world has the shares of a large one."""

    __slots__ = ("_cards", "_dice", "_left")

    def __init__(self, dice: Dice, shares: Mapping[T, int]) -> None:
        self._dice = dice
        self._cards = [card for card, count in shares.items() for _ in range(count)]
        self._left: list[T] = []

    def draw(self) -> T:
        """Give the next card; a new shuffled deck when the last one is gone."""
        if not self._left:
            self._left = self._cards.copy()
            self._dice.source.shuffle(self._left)
        return self._left.pop()
