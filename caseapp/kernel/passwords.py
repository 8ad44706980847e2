"""Hashing passwords with Argon2id, a few at a time, and equally long for whoever does not exist."""

import unicodedata
from functools import lru_cache
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from caseapp.settings import ROOT, Settings

AT_ONCE: Final = 2
"""Hashes that one process works on at the same time: each takes tens of megabytes."""

PATIENCE_SECONDS: Final = 10.0
LANES: Final = 1


class TooBusyError(RuntimeError):
    """So many people are signing in that this one has to try again in a moment."""


class Passwords:
    """Hashes and verifies; one per process and strength."""

    def __init__(self, memory_kib: int, rounds: int) -> None:
        """Set the strength and make the hash against which unknown accounts are verified."""
        self._hasher = PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=LANES)
        self._gate = BoundedSemaphore(AT_ONCE)
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Return the hash of a password; raises TooBusyError."""
        self._enter()
        try:
            return self._hasher.hash(_bytes_of(password))
        finally:
            self._gate.release()

    def verify(self, kept: str | None, password: str) -> bool:
        """Say whether this is the password; without a hash the same work gives no; raises TooBusyError."""
        self._enter()
        try:
            self._hasher.verify(kept or self._nobody, _bytes_of(password))
        except (VerificationError, InvalidHashError):
            return False
        else:
            return kept is not None
        finally:
            self._gate.release()

    def is_outdated(self, kept: str) -> bool:
        """Say whether a hash was made with another strength than today's."""
        return self._hasher.check_needs_rehash(kept)

    def _enter(self) -> None:
        if not self._gate.acquire(timeout=PATIENCE_SECONDS):
            raise TooBusyError


def passwords(settings: Settings) -> Passwords:
    """Return the hasher of this process, with the strength of the settings."""
    return _passwords(settings.argon_memory_kib, settings.argon_rounds)


@lru_cache(maxsize=4)
def _passwords(memory_kib: int, rounds: int) -> Passwords:
    return Passwords(memory_kib, rounds)


@lru_cache(maxsize=1)
def well_known() -> frozenset[str]:
    """Return the passwords that everybody tries first, in lower case (config/common-passwords.txt)."""
    lines = (ROOT / "config" / "common-passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines if line and not line.startswith("#"))


def _bytes_of(password: str) -> bytes:
    """Return the bytes to hash: the same for each way in which a keyboard composes a letter."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace")
