"""Looking a password up in a sorted file of stolen ones, on this machine, without reading it all.

The file is what organisations hand round: one line for each password, the SHA-1 of it in hexadecimal, a colon
and how often it was seen, sorted by the hash. SHA-1 is the name of a line here and protects nothing.
"""

import re
from hashlib import sha1
from pathlib import Path
from typing import BinaryIO, Final

from caseapp.settings import SettingsError

LINE: Final = re.compile(rb"[0-9A-Fa-f]{40}(:\d+)?\r?\n?\Z")
LONGEST_LINE: Final = 80
"""Bytes: a hash, a colon, a count and the end of the line, with room to spare."""


def check_stolen(path: str) -> None:
    """Raise SettingsError when the file of stolen passwords cannot be read or is another kind of file."""
    if not path:
        return
    try:
        with Path(path).open("rb") as file:
            first = file.readline(LONGEST_LINE)
            size = file.seek(0, 2)
            file.seek(max(0, size - LONGEST_LINE))
            last = file.read().splitlines()[-1]
    except (OSError, IndexError):
        raise SettingsError("CASEAPP_STOLEN_PASSWORDS is no file that can be read.") from None
    if not (LINE.match(first) and LINE.match(last)) or first[:40].upper() > last[:40].upper():
        raise SettingsError("CASEAPP_STOLEN_PASSWORDS is not a sorted file of SHA-1:count lines.")


def is_stolen(path: str, password: str) -> bool:
    """Say whether the SHA-1 of a password stands in the file; without a file, no."""
    if not path:
        return False
    name = sha1(password.encode("utf-8", "replace"), usedforsecurity=False).hexdigest().upper()
    with Path(path).open("rb") as file:
        return _stands_in(file, name.encode())


def _stands_in(file: BinaryIO, name: bytes) -> bool:
    """Halve the part of the file in which the line must begin until there is one line left."""
    low, high = 0, file.seek(0, 2)
    while low < high:
        middle = (low + high) // 2
        start, line = _line_after(file, middle)
        found = line[: len(name)].upper()
        if found == name:
            return True
        if line and found < name:
            low = start + len(line)
        else:
            high = middle
    return False


def _line_after(file: BinaryIO, place: int) -> tuple[int, bytes]:
    """Return the first line that begins at a place or after it, and where; empty at the end of the file."""
    file.seek(max(0, place - 1))
    if place:
        file.readline(LONGEST_LINE)  # the rest of the line before
    start = file.tell()
    return start, file.readline(LONGEST_LINE)
