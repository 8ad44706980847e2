"""A look for planted words in raw bytes, however they are written down (security.md 2.11).

Every planted word begins with zqx or Zqx. Letters stand in an address as they are, so that UTF-8
covers that too.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

PLAIN: Final = re.compile(rb"zqx[a-z0-9-]+")
WIDE: Final = re.compile(rb"z\0q\0x\0(?:[a-z0-9-]\0)+")
RUN64: Final = re.compile(rb"[A-Za-z0-9+/]+")
RUN16: Final = re.compile(rb"[0-9a-f]+")
AT_ONCE: Final = 64 * 1024 * 1024
LONGEST: Final = 128
"""Bytes around a find that are looked at: more than any planted word takes in any writing."""


def _middles() -> list[bytes]:
    """Return what base64 makes of the first letters wherever they stand in a group of three."""
    return [
        base64.b64encode(bytes(before) + mark + bytes(3))[
            -(-before * 4 // 3) : (before + 3) * 4 // 3
        ]
        for mark in (b"zqx", b"Zqx")
        for before in range(3)
    ]


def found_in(data: bytes, words: Iterable[str]) -> set[str]:
    """Return which planted words stand in bytes: as UTF-8, UTF-16, base64 or hexadecimal."""
    wanted = {word.lower() for word in words}
    return {word for text in _readings(data) for word in wanted if text.startswith(word)}


def _readings(data: bytes) -> Iterator[str]:
    """Yield everything in the bytes that begins like a planted word, in small letters."""
    small = data.lower()
    yield from _plain(small)
    for one in WIDE.finditer(small):
        yield one[0].decode("utf-16-le")
    for needle in _middles():
        for place in _places(data, needle):
            for run in RUN64.findall(data[max(0, place - 8) : place + LONGEST]):
                yield from _from_base64(run)
    for needle in (b"7a7178", b"5a7178"):
        for place in _places(small, needle):
            run = RUN16.match(small, place)
            text = run[0] if run else b""
            yield from _plain(binascii.unhexlify(text[: len(text) // 2 * 2]).lower())


def _plain(small: bytes) -> Iterator[str]:
    for one in PLAIN.finditer(small):
        yield one[0].decode("ascii")


def _from_base64(run: bytes) -> Iterator[str]:
    for start in range(4):
        text = run[start:] + b"AAA"
        yield from _plain(base64.b64decode(text[: len(text) // 4 * 4]).lower())


def _places(data: bytes, needle: bytes) -> Iterator[int]:
    place = data.find(needle)
    while place >= 0:
        yield place
        place = data.find(needle, place + 1)


def found_in_files(files: Iterable[Path], words: Iterable[str]) -> dict[str, set[str]]:
    """Return the planted words in each file that holds any; a long file is read in parts that overlap."""
    wanted = list(words)
    found: dict[str, set[str]] = {}
    for file in files:
        with file.open("rb") as stream:
            before = b""
            while part := stream.read(AT_ONCE):
                if seen := found_in(before + part, wanted):
                    found.setdefault(file.name, set()).update(seen)
                before = part[-LONGEST:]
    return found
