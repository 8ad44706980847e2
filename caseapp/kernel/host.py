"""What the machine under us does with our memory and files: core dumps, swap, modes; read, and shut."""

import ctypes
import resource
import socket
import ssl
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

PATIENCE_SECONDS: Final = 3.0
SWAPS: Final = Path("/proc/swaps")
SET_DUMPABLE: Final = 4
GET_DUMPABLE: Final = 3
"""Numbers of prctl(2), from linux/prctl.h."""

MAPPED: Final = ("/dev/dm-", "/dev/mapper/", "/dev/zram")
"""Swap that is in memory, or behind the mapper through which disks are encrypted."""


def close_memory() -> None:
    """Let no core dump hold our keys, and let no process of the same user look inside this one."""
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    _control(SET_DUMPABLE, 0)


def dumps_core() -> bool:
    """Say whether a crash of this process would leave its memory in a file."""
    return resource.getrlimit(resource.RLIMIT_CORE)[0] != 0 and _control(GET_DUMPABLE) != 0


def plain_swap(swaps: Path = SWAPS) -> list[str]:
    """Return the names of swap areas on a disk that nothing encrypts, as far as the kernel tells."""
    if not swaps.exists():
        return []
    names = [line.split()[0] for line in swaps.read_text("utf-8").splitlines()[1:] if line.strip()]
    return [name for name in names if not name.startswith(MAPPED)]


def open_to_others(paths: list[Path]) -> list[Path]:
    """Return which of these files and folders somebody else than their owner can read or change."""
    wide = stat.S_IRWXG | stat.S_IRWXO
    return [path for path in paths if path.exists() and path.stat().st_mode & wide]


def certificate_ends(host: str, port: int) -> datetime:
    """Return until when the certificate of an address holds, as anybody on this machine would trust it.

    Raises OSError, of which ssl.SSLError is one, when nobody answers or it is not to be trusted.
    """
    trust = ssl.create_default_context()
    with (
        socket.create_connection((host, port), PATIENCE_SECONDS) as plain,
        trust.wrap_socket(plain, server_hostname=host) as road,
    ):
        shown = road.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), UTC)


def _control(option: int, value: int = 0) -> int:
    """Ask the kernel about this process, or tell it; 0 where there is no such call."""
    call = getattr(ctypes.CDLL(None), "prctl", None)
    return int(call(option, value, 0, 0, 0)) if call is not None else 0
