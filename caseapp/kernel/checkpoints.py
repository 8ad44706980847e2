"""Signed checkpoints of the trail, in a file that only grows, outside the database.

A chain alone does not show that its end was cut off, or that all of it was written anew by whoever has its
key; a checkpoint that was signed elsewhere does. Each line names the digest of the line before it.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final

from caseapp import VERSION
from caseapp.kernel import chain
from caseapp.kernel.trail_keys import TrailKeys

FIRST: Final = "0" * 64
FILE: Final = "audit-checkpoints.jsonl"
KIND: Final = "checkpoint"
CLOSED: Final = "closed"
"""Records up to this one were taken away after their years."""

LONGEST_LINE: Final = 4096


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the trail was at a moment: its last number and hash, and how many records it had."""

    seq: int
    hash: str
    at: str
    records: int
    kind: str = KIND
    version: str = VERSION

    def statement(self, before: str) -> bytes:
        """Return the bytes that are signed; `before` is the digest of the line before."""
        return chain.statement(
            self.kind, seq=self.seq, hash=self.hash, at=self.at, records=self.records,
            version=self.version, before=before,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: its checkpoint, and whether it was signed by us and follows the line before."""

    checkpoint: Checkpoint
    is_ours: bool


def read(file: Path, keys: TrailKeys) -> list[Line | None]:
    """Return the lines of a file, None for one that is no checkpoint; no file has no lines.

    A last line without an end was being written when the machine stopped: it does not count.
    """
    found: list[Line | None] = []
    before = FIRST
    for text in _texts(file):
        found.append(_line(text, before, keys))
        before = sha256(text).hexdigest()
    return found


def ours(file: Path, keys: TrailKeys) -> list[Checkpoint]:
    """Return the checkpoints of a file that we signed, in its order."""
    return [line.checkpoint for line in read(file, keys) if line is not None and line.is_ours]


def append(
    file: Path, keys: TrailKeys, make: Callable[[Checkpoint | None], Checkpoint | None]
) -> Checkpoint | None:
    """Let `make` see the last checkpoint, and write what it makes, signed, to the disk before returning."""
    with _held(file) as held:
        _cut_half_line(held)
        last = _last_text(held)
        parsed = _parsed(last) if last else None
        new = make(parsed[0] if parsed else None)
        if new is not None:
            before = sha256(last).hexdigest() if last else FIRST
            version, signature = keys.sign(new.statement(before))
            told = {name: getattr(new, name) for name in Checkpoint.__slots__}
            told |= {"before": before, "key": version, "signature": signature.hex()}
            held.write(json.dumps(told, separators=(",", ":")).encode() + b"\n")
            held.flush()
            os.fsync(held.fileno())
        return new


def last(file: Path) -> Checkpoint | None:
    """Return the last checkpoint, whoever signed it: for whoever makes the next one."""
    if not file.exists():
        return None
    with file.open("rb") as held:
        text = _last_text(held)
    parsed = _parsed(text) if text else None
    return parsed[0] if parsed else None


@contextmanager
def _held(file: Path) -> Iterator[IO[bytes]]:
    """Open the file to append, for its owner only, and let nobody else append meanwhile."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b", buffering=0) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield held


def _cut_half_line(held: IO[bytes]) -> None:
    """Take away a last line without an end: it was never a checkpoint, and nobody was told of it."""
    size = held.seek(0, os.SEEK_END)
    start = max(0, size - 2 * LONGEST_LINE)
    held.seek(start)
    end = held.read().rfind(b"\n") + 1
    if start + end < size:
        held.truncate(start + end)


def _texts(file: Path) -> Iterator[bytes]:
    if file.exists():
        with file.open("rb") as lines:
            yield from (text for text in lines if text.endswith(b"\n"))


def _last_text(held: IO[bytes]) -> bytes | None:
    """Return the last whole line; a half one was being written when the machine stopped."""
    size = held.seek(0, os.SEEK_END)
    held.seek(max(0, size - 2 * LONGEST_LINE))
    whole = [line for line in held.read().splitlines(keepends=True) if line.endswith(b"\n")]
    return whole[-1] if whole else None


def _line(text: bytes, before: str, keys: TrailKeys) -> Line | None:
    parsed = _parsed(text)
    if parsed is None:
        return None
    checkpoint, said = parsed
    signature = _signature(said)
    signed = keys.is_signed(int(said["key"]), checkpoint.statement(before), signature)
    return Line(checkpoint, is_ours=signed and said["before"] == before)


def _parsed(text: bytes) -> tuple[Checkpoint, dict[str, Any]] | None:
    """Return what a line says; nothing when it has another form."""
    try:
        said = json.loads(text)
        checkpoint = Checkpoint(**{name: said[name] for name in Checkpoint.__slots__})
        _signature(said), said["before"], int(said["key"]), checkpoint.seq + checkpoint.records
    except (ValueError, KeyError, TypeError):
        return None
    return checkpoint, said


def _signature(said: dict[str, Any]) -> bytes:
    return bytes.fromhex(said["signature"])
