"""What the address of a page of the privacy desk names: any child, a request, a file that is due to go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from tests.addresses import ABSENT, Address
from tests.ground import CHILDREN, Ground


@dataclass(frozen=True, slots=True)
class OfAnyChild:
    """The page is about a child, whoever's: the desk opens no file and knows of every child."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield a child of the story, and one that is not there."""
        yield "mine", {"child_id": ground.world.mine}
        yield "absent", {"child_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in for each child that is there."""
        return address["child_id"] in {ground.world.children[name] for name in CHILDREN}


@dataclass(frozen=True, slots=True)
class OfDesk:
    """The page is about a request, or about a file that is due: one of each stands on the ground."""

    part: str

    def _known(self, ground: Ground) -> Mapping[str, UUID]:
        return {"request_id": ground.requests[0], "item_id": ground.due[0]}

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield one that is there, and one that is not."""
        yield "own", {self.part: self._known(ground)[self.part]}
        yield "absent", {self.part: ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in for the one that is there."""
        return address[self.part] == self._known(ground)[self.part]
