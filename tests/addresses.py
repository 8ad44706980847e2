"""What the address of a page names, and who may see that: children and their files, people, places."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from uuid import UUID

from caseapp.domain.policy import Sees
from tests.ground import CHILDREN, GONE, OVERSEES, Ground

Address = dict[str, Any]
ABSENT: Final = UUID("01990000-0000-7000-8000-0000000000ff")
MORE_ABSENT: Final = UUID("01990000-0000-7000-8000-0000000000fe")


class About(Protocol):
    """What the address of a page names, and who may see that."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield the addresses that a walk tries: a word for the relation, and the parts."""

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Say whether somebody with the permission is in scope of what the address names."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The page is about nothing in particular, or about what is one's own."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield the one address."""
        yield "own", {}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let everybody in who has the permission."""
        return True


NOTHING: Final = Nothing()


Only = Callable[[Ground, "str | None", Address], bool]


def anybody(ground: Ground, who: str | None, address: Address) -> bool:
    """Let everybody in."""
    return True


@dataclass(frozen=True, slots=True)
class OfChild:
    """The page is about a child, or about a row on its file: by part of the address, its table."""

    least: Sees = Sees.ALL
    rows: Mapping[str, str] = field(default_factory=dict)
    only: Only = anybody

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield each child, a row under the address of another child, and a child that is not there."""
        for name in CHILDREN:
            child_id = ground.world.children[name]
            found = {part: self._row(ground, table, child_id) for part, table in self.rows.items()}
            if None not in found.values():
                yield name, {"child_id": child_id} | found
        parts = dict.fromkeys(self.rows, MORE_ABSENT)
        yield "absent", {"child_id": ABSENT} | parts
        if self.rows:
            yield "absent row", {"child_id": ground.world.mine} | parts
            yield from self._crossed(ground)

    def _crossed(self, ground: Ground) -> Iterator[tuple[str, Address]]:
        others = (ground.world.beside, ground.world.far, ground.world.mine)
        for part, table in self.rows.items():
            for other, child in zip(
                others, (ground.world.mine,) * 2 + (ground.world.far,), strict=True
            ):
                row = self._row(ground, table, other)
                if row is not None:
                    rest = {p: self._row(ground, t, child) or ABSENT for p, t in self.rows.items()}
                    yield "crossed", {"child_id": child} | rest | {part: row}
                    break

    @staticmethod
    def _row(ground: Ground, table: str, child_id: UUID) -> UUID | None:
        return next(iter(ground.rows.get(table, {}).get(child_id, ())), None)

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in who sees enough of the child, when every row is on its file."""
        child_id = address["child_id"]
        sees = ground.sees(who, child_id)
        on_file = all(ground.owners.get(address[part]) == child_id for part in self.rows)
        return (
            sees is not None
            and sees.rank >= self.least.rank
            and on_file
            and self.only(ground, who, address)
        )


@dataclass(frozen=True, slots=True)
class OfAccount:
    """The page is about an account; for whatever changes it, one that is not closed."""

    open_only: bool = False

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield somebody's account, one that was closed, and one that is not there."""
        yield "own", {"account_id": ground.accounts["cpk"]}
        yield "closed", {"account_id": ground.accounts[GONE]}
        yield "absent", {"account_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in for each account that is there."""
        known = address["account_id"] in ground.accounts.values()
        return known and not (self.open_only and address["account_id"] == ground.accounts[GONE])


@dataclass(frozen=True, slots=True)
class OfRight:
    """The page is about a right of an account: in the own region, or anywhere for an administrator."""

    administrators: bool = True

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield a right in each region, one under another's account, and one that is not there."""
        for region, grant in ground.waiting.items():
            yield region, {"account_id": ground.rights[grant][0], "grant_id": grant}
        yield "crossed", {"account_id": ground.accounts["cpk"], "grant_id": ground.waiting["noord"]}
        yield "absent", {"account_id": ground.accounts["cpk"], "grant_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in a coordinator over where the right holds."""
        account, where = ground.rights.get(address["grant_id"], (None, ""))
        if account != address["account_id"]:
            return False
        overseen = where in OVERSEES.get(who or "", frozenset())
        return overseen or (self.administrators and who == "administrator")


@dataclass(frozen=True, slots=True)
class OfNotice:
    """The page is about a message to oneself."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield the own message, another's, and one that is not there."""
        if who in ground.notices:
            yield "own", {"notice_id": ground.notices[who][0]}
        other = next(keys for name, keys in ground.notices.items() if name != who)
        yield "other", {"notice_id": other[0]}
        yield "absent", {"notice_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in who was told."""
        return address["notice_id"] in ground.notices.get(who or "", [])


@dataclass(frozen=True, slots=True)
class OfLetter:
    """The page is about a mail, of whoever it is."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield a mail, and one that is not there."""
        yield "given up", {"letter_id": ground.letters[0]}
        yield "absent", {"letter_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in for each mail that is there."""
        return address["letter_id"] in ground.letters


@dataclass(frozen=True, slots=True)
class OfSession:
    """The page is about a session of one's own."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield the own session, another's, and one that is not there."""
        if who in ground.sessions:
            yield "own", {"session_id": ground.sessions[who]}
        other = next((key for name, key in ground.sessions.items() if name != who), ABSENT)
        yield "other", {"session_id": other}
        yield "absent", {"session_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in the owner only."""
        return ground.sessions.get(who or "") == address["session_id"]


@dataclass(frozen=True, slots=True)
class OfFactor:
    """The page is about a second factor of one's own."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield the own factor, another's, and one that is not there."""
        if who in ground.factors:
            yield "own", {"factor_id": ground.factors[who]}
        other = next((key for name, key in ground.factors.items() if name != who), ABSENT)
        yield "other", {"factor_id": other}
        yield "absent", {"factor_id": ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in the owner only."""
        return ground.factors.get(who or "") == address["factor_id"]


@dataclass(frozen=True, slots=True)
class OfReference:
    """The page is about a location or a school, which are the same for all who may see the list."""

    part: str

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield one that is there and one that is not."""
        yield "own", {self.part: next(iter(self._known(ground)))}
        yield "absent", {self.part: ABSENT}

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in for each that is there."""
        return address[self.part] in self._known(ground)

    def _known(self, ground: Ground) -> list[UUID]:
        places = [*ground.world.locations.values(), ground.lent.place]
        return places if "location" in self.part else ground.schools
