"""What came back over a road, read as bytes."""

import contextlib
import ssl
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What came back, as bytes."""

    raw: bytes

    @property
    def status(self) -> int:
        """Return the status; 0 when the road was closed without one."""
        return int(self.raw.split(b" ", 2)[1]) if self.raw.startswith(b"HTTP/") else 0

    @property
    def headers(self) -> dict[str, list[str]]:
        """Return the headers, by their name in small letters."""
        found: dict[str, list[str]] = {}
        for line in self.raw.split(b"\r\n\r\n", 1)[0].decode("latin-1").split("\r\n")[1:]:
            name, _colon, value = line.partition(":")
            found.setdefault(name.lower(), []).append(value.strip())
        return found

    @property
    def body(self) -> bytes:
        """Return what stands after the headers."""
        return self.raw.partition(b"\r\n\r\n")[2]


def all_of(road: Any) -> bytes:
    """Read until the other side closes."""
    got = b""
    with contextlib.suppress(ConnectionError, ssl.SSLError):
        while more := road.recv(65536):
            got += more
    return got
