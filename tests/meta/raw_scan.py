"""A look for planted words in raw bytes, however they are written down (security.md 2.11).

Every planted word begins with zqx or Zqx. Letters stand in an address as they are; one in which they do
not is looked at too, and what gzip, zlib or zip packed is unpacked first.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes

PLAIN: Final = re.compile(rb"zqx[a-z0-9-]+")
WIDE: Final = re.compile(rb"z\0q\0x\0(?:[a-z0-9-]\0)+")
RUN64: Final = re.compile(rb"[A-Za-z0-9+/]+")
RUN16: Final = re.compile(rb"[0-9a-f]+")
ESCAPED: Final = re.compile(rb"(?:%[57]a%[57]1%[57]8)(?:%[0-9a-f]{2}|[a-z0-9-])*")
PACKED: Final = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|PK\x03\x04")
"""How a gzip, a zlib stream or a file in a zip begins."""
MOST_UNPACKED: Final = 64 * 1024 * 1024
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
    """Return which planted words stand in bytes: as UTF-8, UTF-16, base64, hexadecimal, escaped or packed."""
    wanted = {word.lower() for word in words}
    texts = (text for layer in (data, *_unpacked(data)) for text in _readings(layer))
    return {word for text in set(texts) for word in wanted if text.startswith(word)}


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Yield what every packed stream in the bytes unpacks to, whole or as far as it goes."""
    for start in PACKED.finditer(data):
        form, at = start[0], start.start()
        if form[:1] == b"P":
            at += 30 + int.from_bytes(data[at + 26 : at + 28], "little")
            at += int.from_bytes(data[start.start() + 28 : start.start() + 30], "little")
        window = {b"P": -15, b"\x1f": 31}.get(form[:1], 15)
        found = b""
        try:
            found = zlib.decompressobj(window).decompress(memoryview(data)[at:], MOST_UNPACKED)
        except zlib.error:
            continue
        if len(found) > LONGEST // 4:
            yield found


def _readings(data: bytes) -> Iterator[str]:
    """Yield everything in the bytes that begins like a planted word, in small letters."""
    small = data.lower()
    yield from _plain(small)
    for one in WIDE.finditer(small):
        yield one[0].decode("utf-16-le")
    for one in ESCAPED.finditer(small):
        yield from _plain(unquote_to_bytes(one[0]).lower())
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
