"""A naive world in memory: what was accepted of the lists so far."""

import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Key = tuple[Any, ...]
Said = dict[str, Any]


@dataclass
class Child:
    """What lists said of a child, where it is since when, and where it was before."""

    said: Said
    place: str | None = None
    since: date | None = None
    came_from: str | None = None

    def goes_to(self, place: str, day: date) -> None:
        """Let the child be at a place from a day on."""
        self.place, self.since, self.came_from = place, day, self.place


@dataclass
class World:
    """Locations and care lines by key, children by V-number, and moves and school periods.

    Of these two there may be several of one key.
    """

    locations: dict[Key, Said] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)
    moves: list[tuple[Key, Said]] = field(default_factory=list)
    care: dict[Key, Said] = field(default_factory=dict)
    school: list[tuple[Key, Said]] = field(default_factory=list)

    def copied(self) -> "World":
        """Return a world that can change without this one."""
        return copy.deepcopy(self)

    @property
    def codes(self) -> set[str]:
        """The codes of the locations that we know."""
        return {code for (code,) in self.locations}

    def is_open(self, code: str, on: date) -> bool:
        """Return whether a location is open on a day: from its first day, until its last one comes."""
        said = self.locations[(code,)]
        begin, end = said.get("open_vanaf"), said.get("open_tot")
        return (begin is None or begin <= on) and (end is None or end > on)
