"""The vault: seals and opens values at their place, with the data keys of one unit of work."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar
from uuid import UUID

from caseapp.kernel import crypto, values
from caseapp.kernel.crypto import DataKey, Domain, Envelope, Fault, Unreadable, length_prefixed
from caseapp.kernel.keys import Keyring
from caseapp.kernel.keystore import DekRow, Keystore, NotPrimaryError, SubjectKind
from caseapp.kernel.trail_keys import TrailKeys

T = TypeVar("T")

FORMAT: Final = b"case/v1"
PARTS: Final = 6
OF_A_CHILD: Final = (Domain.DOSSIER,)
"""The domains in which a child has a key from the first day; those for health and safety come when needed."""

LATER: Final = {Domain.HEALTH: Domain.DOSSIER, Domain.SAFETY: Domain.DOSSIER}
"""Domains whose key is made with the first value: only for who has a key in the other domain (ADR 0025)."""

FIRST_GENERATION: Final = 1


class Place(NamedTuple):
    """Where a sealed value stands; all of it never changes, so that a move re-seals nothing."""

    domain: Domain
    table: str
    column: str
    subject_id: UUID
    row_id: UUID

    def aad(self) -> bytes:
        """Return the bytes that bind a seal to this place."""
        head = _head(self.domain, self.table, self.column)
        return b"%b\0\0\0\x10%b\0\0\0\x10%b" % (head, self.subject_id.bytes, self.row_id.bytes)

    @property
    def reference(self) -> str:
        """Return the short name that page, log and audit share."""
        return crypto.reference(self.aad())


@lru_cache(maxsize=1000)
def _head(domain: Domain, table: str, column: str) -> bytes:
    """Return the part that all places of a column share."""
    return PARTS.to_bytes(4) + length_prefixed(FORMAT, domain, table, column)[4:]


class Failure(NamedTuple):
    """A value that did not open in this unit of work; the trail records it."""

    place: Place
    code: Fault
    reference: str


class Vault(crypto.Secret):
    """Seals and opens for one unit of work, in one thread; counts what it does, for budgets."""

    __slots__ = ("_keyring", "_keys", "failures", "lookups", "opened", "sealed")

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._keys: dict[Domain, dict[UUID, dict[int, DekRow | DataKey]]] = {d: {} for d in Domain}
        self.failures: list[Failure] = []
        self.sealed = 0
        self.opened = 0
        self.lookups = 0

    def seal(self, place: Place, value: object, kind: type | None = None) -> Envelope:
        """Seal a value to its place under the newest data key of the subject.

        Raises NotSealableError for a value of another kind, Unreadable when there is no key.
        """
        plaintext = values.encode(type(value) if kind is None else kind, value)
        aad = place.aad()
        generations = self._generations(place) or self._made_late(place)
        if not generations:
            raise Unreadable(Fault.NO_KEY, crypto.reference(aad))
        self.sealed += 1
        key = self._key(place, self._young(place, max(generations)), aad)
        return crypto.seal(key, aad, plaintext)

    def open(self, place: Place, envelope: bytes, kind: type[T]) -> T:
        """Return the value at a place; raises Unreadable, and notes the failure."""
        aad = place.aad()
        self.opened += 1
        try:
            key = self._key(place, crypto.generation_of(envelope, aad), aad)
            plaintext = crypto.unseal(key, aad, envelope)
            return values.decode(kind, plaintext)
        except values.NotThisKindError:
            fault = Unreadable(Fault.KIND, crypto.reference(aad))
        except Unreadable as met:
            fault = met
        self.failures.append(Failure(place, fault.code, fault.reference))
        raise fault from None

    def prefetch(self, domain: Domain, subject_ids: Iterable[UUID]) -> None:
        """Fetch the data keys of many subjects in one statement; known ones are not asked again."""
        known = self._keys[domain]
        wanted = {subject_id for subject_id in subject_ids if subject_id not in known}
        if not wanted:
            return
        self.lookups += 1
        rows = self._keyring.keystore.data_keys(domain, wanted)
        known.update({subject_id: {} for subject_id in wanted})
        for row in rows:
            known[row.subject_id][row.generation] = row

    def knows(self, domain: Domain, subject_id: UUID) -> bool:
        """Say whether the data keys of a subject were fetched, be there any or not."""
        return subject_id in self._keys[domain]

    def make_keys(
        self,
        subject_ids: Collection[UUID],
        subject_kind: str = SubjectKind.CHILD,
        domains: Collection[Domain] = OF_A_CHILD,
    ) -> None:
        """Make the data keys of new subjects and commit them, before any row of theirs is written.

        A subject that has keys keeps them. Raises Unreadable when this process lacks a domain.
        """
        for domain in domains:
            secrets = {one: crypto.random_key() for one in subject_ids}
            self._keep(domain, SubjectKind(subject_kind), FIRST_GENERATION, secrets)

    def _keep(
        self, domain: Domain, kind: SubjectKind, generation: int, secrets: Mapping[UUID, bytes]
    ) -> None:
        """Wrap new data keys with the primary key and commit them; once more when another became primary."""
        for anew in (False, True, True):
            kek = self._keyring.primary(domain, anew=anew)
            if kek is None:
                raise Unreadable(Fault.NO_KEY, domain.value)
            rows = [
                DekRow(domain, one, generation, kek.version, kek.wrap(one, secret))
                for one, secret in secrets.items()
            ]
            with suppress(NotPrimaryError):
                self._keyring.keystore.add_data_keys(kind, rows)
                break
        else:
            raise Unreadable(Fault.NO_KEY, domain.value)
        self.release(domain, secrets)
        self.prefetch(domain, secrets)

    def destroy_keys(self, subject_ids: Collection[UUID]) -> int:
        """Destroy the data keys of subjects for good, and return how many there were: what they sealed is gone.

        Their rows go first, and are committed: a key without a row does no harm, a row without its key does.
        """
        for keys in self._keys.values():
            for subject_id in subject_ids:
                keys.pop(subject_id, None)
        return self._keyring.keystore.remove_data_keys(subject_ids)

    def index(self, name: str, *parts: bytes | str) -> bytes:
        """Return the keyed hash of parts: in this index equal parts can be found, and no more."""
        return crypto.keyed_hash(self._keyring.index_key(name), length_prefixed(*parts))

    @property
    def keystore(self) -> Keystore:
        """Return where the data keys stand, for who counts, erases or compares them."""
        return self._keyring.keystore

    @property
    def trail(self) -> TrailKeys:
        """Return what ties and signs the trail."""
        return TrailKeys(self._keyring)

    def forget(self) -> None:
        """Let go of all data keys, at the end of the unit of work."""
        for keys in self._keys.values():
            keys.clear()

    def release(self, domain: Domain, subject_ids: Iterable[UUID]) -> None:
        """Let go of the keys of subjects that were read among very many; a later look fetches them anew."""
        keys = self._keys[domain]
        for subject_id in subject_ids:
            keys.pop(subject_id, None)

    def _generations(self, place: Place) -> dict[int, DekRow | DataKey]:
        known = self._keys[place.domain]
        found = known.get(place.subject_id)
        if found is None:
            self.prefetch(place.domain, (place.subject_id,))
            found = known[place.subject_id]
        return found

    def _young(self, place: Place, generation: int) -> int:
        """Return the generation to seal with: the next one when this process used it as often as it may.

        Two processes that come here at once make one next generation: the second keeps the first's.
        """
        used = self._keyring.count_seal(place.domain, place.subject_id, generation)
        if used <= crypto.SEALS_AT_MOST:
            return generation
        kind = self._keyring.keystore.kind_of(place.domain, place.subject_id)
        self._keep(place.domain, kind, generation + 1, {place.subject_id: crypto.random_key()})
        return self._young(place, max(self._generations(place)))

    def _made_late(self, place: Place) -> dict[int, DekRow | DataKey]:
        """Make the key that a subject lacks so far; none for a subject that has no keys, as after erasure."""
        first = LATER.get(place.domain)
        if first is None or not self._generations(place._replace(domain=first)):
            return {}
        self.make_keys((place.subject_id,), domains=(place.domain,))
        return self._generations(place)

    def _key(self, place: Place, generation: int, aad: bytes) -> DataKey:
        """Return the one key that this envelope names: keys are never tried in turn."""
        generations = self._generations(place)
        key = generations.get(generation)
        if isinstance(key, DataKey):
            return key
        if key is None:
            code = Fault.GENERATION if generations else Fault.NO_KEY
            raise Unreadable(code, crypto.reference(aad))
        try:
            ready = self._unwrapped(place, key)
        except Unreadable as fault:
            raise Unreadable(fault.code, crypto.reference(aad)) from None
        generations[generation] = ready
        return ready

    def _unwrapped(self, place: Place, row: DekRow) -> DataKey:
        """Unwrap a data key; one whose key is gone was wrapped anew since we fetched it, or is lost."""
        kek = self._keyring.kek(place.domain, row.kek_version)
        if kek is None:
            now = self._keyring.keystore.data_keys(place.domain, (place.subject_id,))
            moved = [one for one in now if one.generation == row.generation]
            if not moved or moved[0].kek_version == row.kek_version:
                raise Unreadable(Fault.NO_KEY, place.reference)
            return self._unwrapped(place, moved[0])
        return kek.unwrap(place.subject_id, row.wrapped, row.generation)
