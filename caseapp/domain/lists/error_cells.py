"""Cells of a workbook that hold an error, such as `#REF!`: made texts, so that a row is not silent of them.

A library gives them as empty, and an empty cell that is optional says nothing. What Excel shows of them
is what a person has to find and mend; `#N/A` alone means that nothing is known.
"""

import re
from collections.abc import Iterator
from typing import Final

_ERROR: Final = re.compile(rb"""(<(?:[\w.-]+:)?c\s[^<>]*?\bt\s*=\s*)(?:"e"|'e')""")
_MAY_HOLD_ONE: Final = re.compile(rb"""=\s*["']e["']""")
_LONGEST_TAG: Final = 10_000
"""Bytes; the tag of a cell has some fifty."""


def errors_as_texts(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the XML of a sheet, of which the pieces may end within a tag, with its errors as texts."""
    open_tag = b""
    for piece in pieces:
        text = open_tag + piece
        end = text.rfind(b"<")
        closed = end < 0 or text.find(b">", end) >= 0 or len(text) - end > _LONGEST_TAG
        end = len(text) if closed else end
        open_tag = text[end:]
        yield _mended(text[:end])
    yield _mended(open_tag)


def _mended(text: bytes) -> bytes:
    return _ERROR.sub(rb'\1"str"', text) if _MAY_HOLD_ONE.search(text) else text
