"""The end of the chain: locked last in a transaction, and moved on by each record that is tied to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import Table, update

from caseapp.audit.models import AuditEvent, AuditHead
from caseapp.kernel import chain
from caseapp.kernel.chain import NOTHING_BEFORE, Tie
from caseapp.kernel.raw import RawRow
from caseapp.kernel.work import TrailError, Work

EVENT: Final = cast("Table", AuditEvent.__table__)
HEAD: Final = cast("Table", AuditHead.__table__)
PLAIN: Final = len(chain.COLUMNS)
"""So many columns of a raw row are the record itself; its bytes, hashes and digests follow."""

SEQ: Final = 0
AT: Final = chain.COLUMNS.index("at")
KEY_VERSION: Final = chain.COLUMNS.index("key_version")


@dataclass(slots=True)
class Tail:
    """The end of the chain while this work holds it: numbers, hash, and the key that ties."""

    seq: int
    """The last number that was given."""
    hash: bytes | None
    at: datetime | None
    key_version: int
    tie: Tie

    def tied(self, row: Sequence[Any], children: str | None, digests: bytes | None) -> RawRow:
        """Return a raw row with the next number, tied to the record before it.

        `row` holds the columns of a record; `children` is their digest, `digests` those of rows.
        """
        self.seq += 1
        plain: list[Any] = [*row[:PLAIN]]
        plain[SEQ], plain[KEY_VERSION] = self.seq, self.key_version
        said = chain.canonical(plain, children, chain.rows_digest(digests))
        before = self.hash or NOTHING_BEFORE
        self.hash = self.tie(chain.message(said, before))
        return (*plain, said, before, self.hash, digests)


def lock_tail(work: Work) -> Tail:
    """Lock the end of the trail until the end of this work; raises TrailError when it is missing."""
    found = work.session.execute(
        update(HEAD)
        .where(HEAD.c.id == 1)
        .values(seq=HEAD.c.seq)
        .returning(HEAD.c.seq, HEAD.c.hash, HEAD.c.at)
    ).one_or_none()
    if found is None:
        raise TrailError("The head of the trail is missing.")
    version, tie = work.vault.trail.tie()
    seq, before, at = found
    return Tail(seq, before, at, version, tie)


def let_go(work: Work, tail: Tail) -> None:
    """Keep where the trail ends now."""
    ends = {"seq": tail.seq, "hash": tail.hash, "at": tail.at}
    work.session.execute(update(HEAD).where(HEAD.c.id == 1).values(ends))


CLOCK_STEP: Final = timedelta(days=1)
"""Records of long work are somewhat older than those before them; more than this is a clock that was set."""


def is_set_back(tail: Tail, at: datetime) -> bool:
    """Say whether the clock was set back since the records before."""
    return tail.at is not None and at < tail.at - CLOCK_STEP
