"""What the address of a page about the trail names: a record to look at, or a break."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.addresses import ABSENT, Address
from tests.trail_on_the_ground import KNOWN


@dataclass(frozen=True, slots=True)
class OfTrail:
    """The page is about a record to look at, or a break of the trail."""

    part: str

    def cases(self, _ground: object, _who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield the one that is there, and one that is not."""
        yield "own", {self.part: KNOWN[self.part]}
        yield "absent", {self.part: ABSENT}

    def admits(self, _ground: object, who: str | None, address: Address) -> bool:
        """Let in for the one that is there; about a break only who may acknowledge it."""
        together = self.part != "break_id" or who in {"privacy_officer", "administrator"}
        return together and address[self.part] == KNOWN[self.part]
