"""The keyring: the keys of the domains, opened once when a process starts, or refused."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple, Self
from uuid import UUID

from caseapp.kernel.crypto import Domain, Kek, Secret, derived, length_prefixed
from caseapp.kernel.key_register import (
    OF_THE_TRAIL,
    Slot,
    new_key,
    opened_all,
    primary_of,
    refuse_published,
    registered,
)
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.providers import EnvRoot, FileRoot, KeyRefusal, KeysAwayError, RootKey

__all__ = [
    "EVERY_DOMAIN",
    "OF_THE_TRAIL",
    "EnvRoot",
    "FileRoot",
    "KeyRefusal",
    "Keyring",
    "KeysAwayError",
    "Lasting",
    "RootKey",
    "Slot",
    "establish",
    "opened_all",
    "refuse_published",
]

log = logging.getLogger("caseapp.keys")

EVERY_DOMAIN: Final = frozenset(Domain)


class Lasting(NamedTuple):
    """How long a process goes by keys that it opened, in seconds."""

    renew: float = 300
    """After so long it reads the register again, and asks the provider for the keys in it."""
    retry: float = 15
    """After so long it tries again when the provider did not answer."""
    ttl: float = 900
    """After so long without an answer it opens nothing any more."""


class Opened(NamedTuple):
    """The keys of one reading of the register: it is replaced as a whole, and never changed."""

    keks: Mapping[tuple[Domain, int], Kek]
    primary: Mapping[Domain, Kek]
    slots: Mapping[Slot, Mapping[int, bytes]]
    newest: Mapping[Slot, int]
    index_keys: dict[str, bytes]


class Keyring(Secret):
    """The keys of some domains, for the life of a process; shared by its threads."""

    __slots__ = ("_domains", "_lasting", "_lock", "_opened", "_root", "_seals", "_since", "_ticks",
                 "_tried", "keystore")  # fmt: skip

    def __init__(
        self,
        root: RootKey,
        keystore: Keystore,
        domains: Collection[Domain],
        lasting: Lasting,
        ticks: Callable[[], float],
    ) -> None:
        self.keystore = keystore
        self._root = root
        self._domains = frozenset(domains)
        self._lasting = lasting
        self._ticks = ticks
        self._lock = Lock()
        self._seals: Counter[tuple[Domain, UUID, int]] = Counter()
        self.renew()

    @classmethod
    def open(
        cls,
        root: RootKey,
        keystore: Keystore,
        *,
        domains: Collection[Domain] = EVERY_DOMAIN,
        tree: Path | None = None,
        lasting: Lasting = Lasting(),  # noqa: B008 - it cannot be changed
        ticks: Callable[[], float] = time.monotonic,
    ) -> Self:
        """Open the keys of these domains and the index; other domains stay closed to this process.

        `tree` is the source tree: a root key that stands in it is refused. Raises KeyRefusal, and
        writes nothing, when a key is missing, is not that of the register, or was published.
        """
        if tree is not None:
            refuse_published(root, tree)
        return cls(root, keystore, domains, lasting, ticks)

    @property
    def domains(self) -> frozenset[Domain]:
        """Return the domains that this process can open."""
        return self._domains

    def renew(self) -> None:
        """Read the register again and open all that is in it: what is new comes, what is destroyed goes.

        Raises KeyRefusal when a key does not open, KeysAwayError when nobody answers; what was opened
        before then stays as it is.
        """
        self._tried = self._ticks()
        self._root = self._root.renewed()
        self._opened = _read(self._root, self.keystore, {*self._domains, *Slot})
        self._since = self._tried

    def kek(self, domain: Domain, version: int) -> Kek | None:
        """Return a key of a domain; looks again in the register for one that is new there."""
        found = self._now().keks.get((domain, version))
        if found is None and domain in self._domains:
            with self._lock, suppress(KeyRefusal):  # one that does not open is none
                self._look_for(domain, version)
            found = self._opened.keks.get((domain, version))
        return found

    def _look_for(self, domain: Domain, version: int) -> None:
        """Renew the keys when the register has this one by now: damage alone asks the provider nothing."""
        there = [row for row in self.keystore.keks() if row.wrapped is not None]
        if any((row.domain, row.version) == (domain, version) for row in there):
            self.renew()

    def primary(self, domain: Domain, *, anew: bool = False) -> Kek | None:
        """Return the key that wraps new data keys of a domain; None when this process has none.

        `anew` reads the register first: another process may have made another key primary.
        """
        if anew:
            with self._lock:
                self.renew()
        return self._now().primary.get(domain)

    def index_key(self, name: str) -> bytes:
        """Return the key of one index; each has its own, so that two indexes cannot be joined."""
        opened = self._now()
        key = opened.index_keys.get(name)
        if key is None:
            secret = opened.slots[Slot.INDEX][opened.newest[Slot.INDEX]]
            key = opened.index_keys[name] = derived(secret, length_prefixed("case/bidx", name))
        return key

    def of_slot(self, slot: Slot, version: int | None = None) -> tuple[int, bytes]:
        """Return version and bytes of a key of the trail: the newest one, or the one that is asked for.

        Raises KeyRefusal when there is no such key, or no more.
        """
        opened = self._now()
        if version is not None and version not in opened.slots[slot]:
            with self._lock:
                self.renew()
            opened = self._opened
        number = opened.newest[slot] if version is None else version
        if number not in opened.slots[slot]:
            raise KeyRefusal(f"the keystore {self.keystore.place} has no key {slot} {number}")
        return number, opened.slots[slot][number]

    def count_seal(self, domain: Domain, subject_id: UUID, generation: int) -> int:
        """Count one more seal under a data key, and return how many this process made with it."""
        self._seals[domain, subject_id, generation] += 1
        return self._seals[domain, subject_id, generation]

    def _now(self) -> Opened:
        """Return the keys, renewed when it is time; raises KeysAwayError when they are too old.

        One thread renews while others go on with what there is.
        """
        now, lasting = self._ticks(), self._lasting
        if now - self._since < lasting.renew:
            return self._opened
        if now - self._tried >= lasting.retry and self._lock.acquire(blocking=False):
            try:
                self.renew()
            except KeyRefusal as refusal:
                log.error("keys could not be renewed: %s", refusal)  # noqa: TRY400 - a sentence
            finally:
                self._lock.release()
        if self._ticks() - self._since >= lasting.ttl:
            raise KeysAwayError(f"the keys of {self._root.name} could not be renewed for too long")
        return self._opened


def _read(root: RootKey, keystore: Keystore, names: Collection[Domain | Slot]) -> Opened:
    """Open every key of these names that is not destroyed."""
    rows = [row for row in registered(keystore) if row.domain in names]
    newest = {name: primary_of(name, rows, keystore).version for name in sorted(names)}
    slots: dict[Slot, dict[int, bytes]] = {slot: {} for slot in Slot}
    keks = {}
    for row, secret in opened_all(root, rows):
        if row.domain in slots:
            slots[Slot(row.domain)][row.version] = secret
        else:
            domain = Domain(row.domain)
            keks[domain, row.version] = Kek(secret, domain, row.version)
    return Opened(
        keks=keks,
        primary={
            Domain(name): keks[Domain(name), newest[name]] for name in names if name not in slots
        },
        slots=slots,
        newest={slot: newest[slot] for slot in Slot},
        index_keys={},
    )


def establish(
    root: RootKey, keystore: Keystore, *, sealed_rows: bool, chained: bool = False
) -> list[str]:
    """Make the keystore and the keys it lacks, and return their names; safe to repeat.

    `sealed_rows` says whether the main database holds sealed values, `chained` whether its trail is
    a chain already. Raises KeyRefusal when keys are missing that something was made with: they come
    from a backup, and are never made anew.
    """
    root.health()
    rows = registered(keystore, may_lack=True)
    known = {row.domain for row in rows}
    missing = sorted({*Domain, *Slot} - known)
    _refuse_anew(missing, known, keystore, sealed_rows=sealed_rows)
    if chained and not known.issuperset(OF_THE_TRAIL):
        raise KeyRefusal(f"the keystore {keystore.place} lost the keys of the trail: restore it")
    opened_all(root, rows)
    keystore.create()
    keystore.add_keks([new_key(root, name) for name in missing])
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
