"""The parts of a workbook, taken out of its zip file and found harmless before a library opens it.

Everything is measured here: what the directory declares before anything is unpacked, then what
each part really holds while it is unpacked. What comes out is a new archive with only the parts
that hold cells, so that a library cannot read the old one in another way than we did.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

from caseapp.domain.lists.error_cells import errors_as_texts
from caseapp.domain.lists.problems import unreadable
from caseapp.domain.lists.sheet_size import Part, SharedTexts, Sheet, Spent
from caseapp.domain.lists.words import FileFault

MOST_BYTES: Final = 100_000_000
"""Bytes that all parts together may unpack to: four times what 50,000 full rows take."""

_MOST_PARTS: Final = 2_000
_PIECE: Final = 1_000_000
_NEEDED: Final = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|xl/_rels/workbook\.xml\.rels"
    r"|xl/(?:workbook|sharedstrings|styles)\.xml|xl/(?P<sheet>worksheets)/[^/]+\.xml"
)
_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")
_LOCAL_MARK: Final = b"PK\x03\x04"
_ENTRY_MARK: Final = b"PK\x01\x02"
_SHARED: Final = "xl/sharedstrings.xml"
_ORDER: Final = (Part, SharedTexts, Sheet)
"""Sheets come after the texts that their cells share, and small parts before both."""

_ENCRYPTED: Final = 0x1
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def harmless(data: bytes) -> bytes:
    """Return a new archive with the parts that hold cells; raises FileError."""
    spent, rebuilt = Spent(), io.BytesIO()
    entries = sorted(_directory(data).items(), key=lambda named: _ORDER.index(_follower(named[0])))
    with zipfile.ZipFile(rebuilt, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, entry in entries:
            follower = _follower(name)
            pieces = follower(spent).through(_inflated(_packed(data, entry), entry))
            with archive.open(name, "w") as part:
                for piece in errors_as_texts(pieces) if follower is Sheet else pieces:
                    part.write(piece)
    return rebuilt.getvalue()


def _follower(name: str) -> type[Part]:
    """Return what follows a part."""
    if _is_sheet(name):
        return Sheet
    return SharedTexts if name.lower() == _SHARED else Part


def _directory(data: bytes) -> Mapping[str, zipfile.ZipInfo]:
    """Return the entries that we need, judged by what they declare."""
    if data.count(_ENTRY_MARK) > _MOST_PARTS:
        raise unreadable(FileFault.NOT_A_WORKBOOK)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error):
        raise unreadable(FileFault.NOT_A_WORKBOOK) from None
    needed = {entry.filename: entry for entry in entries if _needed(entry.filename)}
    known = [entry for entry in entries if _needed(entry.filename)]
    if len(known) != len({name.lower() for name in needed}):
        raise unreadable(FileFault.NOT_A_WORKBOOK)
    if sum(entry.file_size for entry in needed.values()) > MOST_BYTES:
        raise unreadable(_too_big(needed))
    return needed


def _too_big(needed: Mapping[str, zipfile.ZipInfo]) -> FileFault:
    """Tell a sheet with far too many rows from an archive that was made to burst."""
    widest = max(needed.values(), key=lambda entry: entry.file_size)
    return FileFault.TOO_MANY_ROWS if _is_sheet(widest.filename) else FileFault.NOT_A_WORKBOOK


def _needed(name: str) -> bool:
    return _NEEDED.fullmatch(name.lower()) is not None


def _is_sheet(name: str) -> bool:
    found = _NEEDED.fullmatch(name.lower())
    return found is not None and found["sheet"] is not None


def _packed(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """Return the packed bytes of an entry, found by its own header."""
    start = entry.header_offset
    header = data[start : start + _LOCAL_HEADER.size]
    if len(header) < _LOCAL_HEADER.size or entry.flag_bits & _ENCRYPTED:
        raise unreadable(FileFault.NOT_A_WORKBOOK)
    mark, name, extra = _LOCAL_HEADER.unpack(header)
    if mark != _LOCAL_MARK or entry.compress_type not in _METHODS:
        raise unreadable(FileFault.NOT_A_WORKBOOK)
    start += _LOCAL_HEADER.size + name + extra
    return data[start : start + entry.compress_size]


def _inflated(packed: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield an entry in pieces; it must hold exactly what it declares."""
    stored = entry.compress_type == zipfile.ZIP_STORED
    pieces = iter([packed]) if stored else _deflated(packed)
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > entry.file_size:
            break
        yield piece
    if length != entry.file_size:
        raise unreadable(FileFault.NOT_A_WORKBOOK)


def _deflated(packed: bytes) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while piece := unpacker.decompress(packed, _PIECE):
            yield piece
            packed = unpacker.unconsumed_tail
    except zlib.error:
        raise unreadable(FileFault.NOT_A_WORKBOOK) from None
