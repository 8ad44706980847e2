"""Root keys: where the key comes from that opens all other keys, and when one is refused."""

import logging
import os
import re
import stat
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from caseapp.kernel.crypto import (
    KEY_BYTES,
    Secret,
    Unreadable,
    derived,
    keyed_hash,
    length_prefixed,
    lock,
    random_key,
    unlock,
)

log = logging.getLogger("caseapp.keys")

FORM: Final = re.compile(r"case-root-1:([0-9a-f]{64})")
"""How a root key is written in a file or a variable: version of the form, then 32 bytes."""

FEWEST_DIFFERENT_BYTES: Final = 16
"""Of 32 random bytes about 30 differ; fewer than half means that somebody typed it."""

PATIENCE: Final = (1, 2, 4, 8, 15)
"""Seconds between the tries at the start; after the last one, whoever started the process tries again."""

LARGEST_READ: Final = 1_000_000
LONGEST_KEY_FILE: Final = 4096
NOT_OURS: Final = frozenset({"instance", "vendor", "node_modules", "__pycache__"})


class Wrapped(NamedTuple):
    """A wrapped key, and the context without which it does not open."""

    blob: bytes
    context: bytes


class KeyRefusal(RuntimeError):  # noqa: N818 - it is what happens, and the word of the runbook
    """A key is missing, wrong or unsafe: nothing starts, and nothing was written."""

    exit_code: Final = 78  # EX_CONFIG of sysexits.h


class KeysAwayError(KeyRefusal):
    """The keys cannot be had at this moment, because their provider or keystore does not answer."""


class RootKey(Protocol):
    """A provider of the root key: a file or a variable here, a key service elsewhere.

    Each method raises KeysAwayError when a service does not answer.
    """

    @property
    def key_id(self) -> str:
        """Name the key without giving it away."""

    @property
    def name(self) -> str:
        """Name the provider and its place, for messages."""

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """Wrap a key so that it opens with the same context only."""

    def unwrap(self, blob: bytes, context: bytes) -> bytes:
        """Return the key; raises KeyRefusal when key or context differ."""

    def unwrap_all(self, wrapped: Sequence[Wrapped]) -> list[bytes | None]:
        """Return many keys by one call where the provider can; None for one that does not open."""

    def versions(self) -> tuple[str, ...]:
        """Name the versions of the root key that still open something, newest last."""

    def renewed(self) -> "RootKey":
        """Return the root key as its provider has it now: it may have been changed."""

    def health(self) -> None:
        """Raise KeyRefusal when the provider cannot be used now."""


class LocalRoot(Secret):
    """A root key that stands in this process's memory."""

    __slots__ = ("_secret", "key_id", "name")

    def __init__(self, secret: bytes, name: str) -> None:
        self._secret = secret
        self.key_id = keyed_hash(secret, b"key-id")[:4].hex()
        self.name = name

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """Wrap a key under a key of this context."""
        info = length_prefixed("case/root", context)
        return lock(derived(self._secret, info), info, key)

    def unwrap(self, blob: bytes, context: bytes) -> bytes:
        """Return the key; raises KeyRefusal when key or context differ."""
        info = length_prefixed("case/root", context)
        try:
            return unlock(derived(self._secret, info), info, blob)
        except Unreadable:
            raise KeyRefusal(f"root key {self.key_id} ({self.name}) does not open it") from None

    def unwrap_all(self, wrapped: Sequence[Wrapped]) -> list[bytes | None]:
        """Return each key, or None for one that does not open."""
        return [opened_or_none(self, one) for one in wrapped]

    def versions(self) -> tuple[str, ...]:
        """Return the one version that there is."""
        return (self.key_id,)

    def renewed(self) -> RootKey:
        """Return this key: what stands in a process stays as it is."""
        return self

    def health(self) -> None:
        """Raise KeyRefusal unless a key survives being wrapped."""
        probe = random_key()
        if self.unwrap(self.wrap(probe, b"health"), b"health") != probe:
            raise KeyRefusal(f"root key {self.key_id} ({self.name}) does not work")

    def published_in(self, tree: Path) -> Path | None:
        """Return the file of the tree in which this key stands, in any common spelling."""
        raw = self._secret
        spellings = (raw, raw.hex().encode(), raw.hex().upper().encode(), b64encode(raw)[:-2])
        return stands_in(tree, (*spellings, b64encode(raw, b"-_")[:-2]))


