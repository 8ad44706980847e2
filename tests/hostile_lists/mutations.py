"""Files drawn at random, each by its number: the samples hurt in every way, and files that mean nothing."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from random import Random
from typing import Final

from tests.hostile_lists.books import BOOKS, book, parts, row, text, zipped
from tests.hostile_lists.texts import TEXTS
from tests.hostile_lists.zips import ARCHIVES
from tests.samples import SAMPLES

NAMED: Final[Mapping[str, Callable[[], bytes]]] = {**BOOKS, **ARCHIVES, **TEXTS}
"""Every file that was made to do harm, by name."""

_EVERY: Final = 40
"""One file in so many is one of those; they come by in their order."""

_BYTES: Final = (
    b"", b'"', b";", b",", b"\t", b"\n", b"\r", b"\xff", b"\0", b'""', b"=1+1", b"\xc3\xab", b"-", b"<",
    b">", b"&", b"&amp;", b"]]>", b"<!--", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xcc\x81" * 50, b"9" * 30,
)  # fmt: skip
_CELLS: Final = (
    "", " ", "-", "?", "NULL", "x", "J", "nee", "WAAR", "0012345678", "12345678", "123456782", "1234567",
    "2,8E+07", "V0012345678", "00-00-2012", "00-05-2012", "31-02-2026", "1-1-26", "2026-11-02T10:00",
    "01-01-1899", "31-12-2049", "45000", "99999", "=1+1", "@x", "-5", "+31", "AZC-HLM", "azc-hlm", "ZZZ",
    "totaal", "Subtotaal: 5", "GGZ", "PO_nieuwkomers", "aangekomen", "geannuleerd", "GM0114", "114",
    "1.200", "40", "41", "0,5", "noord", "coa", "x" * 201, "e\u0301" * 150, "\u200b", "\u202ea", "a\nb",
    'a"b', "a;b", "a,b", "a\tb", "\u00a0", "\u0130", "\u1e9e", "\ufb01", "\U0001f468\u200d\U0001f467",
)  # fmt: skip
_CELL: Final = re.compile(rb"<c [^>]*>.*?</c>|<c [^>]*/>")
_ROW: Final = re.compile(rb"<row .*?</row>", re.DOTALL)
_ATTRIBUTE: Final = re.compile(rb'="[^"]*"')

Drawn = tuple[str, bytes]


def drawn(number: int, first: int) -> Drawn:
    """Return the file of a number: what it is, and its bytes; the same each time."""
    dice = Random(f"{first}/{number}")
    if number % _EVERY == 0:
        name = list(NAMED)[number // _EVERY % len(NAMED)]
        return name, NAMED[name]()
    draw = dice.choices(list(_DRAWS), list(_DRAWS.values()))[0]
    return draw.__name__.strip("_").replace("_", " "), draw(dice)


@cache
def _samples() -> Mapping[str, bytes]:
    files = (*SAMPLES.glob("*.csv"), *SAMPLES.glob("*.xlsx"))
    return {file.name: file.read_bytes() for file in sorted(files)}


@cache
def _sample_parts() -> Mapping[str, bytes]:
    source = zipfile.ZipFile(SAMPLES / "bezetting-2026-11-16.xlsx")
    return {name: source.read(name) for name in source.namelist()}


def _hurt(dice: Random, data: bytes, most: int = 6) -> bytes:
    """Return bytes of which a few were replaced, taken out or doubled."""
    hurt = bytearray(data)
    for _ in range(dice.randrange(1, most)):
        at = dice.randrange(len(hurt) + 1)
        length = dice.choice((0, 1, 1, 4, 30, 2_000))
        more = dice.choice((dice.choice(_BYTES), dice.randbytes(4), bytes(hurt[at : at + length])))
        hurt[at : at + dice.choice((0, length))] = more
    return bytes(hurt)


def _hurt_sample(dice: Random) -> bytes:
    return _hurt(dice, dice.choice(list(_samples().values())))


def _cut_sample(dice: Random) -> bytes:
    data = dice.choice(list(_samples().values()))
    return data[: dice.randrange(len(data))] + dice.choice((b"", dice.randbytes(100)))


def _sample_in_other_signs(dice: Random) -> bytes:
    text = _text(dice)
    return text.encode(dice.choice(("utf-16", "utf-8-sig", "utf-7", "cp1252", "cp437")), "replace")


def _text(dice: Random) -> str:
    """Return a sample in text."""
    data = dice.choice([data for name, data in _samples().items() if name.endswith(".csv")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _rows_of_sample(dice: Random) -> bytes:
    """Return a sample whose rows were doubled, swapped, dropped, and in which others stand."""
    lines = _text(dice).splitlines()
    for _ in range(dice.randrange(1, 20)):
        at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        lines[at : at + dice.randrange(3)] = dice.choice(
            ([lines[other]], [lines[other]] * 3, [], ["", ";;;"], [lines[0]], ["Totaal;12"])
        )
        lines = lines or [""]
    return dice.choice(("\n", "\r\n", "\r")).join(lines).encode("utf-8", "replace")


def _cells_of_sample(dice: Random) -> bytes:
    """Return a sample in which a good part of the cells holds something else."""
    lines = _text(dice).splitlines()
    sign = max(";,\t", key=lines[min(4, len(lines) - 1)].count)
    share = dice.choice((0.01, 0.1, 0.5))
    for at, line in enumerate(lines):
        cells = line.split(sign)
        if at > dice.choice((0, 5)):
            cells = [_cell(dice, sign) if dice.random() < share else one for one in cells]
        elif dice.random() < share:
            dice.shuffle(cells)
        lines[at] = sign.join(cells)
    return "\n".join(lines).encode("utf-8", "replace")


def _cell(dice: Random, sign: str) -> str:
    value = dice.choice(_CELLS)
    quoted = dice.random() < (1.0 if sign in value or "\n" in value else 0.1)
    return '"' + value.replace('"', '""') + '"' if quoted else value


def _parts_of_sample(dice: Random) -> bytes:
    """Return the workbook with a part hurt, taken out, emptied, or in the place of another."""
    made = dict(_sample_parts())
    name, other = dice.choice(list(made)), dice.choice(list(made))
    change = dice.randrange(5)
    if change == 0:
        made[name] = _hurt(dice, made[name], 3)
    elif change == 1:
        del made[name]
    else:
        made[name] = (made[other], b"", b"<a/>")[change - 2]
    return zipped(made)


def _sheet_of_sample(dice: Random) -> bytes:
    """Return the workbook with cells, rows and attributes of a part in the wrong place."""
    made = dict(_sample_parts())
    name = dice.choice([one for one in made if one.startswith("xl/")])
    pattern = dice.choice((_CELL, _ROW, _ATTRIBUTE))
    found = pattern.findall(made[name]) or [b""]
    hurt = [
        *(b'="%d"' % dice.choice((0, 1, 7, 99, 2**31, 2**32, 2**64)) for _ in range(2)),
        *(b'="%s"' % value.encode() for value in ("", "s", "inlineStr", "A1", "XFD1048576", "x")),
    ]
    others = hurt if pattern is _ATTRIBUTE else [*dice.sample(found, min(3, len(found))), b""]
    share = dice.choice((0.001, 0.01, 0.2))
    made[name] = pattern.sub(
        lambda match: dice.choice(others) if dice.random() < share else match[0], made[name]
    )
    return zipped(made)


def _random_bytes(dice: Random) -> bytes:
    start = dice.choice((b"", b"PK\x03\x04", b"\xef\xbb\xbf", b"v_nummer;soort;verwezen_op\n"))
    return start + dice.randbytes(dice.choice((0, 1, 30, 3_000, 300_000)))


def _random_table(dice: Random) -> bytes:
    """Return a care list with cells that mean something elsewhere."""
    rows = range(dice.randrange(60))
    cells = [[dice.choice(_CELLS) for _ in range(dice.randrange(6))] for _ in rows]
    if dice.random() < 1 / 2:
        top = "v_nummer;soort;verwezen_op;plaatsgebonden;einde"
        body = (";".join(_cell(dice, ";") for _ in line) for line in cells)
        return "\n".join((top, *body)).encode()
    safe = [[re.sub(r"[<&]", "", one) for one in line] for line in cells]
    return book("".join(row(*map(text, line)) for line in safe))


def _random_parts(dice: Random) -> bytes:
    """Return a workbook with a part of random bytes, packed or not."""
    made: dict[str, bytes | str] = dict(parts())
    data = dice.randbytes(dice.choice((10, 5_000)))
    made[dice.choice(list(made))] = dice.choice((data, zlib.compress(data), data.hex()))
    archive = io.BytesIO()
    with zipfile.ZipFile(
        archive, "w", dice.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    ) as to:
        for name, part in made.items():
            to.writestr(name, part)
    return _hurt(dice, archive.getvalue(), 3) if dice.random() < 1 / 2 else archive.getvalue()


_DRAWS: Final[Mapping[Callable[[Random], bytes], int]] = {
    _hurt_sample: 20,
    _cut_sample: 5,
    _sample_in_other_signs: 3,
    _rows_of_sample: 12,
    _cells_of_sample: 16,
    _parts_of_sample: 12,
    _sheet_of_sample: 14,
    _random_bytes: 6,
    _random_table: 8,
    _random_parts: 6,
}
"""How often each kind of file is drawn."""
