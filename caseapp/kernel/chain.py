"""The bytes of a record of the trail, and how each record is tied to the one before it.

A record's bytes are JSON with fixed names, empty ones left out, so that a new column changes no old record.
They are made from what SQLite stores (caseapp.kernel.raw), which is the same text on both databases.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

import msgspec

Tie = Callable[[bytes], bytes]
"""The keyed hash of the trail, HMAC-SHA256 under one version of its key."""

NOTHING_BEFORE: Final = bytes(32)
"""What the first record of a chain names as the hash before it."""

_TWO_PARTS: Final = b"\x00" + (2).to_bytes(4)
_HASH: Final = (32).to_bytes(4)


class Record(msgspec.Struct, omit_defaults=True, gc=False):
    """A record as it is hashed: the columns of audit_event in their order, then what hangs on it."""

    seq: int
    id: str
    at: str
    code: str
    action: str
    outcome: str
    account_id: str | None = None
    actor_name: str | None = None
    role: str | None = None
    on_behalf_of: str | None = None
    session_ref: str | None = None
    child_id: str | None = None
    object: str | None = None
    object_id: str | None = None
    fields: str | None = None
    grant_id: str | None = None
    route: str | None = None
    trace_id: str | None = None
    organisation: str | None = None
    access_point: str | None = None
    data_class: str | None = None
    rule: str | None = None
    emergency_ref: str | None = None
    source: str | None = None
    app_version: str | None = None
    span_id: str | None = None
    key_version: int | None = None
    children: str | None = None
    """SHA-256 over the children of a list, in order; nothing when there are none."""
    rows: str | None = None
    """SHA-256 over the digests of rows that were written."""


COLUMNS: Final = Record.__struct_fields__[:-2]
"""The columns of a record: all but those that hold its bytes and hashes."""

_record: Final[Callable[..., Record]] = Record
_encoded: Final = msgspec.json.Encoder().encode
_decoded: Final = msgspec.json.Decoder(Record).decode


def canonical(plain: Sequence[Any], children: str | None, rows: str | None) -> bytes:
    """Return the bytes of a record: its columns as SQLite stores them, and what hangs on it."""
    return _encoded(_record(*plain, children, rows))


def read(canonical_bytes: bytes) -> Record | None:
    """Return the record that bytes say; nothing when they say none."""
    try:
        return _decoded(canonical_bytes)
    except msgspec.DecodeError:
        return None


def children_digest(child_ids: Iterable[str]) -> str | None:
    """Return what a record says of the children of its list, given as 32 hexadecimal digits each."""
    every = sorted(set(child_ids))
    return sha256("".join(every).encode()).hexdigest() if every else None


def rows_digest(digests: bytes | None) -> str | None:
    """Return what a record says of the rows that were written."""
    return sha256(digests).hexdigest() if digests else None


def message(canonical_bytes: bytes, before: bytes) -> bytes:
    """Return what is hashed: 0x00, then the bytes of the record and the hash before it, with lengths."""
    length = len(canonical_bytes).to_bytes(4)
    return b"%b%b%b%b%b" % (_TWO_PARTS, length, canonical_bytes, _HASH, before)


def statement(what: str, **values: object) -> bytes:
    """Return the bytes of something that is signed: its kind, and its values by name, in order of name."""
    return msgspec.json.encode(
        [what, *sorted((name, str(value)) for name, value in values.items())]
    )


def written_fields(values: Mapping[str, object]) -> str:
    """Return values as the column `fields` of a signed record holds them."""
    return ",".join(f"{name}={value}" for name, value in values.items())


def read_fields(text: str | None) -> dict[str, str]:
    """Return the values of a signed record; what has another form is left out."""
    parts = (part.partition("=") for part in (text or "").split(","))
    return {name: value for name, equals, value in parts if equals}
