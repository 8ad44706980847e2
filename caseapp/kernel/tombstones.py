"""Tombstones: who was erased for good, as the keystore and a journal beside both databases know it.

A backup is older than what was erased after it. So that a restored copy brings nobody back, each erasure
stands in three places: the main database, the keystore, and a journal - a file of its own, signed line by
line, that is kept with neither. What one of them lacks is replayed before the application starts.
"""

import fcntl
import json
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from caseapp.kernel.chain import statement
from caseapp.kernel.db import private_files
from caseapp.kernel.key_tables import applied, dek
from caseapp.kernel.keys import KeyRefusal
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.trail_keys import TrailKeys
from caseapp.kernel.work import Work

KIND: Final = "tombstone"


class TombstoneError(KeyRefusal):
    """Tombstones that do not agree, or a line in the journal that is not ours: nothing may start."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A child that was erased, with the lists whose keys went along."""

    seq: int
    child_id: UUID
    at: datetime
    subjects: tuple[UUID, ...] = ()
    keys_digest: bytes | None = None

    def statement(self) -> bytes:
        """Return the bytes that are signed in the journal."""
        return statement(KIND, **self.values())

    def values(self) -> dict[str, Any]:
        """Return the values as JSON holds them."""
        return {
            "seq": self.seq,
            "child": self.child_id.hex,
            "at": self.at.isoformat(),
            "subjects": [one.hex for one in self.subjects],
            "keys": self.keys_digest.hex() if self.keys_digest else "",
        }


class Journal:
    """The file of tombstones: lines are added, and none is ever changed."""

    def __init__(self, file: Path, trail: TrailKeys) -> None:
        self.file = file
        self._trail = trail

    def read(self) -> list[Tombstone]:
        """Return the tombstones in order; one that a kill broke off is left out, it will be added again.

        Raises TombstoneError for a line that we did not sign, and for a number that is missing.
        """
        if not self.file.exists():
            return []
        lines = self.file.read_bytes().split(b"\n")[:-1]
        found = [self._checked(number, line) for number, line in enumerate(lines, 1)]
        for before, after in pairwise(found):
            if after.seq != before.seq + 1:
                raise TombstoneError(f"{self.file}: tombstone {before.seq + 1} is missing")
        return found

    def add(self, stone: Tombstone) -> None:
        """Write a tombstone on the disk; one that stands there already is not written twice."""
        version, signature = self._trail.sign(stone.statement())
        line = json.dumps(stone.values() | {"key": version, "signature": signature.hex()})
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with private_files(), self.file.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            content = file.read()
            whole = content.rfind(b"\n") + 1
            if stone.seq in {one.seq for one in self.read()}:
                return
            file.truncate(whole)
            file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def _checked(self, number: int, line: bytes) -> Tombstone:
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            said = json.loads(line)
            stone = Tombstone(
                seq=int(said["seq"]),
                child_id=UUID(said["child"]),
                at=datetime.fromisoformat(said["at"]),
                subjects=tuple(UUID(one) for one in said["subjects"]),
                keys_digest=bytes.fromhex(said["keys"]) or None,
            )
            signature = bytes.fromhex(said["signature"])
            if self._trail.is_signed(int(said["key"]), stone.statement(), signature):
                return stone
        raise TombstoneError(f"{self.file}: line {number} is not a tombstone of ours")


def also(work: Work, subject_ids: Iterable[UUID]) -> None:
    """Let the keys of other subjects, such as lists, go with the child that is being erased."""
    going_too(work).update(subject_ids)


def going_too(work: Work) -> set[UUID]:
    """Return the other subjects whose keys go with the child that is being erased."""
    found: set[UUID] = work.once(also, set)
    return found


def keys_digest(keystore: Keystore, subject_ids: Collection[UUID]) -> bytes | None:
    """Return the SHA-256 over the wrapped keys of subjects, in order; nothing when there are none."""
    keys = select(dek.c.wrapped).where(dek.c.subject_id.in_(subject_ids))
    ordered = keys.order_by(dek.c.subject_id, dek.c.domain, dek.c.generation)
    with keystore.reading() as connection:
        wrapped = [bytes(key) for key in connection.scalars(ordered)]
    return (
        sha256(b"".join(len(key).to_bytes(4) + key for key in wrapped)).digest()
        if wrapped
        else None
    )


def known(keystore: Keystore) -> list[Tombstone]:
    """Return the tombstones that reached this keystore; it does not know of lists."""
    columns = (applied.c.seq, applied.c.subject_id, applied.c.made_at)
    with keystore.reading() as connection:
        rows = connection.execute(select(*columns).order_by(applied.c.seq)).all()
    return [Tombstone(row[0], row[1], _aware(row[2])) for row in rows]


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def erased_among(keystore: Keystore, subject_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these children were erased: none of them comes back under its old key."""
    if not subject_ids:
        return set()
    with keystore.reading() as connection:
        if not connection.scalar(select(func.count()).select_from(applied)):
            return set()
        return set(connection.scalars(select(applied.c.subject_id))) & set(subject_ids)


def shred(keystore: Keystore, stone: Tombstone) -> int:
    """Destroy all keys of an erased child for good, in one transaction, and return how many there were.

    Safe to repeat. Raises TombstoneError when this number belongs to another child.
    """
    mine = dek.c.subject_id.in_([stone.child_id, *stone.subjects])
    with keystore.writing() as connection:
        there = connection.scalar(select(applied.c.subject_id).where(applied.c.seq == stone.seq))
        if there not in {None, stone.child_id}:
            raise TombstoneError(f"tombstone {stone.seq} names another child in the keystore")
        if there is None:
            connection.execute(insert(applied).values(seq=stone.seq, subject_id=stone.child_id))
        return connection.execute(delete(dek).where(mine)).rowcount


def wipe(keystore: Keystore) -> None:
    """Write the pages of the keystore that hold nothing any more over what they held, its log too."""
    if keystore.file is not None:
        with suppress(SQLAlchemyError), keystore.reading() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a place lacks of the tombstones that the three places know together."""

    everywhere: Mapping[int, Tombstone]
    in_keystore: Sequence[int]
    in_database: Sequence[int]

    def __bool__(self) -> bool:
        """Say whether something has to be replayed."""
        return bool(self.in_keystore or self.in_database)


def compared(
    database: Collection[Tombstone],
    unfinished: Collection[int],
    keystore: Keystore,
    journal: Journal,
) -> Lacking:
    """Compare the three places; an erasure that is still at work in the database lacks nothing.

    Raises TombstoneError when they name different children for a number.
    """
    in_keystore = known(keystore)
    everywhere: dict[int, Tombstone] = {}
    for stone in (*in_keystore, *journal.read(), *database):
        there = everywhere.setdefault(stone.seq, stone)
        if there.child_id != stone.child_id:
            raise TombstoneError(f"tombstone {stone.seq} names two children")
        everywhere[stone.seq] = stone
    reached = {stone.seq for stone in in_keystore} | set(unfinished)
    told = {stone.seq for stone in database}
    return Lacking(
        everywhere, sorted(everywhere.keys() - reached), sorted(everywhere.keys() - told)
    )
