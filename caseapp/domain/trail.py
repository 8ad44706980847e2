"""What can be wrong with the trail, and how long it is kept."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

KEPT_YEARS: Final = 5
"""The floor: at least five years from writing (Stcrt. 2019, 38007)."""


class Outcome(StrEnum):
    """How a look at the trail ended."""

    OK = "ok"
    BROKEN = "broken"
    UNSURE = "unsure"

    @property
    def exit_code(self) -> int:
        """Return what a command ends with: 0 in order, 1 broken, 2 cannot tell."""
        return {Outcome.OK: 0, Outcome.BROKEN: 1, Outcome.UNSURE: 2}[self]


class Mark(StrEnum):
    """A record about the trail itself."""

    BEGUN = "chain-begun"
    ADOPTED = "rows-adopted"  # what rows of files were when the chain began
    BROKEN = "chain-broken"
    CLOSED = "trail-closed"  # the records of closed years went
    SET_BACK = "clock-set-back"

    @property
    def is_signed(self) -> bool:
        """Say whether it is signed: with it a chain begins, goes on after a break, or loses its first years."""
        return self in {Mark.BEGUN, Mark.BROKEN, Mark.CLOSED}


class Wrong(StrEnum):
    """One thing that is wrong with the trail."""

    GAP = "gap"  # numbers are missing, or one comes twice
    LINK = "link"  # a record does not name the hash of the one before
    HASH = "hash"  # the keyed hash is not that of its bytes
    CONTENT = "content"  # a column says otherwise than the bytes that were hashed
    CHILDREN = "children"  # the children of a list are not those of its record
    ROWS = "rows"  # the digests of what was written are not those of its record
    TIME = "time"  # it happened before the record before it
    BEGIN = "begin"  # the chain does not begin with a signed record over all that was there
    SIGNATURE = "signature"  # a checkpoint, or a signed record, was not signed by us
    CHECKPOINT = "checkpoint"  # the trail is not any more what a checkpoint says
    HEAD = "head"  # the head is not the last record
    ROW = "row"  # a row of a file is not what its last record says
    ORPHAN = "orphan"  # a row of a file of which no record tells


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong, at which number of the trail, and where: a table and key, or a name of a column."""

    seq: int
    wrong: Wrong
    where: str = ""


def may_close(year: int, today: date, years: int) -> bool:
    """Say whether the records of a year may go: all of them are older than the years, never under the floor."""
    return year + max(years, KEPT_YEARS) < today.year
