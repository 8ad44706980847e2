"""Archives made to do harm by how they are packed; each is told by name."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Final

from tests.hostile_lists.books import SHEET, TOP, book, parts, sheet, zipped
from tests.samples import SAMPLES

LOCAL: Final = b"PK\x03\x04"
ENTRY: Final = b"PK\x01\x02"
END: Final = b"PK\x05\x06"
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_ENTRY: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_DEFLATED: Final = 8
_SIZE: Final = 24
"""Where an entry of the directory says how large it is once it is unpacked."""


def bomb(size: int) -> bytes:
    """Return a sheet of spaces, and of so many bytes once it is unpacked."""
    made = parts()
    made[SHEET] = sheet(TOP).replace("</sheetData>", " " * size + "</sheetData>")
    return zipped(made)


def of_another_size(data: bytes, name: str, size: int) -> bytes:
    """Return an archive whose directory says that a part is of another size than it is."""
    at = data.rindex(ENTRY, 0, data.rindex(name.encode()))
    return data[: at + _SIZE] + struct.pack("<I", size) + data[at + _SIZE + 4 :]


def nested(depth: int) -> bytes:
    """Return archives in each other, with a part of 10 MB in the innermost."""
    data = zipped({"0.xml": b"0" * 10_000_000})
    for _ in range(depth):
        data = zipped({f"xl/worksheets/sheet{n}.xml": data for n in range(1, 11)})
    return zipped({**parts(), "xl/worksheets/sheet2.xml": data})


def overlapping(count: int) -> bytes:
    """Return an archive in which very many entries hold the same packed bytes."""
    unpacked = b"<a/>" * 250_000
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(unpacked) + packer.flush()
    sizes = (zlib.crc32(unpacked), len(packed), len(unpacked))
    first = b"xl/worksheets/sheet0.xml"
    body = _LOCAL.pack(LOCAL, 20, 0, _DEFLATED, 0, 33, *sizes, len(first), 0) + first + packed
    names = [b"xl/worksheets/sheet%d.xml" % number for number in range(count)]
    heads = (
        _ENTRY.pack(ENTRY, 20, 20, 0, _DEFLATED, 0, 33, *sizes, len(name), 0, 0, 0, 0, 0, 0) + name
        for name in names
    )
    entries = b"".join(heads)
    return body + entries + _END.pack(END, 0, 0, count, count, len(entries), len(body), 0)


def quoted(count: int) -> bytes:
    """Return an archive in which each entry also holds the ones behind it, quoted."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(b" " * 1_000_000) + packer.flush()
    size, names = 1_000_000, [b"xl/worksheets/sheet%d.xml" % n for n in range(count)]
    body, entries, places = b"", b"", []
    for name in reversed(names):
        head = _LOCAL.pack(LOCAL, 20, 0, _DEFLATED, 0, 33, 0, len(packed), size, len(name), 0)
        body = head + name + packed + body
        places.append((name, len(packed), size, len(body)))
        quote = head + name
        packed = struct.pack("<BHH", 0, len(quote), len(quote) ^ 0xFFFF) + quote + packed
        size += len(quote)
    for name, length, unpacked, back in places:
        at = len(body) - back
        entries += _ENTRY.pack(
            ENTRY, 20, 20, 0, _DEFLATED, 0, 33, 0, length, unpacked, len(name), 0, 0, 0, 0, 0, at
        )
        entries += name
    return body + entries + _END.pack(END, 0, 0, count, count, len(entries), len(body), 0)


def with_flag(flag: int) -> bytes:
    """Return a workbook whose entries carry a flag, such as that they are encrypted."""
    data = bytearray(book())
    for mark, offset in ((LOCAL, 6), (ENTRY, 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= flag
            at = data.find(mark, at + 1)
    return bytes(data)


def packed_as(method: int) -> bytes:
    """Return a workbook that is packed in another way."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as made:
        for name, part in parts().items():
            made.writestr(name, part)
    return data.getvalue()


def named(*names: str) -> bytes:
    """Return a workbook with more parts, by names that lead elsewhere."""
    return book(**dict.fromkeys(names, "harm"))


def twice() -> bytes:
    """Return a workbook that has its sheet twice, under names that differ in case only."""
    return book(**{SHEET.upper(): sheet(TOP)})


def _sample() -> bytes:
    return (SAMPLES / "bezetting-2026-11-16.xlsx").read_bytes()


ARCHIVES: Final[Mapping[str, Callable[[], bytes]]] = {
    "a bomb of 90 MB": lambda: bomb(90_000_000),
    "a bomb of 250 MB": lambda: bomb(250_000_000),
    "a part that says 4 GB": lambda: of_another_size(book(), SHEET, 0xFFFFFFFF),
    "a part that says nothing": lambda: of_another_size(book(), SHEET, 0),
    "a part that says less": lambda: of_another_size(bomb(5_000_000), SHEET, 1_000),
    "archives in archives": lambda: nested(2),
    "entries that overlap": lambda: overlapping(1_999),
    "very many entries that overlap": lambda: overlapping(60_000),
    "entries that quote each other": lambda: quoted(150),
    "very many empty parts": lambda: named(*map("xl/media/{}".format, range(30_000))),
    "paths that lead out": lambda: named("../../etc/passwd", "/etc/passwd", "C:\\x", "a\0b", "a/../b"),
    "a name of 60,000 signs": lambda: named("x" * 60_000),
    "encrypted": lambda: with_flag(0x1),
    "strongly encrypted": lambda: with_flag(0x41),
    "packed with bzip2": lambda: packed_as(zipfile.ZIP_BZIP2),
    "packed with lzma": lambda: packed_as(zipfile.ZIP_LZMA),
    "not packed": lambda: packed_as(zipfile.ZIP_STORED),
    "the same part twice": twice,
    "cut off after a third": lambda: _sample()[: len(_sample()) // 3],
    "cut off before its last byte": lambda: _sample()[:-1],
    "without its beginning": lambda: LOCAL + _sample()[400:],
    "with a text before it": lambda: b"v_nummer;soort\r\n" + _sample(),
    "with a text behind it": lambda: _sample() + b"\n" + b"x" * 70_000,
    "two workbooks in one file": lambda: _sample() + book(),
    "nothing but its end": lambda: _END.pack(END, 0, 0, 0, 0, 0, 0, 0),
    "nothing but its beginning": lambda: LOCAL,
    "empty as an archive": lambda: LOCAL + zipped({}),
    "with macros": lambda: book(**{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"x" * 5_000}),
    "xlsb by another name": lambda: zipped({"xl/workbook.bin": b"\x83\x01", "_rels/.rels": "<a/>"}),
    "ods by another name": lambda: zipped({"mimetype": "application/vnd.oasis", "content.xml": "<a/>"}),
    "xls by another name": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5_000,
    "a document": lambda: zipped({"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"}),
}  # fmt: skip
"""Each archive by what is wrong with it; a few are good."""
