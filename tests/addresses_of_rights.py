"""What an address names of leave, break-glass and two people, and who is let in there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tests.addresses import ABSENT, Address
from tests.ground import OVERSEES, Ground

JUDGES: Final = frozenset({"coordinator", "national", "privacy_officer"})
"""Who judges a look at a child in the north."""

SECOND: Final = {
    "export": frozenset({"coordinator", "national", "guardianship", "privacy_officer"}),
    "reset": frozenset({"coordinator", "national", "administrator"}),
}
"""Who sees that it waits for a second person: of the role that decides, over the child or the account."""


@dataclass(frozen=True, slots=True)
class OfLeave:
    """The page is about a leave of `cpk`, whose work `stand_in` does."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield the leave, and one that is not there."""
        yield "leave", {"leave_id": ground.lent.leave}
        yield "absent", {"leave_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in both, and the coordinator over the right of who is away."""
        over = who in {"cpk", "stand_in"} or "noord" in OVERSEES.get(who or "", frozenset())
        return address["leave_id"] == ground.lent.leave and over


@dataclass(frozen=True, slots=True)
class OfAbsent:
    """The page is about the leave of a colleague who is ill."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield a contact person in the north, and an account that is not there."""
        yield "cpk", {"account_id": ground.accounts["cpk"]}
        yield "administrator", {"account_id": ground.accounts["administrator"]}
        yield "absent", {"account_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in the coordinator over the right of who is away."""
        is_cpk = address["account_id"] == ground.accounts["cpk"]
        return is_cpk and "noord" in OVERSEES.get(who or "", frozenset())


@dataclass(frozen=True, slots=True)
class OfEmergency:
    """The page is about a look in an emergency: one's own, or one to judge."""

    judged: bool = False

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield each look, and one that is not there."""
        for name, key in ground.lent.looks.items():
            yield name, {"emergency_id": key}
        yield "absent", {"emergency_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in whose it is, or who judges it."""
        if address["emergency_id"] not in ground.lent.looks.values():
            return False
        if self.judged:
            return who in JUDGES
        return ground.lent.looks.get(who or "") == address["emergency_id"]


@dataclass(frozen=True, slots=True)
class OfRequest:
    """The page is about something that takes two people."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield what waits, and what is not there."""
        for kind, key in ground.lent.asked.items():
            yield kind, {"request_id": key}
        yield "absent", {"request_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in who can be the second person."""
        kind = next(
            (kind for kind, key in ground.lent.asked.items() if key == address["request_id"]), ""
        )
        return who in SECOND.get(kind, frozenset())
