"""What the address of a page names: limits, missing facts, loads, lists of moves, lists that come in, files."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.policy import Sees
from tests.addresses import ABSENT, Address
from tests.ground import OVERSEES, SEES_LISTS, Ground
from tests.ground_of_rights import KNOW_THE_SHELTER


@dataclass(frozen=True, slots=True)
class OfLimit:
    """The page is about a number of a rule: about nobody."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield one that is there and one that is not."""
        yield "own", {"rule": "PLA-1", "name": "notice_days"}
        yield "absent", {"rule": "PLA-1", "name": "absent_days"}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in for the one that is there."""
        return address["name"] != "absent_days"


@dataclass(frozen=True, slots=True)
class OfFact:
    """The page is about a fact that can be missing: a list of the own children only."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield one of the closed list: any other word is no address at all."""
        yield "own", {"slug": "eerste-aankomst"}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in whoever has the permission: whose children it lists is another question."""
        return True


@dataclass(frozen=True, slots=True)
class OfHome:
    """The page is about the children of a location."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield each location, and one that is not there."""
        for code, location_id in ground.world.locations.items():
            yield code, {"location_id": location_id}
        yield "absent", {"location_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in who sees the whole file of the child that lives there."""
        homes = {"mine": "AZC-HERE", "beside": "NO-BESIDE", "far": "AZC-FAR"}
        lives = {ground.world.locations[code]: name for name, code in homes.items()}
        name = lives.get(address["location_id"])
        sees = ground.sees(who, ground.world.children[name]) if name is not None else None
        is_hidden = name == "far" and who not in KNOW_THE_SHELTER
        return sees is Sees.ALL and not is_hidden and who != "breakglass"  # that opens no list


@dataclass(frozen=True, slots=True)
class OfLoad:
    """The page is about an alert over many children, of a place in the north."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield one that is there and one that is not."""
        yield "own", {"load_id": ground.loads[0]}
        yield "absent", {"load_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in the desks of the north and of the country."""
        near = {"noord", "country"} & set(OVERSEES.get(who or "", ()))
        return bool(near) and address["load_id"] in ground.loads


@dataclass(frozen=True, slots=True)
class AnyRun:
    """The page leads on from a message about a list that came in, to where its reader may be."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield one that is not there: it leads to the alerts."""
        yield "absent", {"run_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let everybody in who has the permission."""
        return True


@dataclass(frozen=True, slots=True)
class OfRun:
    """The page is about a list that came in: one that waits for people, one that was written, or any."""

    waits: bool = True
    written: bool = True

    def _runs(self, ground: Ground) -> list[tuple[str, UUID]]:
        waiting = list(ground.runs.items()) if self.waits else []
        return waiting + (list(ground.written.items()) if self.written else [])

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield those of each desk, and one that is not there."""
        for desk, run_id in self._runs(ground):
            yield desk, {"run_id": run_id}
        yield "absent", {"run_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in whoever sees the lists of that desk."""
        desk = next((name for name, key in self._runs(ground) if key == address["run_id"]), None)
        return desk in SEES_LISTS.get(who or "", frozenset())


@dataclass(frozen=True, slots=True)
class OfList:
    """The page is about a list of moves, of `mine` and `beside`."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield one that is there and one that is not."""
        yield "own", {"list_id": ground.lists[0]}
        yield "absent", {"list_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in who sees the whole file of a child on it."""
        on_it = (ground.world.mine, ground.world.beside)
        sees = {ground.sees(who, child_id) for child_id in on_it}
        return Sees.ALL in sees and address["list_id"] in ground.lists


@dataclass(frozen=True, slots=True)
class OfListRow:
    """The page is about one child of a list of moves."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield the row of each child, a row of another list, and one that is not there."""
        for child_id, rows in ground.rows["move_list_row"].items():
            yield ground.name_of(child_id), {"list_id": ground.lists[0], "row_id": rows[0]}
            yield "crossed", {"list_id": ABSENT, "row_id": rows[0]}
        yield "absent", {"list_id": ground.lists[0], "row_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in who sees the whole file of this child."""
        child_id = ground.owners.get(address["row_id"])
        sees = ground.sees(who, child_id) if child_id is not None else None
        return sees is Sees.ALL and address["list_id"] in ground.lists


@dataclass(frozen=True, slots=True)
class OfFile:
    """The page is a file of ours."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield a file that is there and one that is not."""
        yield "own", {"filename": "app.css"}
        yield "absent", {"filename": "no-such-file.css"}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in for each that is there."""
        return address["filename"] != "no-such-file.css"
