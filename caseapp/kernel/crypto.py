"""Envelopes, data keys and keyed hashes: the only module that imports cryptography.

A nonce is 12 random bytes, so NIST SP 800-38D allows 2**32 seals under one key. The key of a child
sees under 10**5 in its life. Each process counts its own seals and leaves a key after SEALS_AT_MOST of
them: 16 processes that never stop together stay below that bound.
"""

import hashlib
import hmac
import os
from enum import StrEnum
from typing import Final, NoReturn
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
SEALS_AT_MOST: Final = 2**28
FORMAT: Final = 0x01
AES_256_GCM: Final = 0x01
HEAD: Final = bytes((FORMAT, AES_256_GCM))
NONCE_AT: Final = 4
BODY_AT: Final = NONCE_AT + NONCE_BYTES
SHORTEST: Final = BODY_AT + TAG_BYTES
BOUND_PARTS: Final = 4
"""What a data key is bound to: its purpose, domain, version and subject, each with its length."""
SUBJECT_BYTES: Final = 16


class Domain(StrEnum):
    """Whose key opens a value: each domain has its own key, and a process may lack some of them."""

    DOSSIER = "dossier"
    HEALTH = "health"
    SAFETY = "safety"
    ACCOUNT = "account"
    IMPORT = "import"


class Fault(StrEnum):
    """Why a value does not open."""

    TAG = "tag"  # changed, or taken from another place
    ALG = "alg"  # a form or algorithm that this version does not know
    GENERATION = "generation"  # sealed under a data key of this subject that is not there
    SHORT = "short"  # too few bytes to be an envelope
    NO_KEY = "no_key"  # the subject has no data key, or this process has no key of the domain
    KIND = "kind"  # it opened, but holds something else than was asked for


class Unreadable(Exception):  # noqa: N818 - also a value: what a page shows in place of the field
    """A sealed value that does not open: shown as such, never as empty, and never saved over."""

    def __init__(self, code: Fault, reference: str) -> None:
        super().__init__(f"{code.value}, ref {reference}")
        self.code = code
        self.reference = reference


class Envelope(bytes):
    """A sealed value: 0x01, algorithm, generation (2), nonce (12), ciphertext and tag (16)."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Show the size only."""
        return f"<Envelope of {len(self)} bytes>"

    __str__ = __repr__


def length_prefixed(*parts: bytes | str) -> bytes:
    """Join parts so that no two lists of parts give the same bytes."""
    raw = [part.encode() if isinstance(part, str) else part for part in parts]
    return len(raw).to_bytes(4) + b"".join(len(part).to_bytes(4) + part for part in raw)


def reference(aad: bytes) -> str:
    """Return the short name of a place, which page, log and audit share."""
    return hashlib.sha256(aad).hexdigest()[:8]


def digest(content: bytes) -> bytes:
    """Return the 32 bytes of SHA-256: they tell damage, and keep nothing secret."""
    return hashlib.sha256(content).digest()


def extracted(secret: bytes) -> bytes:
    """Return what HKDF-SHA256 without a salt keeps of a secret (RFC 5869, 2.2), to expand many times."""
    return keyed_hash(bytes(KEY_BYTES), secret)


def expanded(extract: bytes, info: bytes) -> bytes:
    """Return the 32-byte key for one purpose: one block is all of HKDF-SHA256's output (RFC 5869, 2.3)."""
    return keyed_hash(extract, info + b"\x01")


def derived(secret: bytes, info: bytes) -> bytes:
    """Return the 32-byte key for one purpose (HKDF-SHA256, no salt)."""
    return expanded(extracted(secret), info)


def keyed_hash(key: bytes, message: bytes) -> bytes:
    """Return the 32 bytes of HMAC-SHA256."""
    return hmac.digest(key, message, "sha256")


def signed(secret: bytes, message: bytes) -> bytes:
    """Return the 64 bytes of an Ed25519 signature (RFC 8032); the secret is 32 random bytes."""
    return Ed25519PrivateKey.from_private_bytes(secret).sign(message)


