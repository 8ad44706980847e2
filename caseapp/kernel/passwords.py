"""Hashing passwords with Argon2id, a few at a time, and equally long for whoever does not exist."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from caseapp.domain.passwords import fold
from caseapp.settings import ROOT, Settings

AT_ONCE: Final = 2
"""Hashes that one process works on at the same time: each takes tens of megabytes."""

QUEUE: Final = 8
"""People of one process who wait for their turn; the next one is told at once to come back later, so that the
other threads of the process go on answering."""

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
        self._places = BoundedSemaphore(AT_ONCE + QUEUE)
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Return the hash of a password; raises TooBusyError."""
        with self._turn():
            return self._hasher.hash(_bytes_of(password))

    def verify(self, kept: str | None, password: str) -> bool:
        """Say whether this is the password; without a hash the same work gives no; raises TooBusyError."""
        with self._turn():
            try:
                self._hasher.verify(kept or self._nobody, _bytes_of(password))
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Say whether a hash was made with another strength than today's."""
        return self._hasher.check_needs_rehash(kept)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold one of the few places at the hashing, after a short queue; raises TooBusyError."""
        if not self._places.acquire(blocking=False):
            raise TooBusyError
        try:
            if not self._gate.acquire(timeout=PATIENCE_SECONDS):
                raise TooBusyError
            try:
                yield
            finally:
                self._gate.release()
        finally:
            self._places.release()


def passwords(settings: Settings) -> Passwords:
    """Return the hasher of this process, with the strength of the settings."""
    return _passwords(settings.argon_memory_kib, settings.argon_rounds)


@lru_cache(maxsize=4)
def _passwords(memory_kib: int, rounds: int) -> Passwords:
    return Passwords(memory_kib, rounds)


@lru_cache(maxsize=1)
def well_known() -> frozenset[str]:
    """Return the words and passwords that everybody tries first, folded (config/common-passwords.txt)."""
    lines = (ROOT / "config" / "common-passwords.txt").read_text("utf-8").splitlines()
    return frozenset(
        fold(word) for line in lines if not line.startswith("#") for word in line.split()
    )


def _bytes_of(password: str) -> bytes:
    """Return the bytes to hash: the same for each way in which a keyboard composes a letter."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "replace")
