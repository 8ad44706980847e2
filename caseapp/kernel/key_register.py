"""The register of keys: which there are, opened with the root key and held against their check values."""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from caseapp.kernel.crypto import check_value, length_prefixed, random_key, same
from caseapp.kernel.keystore import VERSION, KekRow, Keystore, State
from caseapp.kernel.providers import KeyRefusal, LocalRoot, RootKey, Wrapped


class Slot(StrEnum):
    """Keys in the register that are no key of a domain: a stolen data key gives none of them."""

    INDEX = "index"
    AUDIT_MAC = "audit_mac"  # of the chain that ties each record of the trail to the one before
    AUDIT_SIGN = "audit_sign"  # Ed25519, of its checkpoints; the database never sees either


OF_THE_TRAIL: Final = (Slot.AUDIT_MAC, Slot.AUDIT_SIGN)


def refuse_published(root: RootKey, tree: Path) -> None:
    """Raise KeyRefusal when the root key stands in a file of the source tree: others have it."""
    found = root.published_in(tree) if isinstance(root, LocalRoot) else None
    if found is not None:
        raise KeyRefusal(
            f"root key {root.key_id} ({root.name}) is published in {found}: make a new one"
        )


def registered(keystore: Keystore, *, may_lack: bool = False) -> list[KekRow]:
    """Read the register; raises KeyRefusal when it is absent, newer than we are or unreadable."""
    try:
        there = keystore.exists()
        version = keystore.layout_version() if there else 0
        rows = keystore.keks() if 0 < version <= VERSION else []
    except SQLAlchemyError as error:
        kind = type(error).__name__
        raise KeyRefusal(f"the keystore {keystore.place} cannot be read ({kind})") from None
    if version > VERSION:
        raise KeyRefusal(f"the keystore {keystore.place} is of a newer version ({version})")
    if not rows and not may_lack:
        lack = "has no keys" if there else "does not exist"
        raise KeyRefusal(f"the keystore {keystore.place} {lack}")
    return rows


def primary_of(name: str, rows: Iterable[KekRow], keystore: Keystore) -> KekRow:
    """Return the primary key of a name; raises KeyRefusal when there is none."""
    for row in rows:
        if row.domain == name and row.state is State.PRIMARY:
            return row
    raise KeyRefusal(f"the keystore {keystore.place} has no primary key for {name}")


def opened_all(root: RootKey, rows: Iterable[KekRow]) -> list[tuple[KekRow, bytes]]:
    """Unwrap every key that is not destroyed and hold it against its check value; raises KeyRefusal."""
    there = [(row, row.wrapped) for row in rows if row.wrapped is not None]
    wrapped = [Wrapped(blob, context_of(row.domain, row.version)) for row, blob in there]
    return [
        (row, _known(root, row, secret))
        for (row, _), secret in zip(there, root.unwrap_all(wrapped), strict=True)
    ]


def _known(root: RootKey, row: KekRow, secret: bytes | None) -> bytes:
    provider = f"root key {root.key_id} ({root.name})"
    if secret is None:
        raise KeyRefusal(
            f"key {row.name} does not open with {provider}; it was made with root key {row.root_id}"
        )
    if not same(check_value(secret), row.kcv):
        raise KeyRefusal(f"key {row.name}, opened with {provider}, is not the key of the register")
    return secret


def new_key(root: RootKey, name: str, version: int = 1, state: State = State.PRIMARY) -> KekRow:
    """Make a key, wrapped by the root key."""
    secret = random_key()
    wrapped = root.wrap(secret, context_of(name, version))
    return KekRow(name, version, wrapped, check_value(secret), state, root.key_id)


def context_of(name: str, version: int) -> bytes:
    """Return what a wrapped key is bound to."""
    return length_prefixed("case/kek", name, version.to_bytes(4))
