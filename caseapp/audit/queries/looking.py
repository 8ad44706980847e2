"""Looking at the records of the trail one after another: number, link, hash, and what hangs on each."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from caseapp.audit.queries.raw_trail import PLAIN
from caseapp.audit.queries.rows_now import RowsNow
from caseapp.domain.trail import Mark, Problem, Wrong
from caseapp.kernel import chain
from caseapp.kernel.chain import NOTHING_BEFORE, Tie
from caseapp.kernel.checkpoints import Checkpoint
from caseapp.kernel.keys import KeyRefusal
from caseapp.kernel.raw import RawRow
from caseapp.kernel.work import Work

CLOCK_STEP: Final = timedelta(days=1)
_BEGINS: Final = frozenset({Mark.BEGUN, Mark.BROKEN})
AT, CODE, FIELDS, KEY = (
    chain.COLUMNS.index(name) for name in ("at", "code", "fields", "key_version")
)
HASH: Final = PLAIN + 2
EVERYTHING: Final = "all"


@dataclass(slots=True)
class Look:
    """One look at the trail, from a checkpoint on or from its beginning."""

    work: Work
    checkpoints: Mapping[int, Checkpoint]
    stood_before: tuple[str, ...] = ()
    """How many records stand before the chain, and their digest, as its first record tells."""
    expected: int = 1
    before: bytes = NOTHING_BEFORE
    counted: int = 0
    """Records so far, as the checkpoints count them."""
    is_chained: bool = False
    looked_at: int = 0
    latest: str = ""
    problems: list[Problem] = field(default_factory=list)
    breaks: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    good: list[int] = field(default_factory=list)
    met: set[int] = field(default_factory=set)
    rows: RowsNow | None = None
    _ties: dict[int | None, Tie] = field(default_factory=dict)

    def at(self, records: Sequence[RawRow], seen: Mapping[int, Sequence[str]]) -> None:
        """Look at the next records, given with the children of their lists."""
        for row in records:
            self._at(row, seen)
        for seq in seen.keys() - {row[0] for row in records}:
            self._wrong(seq, Wrong.CHILDREN)
        self.looked_at += len(records)

    def _at(self, row: RawRow, seen: Mapping[int, Sequence[str]]) -> None:
        seq, digests = row[0], row[-1]
        if row[HASH] is None and not self.is_chained:
            self._in_order(seq)
            return
        if row[CODE] in _BEGINS and self._begins(row):
            self.before = NOTHING_BEFORE
        elif not self.is_chained:
            self._wrong(seq, Wrong.BEGIN)
        self.is_chained = True
        self._in_order(seq)
        self._is_tied(row)
        self._says(row, chain.children_digest(seen[seq]) if seq in seen else None)
        if digests and self.rows is not None:
            self.rows.keep(seq, digests)
        if seq in self.checkpoints:
            self._meets(self.checkpoints[seq])

    def _is_tied(self, row: RawRow) -> None:
        said, before, hashed = row[PLAIN : HASH + 1]
        if before != self.before:
            self._wrong(row[0], Wrong.LINK)
        tie = self._ties.get(row[KEY]) or self._tie(row[KEY])
        if hashed is None or tie(chain.message(said, before or b"")) != hashed:
            self._wrong(row[0], Wrong.HASH)
        self.before = hashed or b""

    def _says(self, row: RawRow, children: str | None) -> None:
        """Hold the columns, and what hangs on a record, against the bytes that were hashed."""
        rows = chain.rows_digest(row[-1])
        if chain.canonical(row[:PLAIN], children, rows) != row[PLAIN]:
            self._wrong_content(row, children, rows)
        elif row[AT] < self.latest and row[CODE] != Mark.SET_BACK:
            self._in_time(row)
        else:
            self.latest = row[AT]

    def _in_order(self, seq: int) -> None:
        if seq != self.expected:
            self._wrong(seq, Wrong.GAP)
        self.expected = seq + 1
        self.counted += 1

    def _in_time(self, row: RawRow) -> None:
        """Let a record be somewhat older than those before it: long work says when it began."""
        if _moment(row[AT]) < _moment(self.latest) - CLOCK_STEP:
            self._wrong(row[0], Wrong.TIME)

    def _begins(self, row: RawRow) -> bool:
        """Take in a signed record with which the chain begins, or goes on after a break."""
        seq, told = row[0], chain.read_fields(row[FIELDS])
        signature, key = _hex(told.pop("signature", "")), told.pop("key", "")
        statement = chain.statement(row[CODE], **told)
        keys = self.work.vault.trail
        if not (key.isdigit() and keys.is_signed(int(key), statement, signature)):
            self._wrong(seq, Wrong.SIGNATURE)
            return False
        if told.get("seq") != str(seq) or (row[CODE] == Mark.BEGUN and self.is_chained):
            self._wrong(seq, Wrong.BEGIN)
            return False
        if row[CODE] == Mark.BROKEN:
            self._goes_on(seq, told)
        elif _earlier(told) != self.stood_before:
            self._wrong(seq, Wrong.BEGIN)
        return True

    def _goes_on(self, seq: int, told: Mapping[str, str]) -> None:
        """Take in what an earlier break names: numbers that are missing, and what was found wrong."""
        if told.get("gap") == f"{self.expected}-{seq - 1}":
            self.expected = seq
        self.counted = int(told["counted"])
        self.breaks.append((seq, frozenset(told["problems"].split("+"))))

    def _wrong_content(self, row: RawRow, children: str | None, rows: str | None) -> None:
        """Say which part of a record differs from the bytes that were hashed."""
        said = chain.read(row[PLAIN])
        if said is None:
            self._wrong(row[0], Wrong.CONTENT, "canonical")
            return
        if said.children != children:
            self._wrong(row[0], Wrong.CHILDREN)
        if said.rows != rows:
            self._wrong(row[0], Wrong.ROWS)
        for name, value in zip(chain.COLUMNS, row, strict=False):
            if getattr(said, name) != value:
                self._wrong(row[0], Wrong.CONTENT, name)

    def _meets(self, checkpoint: Checkpoint) -> None:
        self.met.add(checkpoint.seq)
        if checkpoint.hash != self.before.hex():
            self._wrong(checkpoint.seq, Wrong.CHECKPOINT, "hash")
        elif checkpoint.records != self.counted:
            self._wrong(checkpoint.seq, Wrong.CHECKPOINT, "count")
        else:
            self.good.append(checkpoint.seq)

    def _tie(self, version: int | None) -> Tie:
        """Return the keyed hash of one version of the key; of one that is not there nothing is right."""
        tie: Tie = _no_key
        with suppress(KeyRefusal):
            tie = self.work.vault.trail.tie(version)[1]
        self._ties[version] = tie
        return tie

    def _wrong(self, seq: int, wrong: Wrong, where: str = "") -> None:
        self.problems.append(Problem(seq, wrong, where))


def _earlier(told: Mapping[str, str]) -> tuple[str, ...]:
    return told.get("earlier", ""), told.get("digest", "")


def _no_key(_message: bytes) -> bytes:
    return b""


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
