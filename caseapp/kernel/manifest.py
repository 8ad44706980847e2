"""What stands in a backup, with a checksum of every part, signed: a part that is damaged or swapped shows."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec

from caseapp import VERSION
from caseapp.kernel.chain import statement
from caseapp.kernel.copies import CopyError, Taken
from caseapp.kernel.providers import write_new
from caseapp.kernel.table_sums import TableSum
from caseapp.kernel.trail_keys import TrailKeys

FORM: Final = "caseapp-backup-1"
FILE: Final = "manifest.json"
DATABASE: Final = "database.copy"
CHILDREN: Final = "children.txt"
JOURNAL: Final = "tombstones.jsonl"
CHECKPOINTS: Final = "audit-checkpoints.jsonl"


class Part(msgspec.Struct, frozen=True):
    """A file of a backup."""

    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What a backup holds: its files, how many rows of what, and how far trail and tombstones were."""

    made: datetime
    engine: str
    revision: str
    audit_seq: int
    audit_hash: str
    last_tombstone: int
    key_copy: str
    """SHA-256 of the copy of the keystore that was made with it."""
    parts: dict[str, Part]
    tables: dict[str, TableSum]
    form: str = FORM
    version: str = VERSION

    @property
    def children(self) -> int:
        """Return how many children there are in it."""
        return self.tables["child"].rows


class Signed(msgspec.Struct, frozen=True):
    """A manifest as it stands in its file."""

    manifest: Manifest
    key: int
    signature: str


def part_of(file: Path) -> Part:
    """Return size and checksum of a file."""
    with file.open("rb") as stream:
        return Part(file.stat().st_size, file_digest(stream, "sha256").hexdigest())


def described(
    folder: Path, taken: Taken, about: Mapping[str, str], last: int, made: datetime
) -> Manifest:
    """Return the manifest of the files in a folder."""
    names = (DATABASE, CHILDREN, JOURNAL, CHECKPOINTS)
    there = [name for name in names if (folder / name).exists()]
    return Manifest(
        made=made,
        engine=about["engine"],
        revision=taken.revision,
        audit_seq=taken.audit_seq,
        audit_hash=taken.audit_hash,
        last_tombstone=last,
        key_copy=about["key_copy"],
        parts={name: part_of(folder / name) for name in there},
        tables=dict(taken.tables),
    )


def write(folder: Path, manifest: Manifest, trail: TrailKeys) -> None:
    """Write a manifest, signed, once all its parts are there: a folder without one is no backup."""
    key, signature = trail.sign(_said(manifest))
    signed = Signed(manifest, key, signature.hex())
    write_new(folder / FILE, msgspec.json.format(msgspec.json.encode(signed), indent=2))


def read(folder: Path) -> Signed:
    """Return the manifest of a backup, its parts checked; raises CopyError with what is wrong."""
    file = folder / FILE
    if not file.exists():
        raise CopyError(f"{folder} is no backup: it has no {FILE}")
    try:
        signed = msgspec.json.decode(file.read_bytes(), type=Signed)
    except msgspec.DecodeError:
        raise CopyError(f"{file} is damaged") from None
    if signed.manifest.form != FORM:
        raise CopyError(f"{folder} is of a form that this version does not know")
    for name, part in signed.manifest.parts.items():
        if name != Path(name).name or not (folder / name).exists():
            raise CopyError(f"{folder / name} is missing")
        if part_of(folder / name) != part:
            raise CopyError(f"{folder / name} is damaged: its checksum differs")
    return signed


def refuse_unsigned(signed: Signed, trail: TrailKeys) -> None:
    """Raise CopyError when the keys that are there did not sign this backup."""
    signature = bytes.fromhex(signed.signature)
    if not trail.is_signed(signed.key, _said(signed.manifest), signature):
        raise CopyError(
            "these keys did not sign this backup: it was changed, or the keys are others"
        )


def children_of(folder: Path) -> list[UUID]:
    """Return the children in a backup."""
    return [UUID(line) for line in (folder / CHILDREN).read_text("ascii").split()]


def _said(manifest: Manifest) -> bytes:
    return statement("backup", manifest=msgspec.json.encode(manifest, order="sorted").decode())
