"""What ties and signs the trail: keys that stand in the keystore, and that the database never sees."""

from collections.abc import Callable

from caseapp.kernel import crypto
from caseapp.kernel.keys import KeyRefusal, Keyring, Slot


class TrailKeys(crypto.Secret):
    """The keys of the trail: its keyed hash, and its signature."""

    __slots__ = ("_keyring",)

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def tie(self, version: int | None = None) -> tuple[int, Callable[[bytes], bytes]]:
        """Return the version of a key, the newest unless one is asked for, and its keyed hash.

        Raises KeyRefusal when that key is gone.
        """
        number, key = self._keyring.of_slot(Slot.AUDIT_MAC, version)
        return number, lambda message: crypto.keyed_hash(key, message)

    def sign(self, message: bytes) -> tuple[int, bytes]:
        """Return the version of the newest key, and its signature."""
        number, key = self._keyring.of_slot(Slot.AUDIT_SIGN)
        return number, crypto.signed(key, message)

    def public_key(self, version: int | None = None) -> bytes:
        """Return the key with which everybody can check a signature; raises KeyRefusal."""
        return crypto.public_key(self._keyring.of_slot(Slot.AUDIT_SIGN, version)[1])

    def is_signed(self, version: int, message: bytes, signature: bytes) -> bool:
        """Say whether a message was signed with this version of our key."""
        try:
            return crypto.is_signed(self.public_key(version), message, signature)
        except KeyRefusal:
            return False