class FileRoot(LocalRoot):
    """A root key in a file that only its owner, who runs this process, can read."""

    __slots__ = ("path",)

    def __init__(self, path: Path) -> None:
        name = f"file {path}"
        super().__init__(_parsed(private_text(path, os.geteuid()), name), name)
        self.path = path

    def renewed(self) -> RootKey:
        """Return the key that stands in the file now; raises KeyRefusal when there is none."""
        return FileRoot(self.path)

    def health(self) -> None:
        """Raise KeyRefusal when the file is gone, open to others, or holds another key by now."""
        if FileRoot(self.path).key_id != self.key_id:
            raise KeyRefusal(f"{self.name} holds another key than {self.key_id}")
        super().health()


class EnvRoot(LocalRoot):
    """A root key from the environment: for development, because /proc shows it to the same user."""

    __slots__ = ()

    def __init__(self, value: str, *, production: bool, allowed: bool) -> None:
        name = "environment"
        if not value:
            raise KeyRefusal(f"no root key: {name} gives none")
        if production and not allowed:
            raise KeyRefusal(
                f"{name} may not give the root key in production: use a file, or CASEAPP_ALLOW_ENV_KEY=1"
            )
        super().__init__(_parsed(value, name), name)


def opened_or_none(root: RootKey, wrapped: Wrapped) -> bytes | None:
    """Return the key, or None when it does not open with this root key."""
    try:
        return root.unwrap(wrapped.blob, wrapped.context)
    except KeysAwayError:
        raise
    except KeyRefusal:
        return None


def patiently(root: RootKey, sleep: Callable[[float], None] = time.sleep) -> None:
    """Wait half a minute for a provider that does not answer; raises KeyRefusal when it cannot be used."""
    for seconds in PATIENCE:
        try:
            root.health()
        except KeysAwayError as away:
            log.warning("%s; trying again in %s s", away, seconds)
            sleep(seconds)
        else:
            return
    root.health()


def make_root_file(path: Path) -> FileRoot:
    """Write a new root key to a file that does not exist yet; raises FileExistsError when it does."""
    write_new(path, f"case-root-1:{random_key().hex()}\n".encode())
    return FileRoot(path)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is whole, on the disk, and mode 0600 before it bears its name.

    Raises FileExistsError when there is one of that name.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    finally:
        os.unlink(draft)  # noqa: PTH108 - mkstemp gives a name
    put_on_disk(path.parent)


def put_on_disk(folder: Path) -> None:
    """Make sure that the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def private_text(path: Path, owner: int, what: str = "root key") -> str:
    """Read a file with a secret; raises KeyRefusal when it is missing or not of this user alone."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise KeyRefusal(f"no {what}: file {path}: {error.strerror}") from None
    try:
        status = os.fstat(descriptor)  # of what was opened: a path can change in between
        mode = stat.S_IMODE(status.st_mode)
        if not stat.S_ISREG(status.st_mode):
            raise KeyRefusal(f"no {what}: {path} is no file")
        if mode & 0o077:
            raise KeyRefusal(f"{what} file {path} has mode {mode:04o}: make it 0600")
        if status.st_uid != owner:
            raise KeyRefusal(f"{what} file {path} belongs to user {status.st_uid}, not to us")
        return os.read(descriptor, LONGEST_KEY_FILE).decode("ascii", "replace")
    finally:
        os.close(descriptor)


def _parsed(text: str, name: str) -> bytes:
    """Return the 32 bytes of a written root key; raises KeyRefusal for other forms."""
    found = FORM.fullmatch(text.strip())
    if found is None:
        raise KeyRefusal(f"{name} holds no root key of the form case-root-1:<{2 * KEY_BYTES} hex>")
    secret = bytes.fromhex(found[1])
    if len(set(secret)) < FEWEST_DIFFERENT_BYTES:
        raise KeyRefusal(f"{name} holds a root key that is not random")
    return secret


def stands_in(tree: Path, spellings: Iterable[bytes]) -> Path | None:
    """Return the file of a source tree in which a secret stands, in one of these spellings."""
    wanted = tuple(spellings)
    for file in _texts(tree):
        content = file.read_bytes()
        if any(spelling in content for spelling in wanted):
            return file
    return None


def _texts(tree: Path) -> Iterator[Path]:
    """Yield the files of a source tree: not hidden, not of the instance, not large."""
    for folder, folders, files in os.walk(tree):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in NOT_OURS]
        for name in files:
            file = Path(folder, name)
            if file.is_file() and file.stat().st_size <= LARGEST_READ:
                yield file
