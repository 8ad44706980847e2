"""The keyring: the keys of the domains, opened once when a process starts, or refused."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Final, Self

from sqlalchemy.exc import SQLAlchemyError

from caseapp.kernel.crypto import (
    Domain,
    Kek,
    Secret,
    check_value,
    derived,
    length_prefixed,
    random_key,
    same,
)
from caseapp.kernel.keystore import VERSION, KekRow, Keystore, State
from caseapp.kernel.providers import EnvRoot, FileRoot, KeyRefusal, LocalRoot, RootKey

__all__ = ["EnvRoot", "FileRoot", "KeyRefusal", "Keyring", "RootKey", "Slot", "establish"]

EVERY_DOMAIN: Final = frozenset(Domain)


class Slot(StrEnum):
    """Keys in the register that are no key of a domain: a stolen data key gives none of them."""

    INDEX = "index"
    AUDIT_MAC = "audit_mac"  # of the chain that ties each record of the trail to the one before
    AUDIT_SIGN = "audit_sign"  # Ed25519, of its checkpoints; the database never sees either


OF_THE_TRAIL: Final = (Slot.AUDIT_MAC, Slot.AUDIT_SIGN)


class Keyring(Secret):
    """The keys of some domains, for the life of a process; shared by its threads."""

    __slots__ = (
        "_index_keys", "_index_root", "_keks", "_lock", "_primary", "_root", "_slots", "keystore",
    )  # fmt: skip

    def __init__(self, root: RootKey, keystore: Keystore) -> None:
        self.keystore = keystore
        self._root = root
        self._keks: dict[tuple[Domain, int], Kek] = {}
        self._primary: dict[Domain, Kek] = {}
        self._index_root = b""
        self._index_keys: dict[str, bytes] = {}
        self._slots: dict[Slot, tuple[int, dict[int, bytes]]] = {}
        self._lock = Lock()

    @classmethod
    def open(
        cls,
        root: RootKey,
        keystore: Keystore,
        *,
        domains: Collection[Domain] = EVERY_DOMAIN,
        tree: Path | None = None,
    ) -> Self:
        """Open the keys of these domains and the index; other domains stay closed to this process.

        `tree` is the source tree: a root key that stands in it is refused. Raises KeyRefusal, and
        writes nothing, when a key is missing, is not that of the register, or was published.
        """
        if tree is not None:
            refuse_published(root, tree)
        ring = cls(root, keystore)
        rows = _registered(keystore)
        for domain in sorted(domains):
            ring._take(domain, rows)
        ring._index_root = _opened(root, _primary_of(Slot.INDEX, rows, keystore))
        for slot in OF_THE_TRAIL:
            ring._take_slot(slot, rows)
        return ring

    @property
    def domains(self) -> frozenset[Domain]:
        """Return the domains that this process can open."""
        return frozenset(self._primary)

    def kek(self, domain: Domain, version: int) -> Kek | None:
        """Return a key of a domain; looks again in the register for one that is new there."""
        found = self._keks.get((domain, version))
        if found is None and domain in self._primary:
            with self._lock, suppress(KeyRefusal):  # one that does not open is none
                self._take(domain, self.keystore.keks())
            found = self._keks.get((domain, version))
        return found

    def primary(self, domain: Domain) -> Kek | None:
        """Return the key that wraps new data keys of a domain; None when this process has none."""
        return self._primary.get(domain)

    def index_key(self, name: str) -> bytes:
        """Return the key of one index; each has its own, so that two indexes cannot be joined."""
        key = self._index_keys.get(name)
        if key is None:
            key = derived(self._index_root, length_prefixed("case/bidx", name))
            self._index_keys[name] = key
        return key

    def of_slot(self, slot: Slot, version: int | None = None) -> tuple[int, bytes]:
        """Return version and bytes of a key of the trail: the newest one, or the one that is asked for.

        Raises KeyRefusal when there is no such key, or no more.
        """
        primary, known = self._slots[slot]
        number = primary if version is None else version
        if number not in known:
            with self._lock:
                self._take_slot(slot, self.keystore.keks())
            known = self._slots[slot][1]
        if number not in known:
            raise KeyRefusal(f"the keystore {self.keystore.place} has no key {slot} {number}")
        return number, known[number]

    def _take_slot(self, slot: Slot, rows: Iterable[KekRow]) -> None:
        """Open every version of a key of the trail that is not destroyed: old records keep theirs."""
        mine = [row for row in rows if row.domain == slot]
        primary = _primary_of(slot, mine, self.keystore)
        opened = {row.version: _opened(self._root, row) for row in mine if row.wrapped is not None}
        self._slots[slot] = primary.version, opened

    def _take(self, domain: Domain, rows: Iterable[KekRow]) -> None:
        """Open every version of a domain that is not destroyed."""
        mine = [row for row in rows if row.domain == domain]
        primary = _primary_of(domain, mine, self.keystore)
        for row in mine:
            if row.wrapped is not None and (domain, row.version) not in self._keks:
                self._keks[domain, row.version] = Kek(_opened(self._root, row), domain, row.version)
        self._primary[domain] = self._keks[domain, primary.version]


def establish(
    root: RootKey, keystore: Keystore, *, sealed_rows: bool, chained: bool = False
) -> list[str]:
    """Make the keystore and the keys it lacks, and return their names; safe to repeat.

    `sealed_rows` says whether the main database holds sealed values, `chained` whether its trail is
    a chain already. Raises KeyRefusal when keys are missing that something was made with: they come
    from a backup, and are never made anew.
    """
    root.health()
    rows = _registered(keystore, may_lack=True)
    known = {row.domain for row in rows}
    missing = sorted({*Domain, *Slot} - known)
    _refuse_anew(missing, known, keystore, sealed_rows=sealed_rows)
    if chained and not known.issuperset(OF_THE_TRAIL):
        raise KeyRefusal(f"the keystore {keystore.place} lost the keys of the trail: restore it")
    for row in rows:
        if row.wrapped is not None:
            _opened(root, row)
    keystore.create()
    keystore.add_keks([_new(root, name) for name in missing])
    Keyring.open(root, keystore)
    return [f"{name} 1" for name in missing]


def _refuse_anew(
    missing: Collection[str], known: Collection[str], keystore: Keystore, *, sealed_rows: bool
) -> None:
    """Raise KeyRefusal when a missing key cannot be a new one, because it was in use."""
    if sealed_rows and not known:
        raise KeyRefusal(
            f"sealed values exist, but the keystore {keystore.place} is empty: restore its backup"
        )
    used = {count.domain for count in keystore.count()} if known else set()
    lost = used.intersection(missing) | ({Slot.INDEX} if known else set()).intersection(missing)
    if lost:
        names = ", ".join(sorted(lost))
        raise KeyRefusal(f"the keystore {keystore.place} lost its keys for {names}: restore it")


def refuse_published(root: RootKey, tree: Path) -> None:
    """Raise KeyRefusal when the root key stands in a file of the source tree: others have it."""
    found = root.published_in(tree) if isinstance(root, LocalRoot) else None
    if found is not None:
        raise KeyRefusal(
            f"root key {root.key_id} ({root.name}) is published in {found}: make a new one"
        )


def _registered(keystore: Keystore, *, may_lack: bool = False) -> list[KekRow]:
    """Read the register; raises KeyRefusal when it is absent, newer than we are or unreadable."""
    try:
        there = keystore.exists()
        version = keystore.layout_version() if there else 0
        rows = keystore.keks() if version == VERSION else []
    except SQLAlchemyError as error:
        kind = type(error).__name__
        raise KeyRefusal(f"the keystore {keystore.place} cannot be read ({kind})") from None
    if version > VERSION:
        raise KeyRefusal(f"the keystore {keystore.place} is of a newer version ({version})")
    if not rows and not may_lack:
        lack = "has no keys" if there else "does not exist"
        raise KeyRefusal(f"the keystore {keystore.place} {lack}")
    return rows


def _primary_of(name: str, rows: Iterable[KekRow], keystore: Keystore) -> KekRow:
    for row in rows:
        if row.domain == name and row.state is State.PRIMARY:
            return row
    raise KeyRefusal(f"the keystore {keystore.place} has no primary key for {name}")


def _opened(root: RootKey, row: KekRow) -> bytes:
    """Unwrap a key and hold it against its check value; raises KeyRefusal."""
    name = f"key {row.domain} {row.version}"
    provider = f"root key {root.key_id} ({root.name})"
    if row.wrapped is None:
        raise KeyRefusal(f"{name} was destroyed")
    try:
        secret = root.unwrap(row.wrapped, _context(row.domain, row.version))
    except KeyRefusal:
        raise KeyRefusal(
            f"{name} does not open with {provider}; it was made with root key {row.root_id}"
        ) from None
    if not same(check_value(secret), row.kcv):
        raise KeyRefusal(f"{name}, opened with {provider}, is not the key of the register")
    return secret


def _new(root: RootKey, name: str) -> KekRow:
    secret = random_key()
    wrapped = root.wrap(secret, _context(name, 1))
    return KekRow(name, 1, wrapped, check_value(secret), State.PRIMARY, root.key_id)


def _context(name: str, version: int) -> bytes:
    return length_prefixed("case/kek", name, version.to_bytes(4))