def public_key(secret: bytes) -> bytes:
    """Return the 32 bytes with which everybody can check what was signed with a secret."""
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether a signature was made with the secret of this public key, over this message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def check_value(key: bytes) -> bytes:
    """Return what a register keeps to know a key again without holding it."""
    return keyed_hash(key, b"kcv")


def same(one: bytes, other: bytes) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(one, other)


def random_key() -> bytes:
    """Return a new 32-byte key."""
    return os.urandom(KEY_BYTES)


class Secret:
    """Something that holds a key: it shows no content and refuses to be copied or written."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Show the class only."""
        return f"<{type(self).__name__}>"

    def __reduce__(self) -> NoReturn:
        """Refuse pickle and copy: keys stay in this process."""
        raise TypeError(f"a {type(self).__name__} is never written or copied")


class DataKey(Secret):
    """The key of one subject in one domain, ready for use."""

    __slots__ = ("cipher", "head")

    def __init__(self, secret: bytes, generation: int) -> None:
        self.cipher = AESGCM(secret)
        self.head = HEAD + generation.to_bytes(2)


class Kek(Secret):
    """A key that wraps the data keys of a domain; one version of it."""

    __slots__ = ("_extract", "_head", "domain", "version")

    def __init__(self, secret: bytes, domain: Domain, version: int) -> None:
        self._extract = extracted(secret)
        self.domain = domain
        self.version = version
        parts = length_prefixed("case/dek", domain, version.to_bytes(4))
        self._head = BOUND_PARTS.to_bytes(4) + parts[4:] + SUBJECT_BYTES.to_bytes(4)

    def wrap(self, subject_id: UUID, data_key: bytes) -> bytes:
        """Wrap a data key so that it opens for this subject, domain and version only."""
        binding = self._head + subject_id.bytes
        return lock(expanded(self._extract, binding), binding, data_key)

    def unwrap(self, subject_id: UUID, wrapped: bytes, generation: int) -> DataKey:
        """Return the data key; raises Unreadable when it was changed or belongs to another."""
        binding = self._head + subject_id.bytes
        return DataKey(unlock(expanded(self._extract, binding), binding, wrapped), generation)

    def hand_over(self, subject_id: UUID, wrapped: bytes, to: "Kek") -> bytes:
        """Return a data key as another key wraps it; raises Unreadable when it was changed."""
        binding = self._head + subject_id.bytes
        return to.wrap(subject_id, unlock(expanded(self._extract, binding), binding, wrapped))


def lock(key: bytes, aad: bytes, secret: bytes) -> bytes:
    """Encrypt a key under a key: nonce, ciphertext and tag."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret, aad)


def unlock(key: bytes, aad: bytes, locked: bytes) -> bytes:
    """Decrypt a key that was locked; raises Unreadable when key or binding differ."""
    try:
        return AESGCM(key).decrypt(locked[:NONCE_BYTES], locked[NONCE_BYTES:], aad)
    except (InvalidTag, ValueError):
        raise Unreadable(Fault.TAG, reference(aad)) from None


def seal(key: DataKey, aad: bytes, plaintext: bytes) -> Envelope:
    """Seal bytes to a place; the caller pads."""
    nonce = os.urandom(NONCE_BYTES)
    body = key.cipher.encrypt(nonce, plaintext, aad)
    return Envelope(key.head + nonce + body)


def generation_of(envelope: bytes, aad: bytes) -> int:
    """Return which data key of the subject was used; raises Unreadable for foreign bytes."""
    if len(envelope) < SHORTEST:
        raise Unreadable(Fault.SHORT, reference(aad))
    if not envelope.startswith(HEAD):
        raise Unreadable(Fault.ALG, reference(aad))
    return int.from_bytes(envelope[2:NONCE_AT])


def unseal(key: DataKey, aad: bytes, envelope: bytes) -> bytes:
    """Open an envelope whose generation is that of the key; raises Unreadable."""
    if len(envelope) < SHORTEST or not envelope.startswith(key.head):
        generation_of(envelope, aad)
        raise Unreadable(Fault.GENERATION, reference(aad))
    try:
        return key.cipher.decrypt(envelope[NONCE_AT:BODY_AT], envelope[BODY_AT:], aad)
    except InvalidTag:
        raise Unreadable(Fault.TAG, reference(aad)) from None
