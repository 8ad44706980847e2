"""Texts with delimiters made to do harm; each is told by name."""

from collections.abc import Callable, Mapping
from typing import Final

HEADER: Final = "v_nummer;soort;verwezen_op;aanbieder\n"
GOOD: Final = "0012345678;GGZ;01-09-2026;De Linde\n"
MEGABYTE: Final = 1_000_000
_SIGNS: Final = (
    "\u202e", "\u200b" * 300, "\u0301" * 5_000, "\ufdfa" * 150, "\U0010ffff", "\ud7ff", "\x85",
    "\u2028", "\x1b[31m", "\x7f", "\x0b", "\x0c", "\x1c", "\ufeff", "\ufffe", "<script>", "{{7*7}}",
    "%s%n", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\uff1d1", "../../etc/passwd",
    "'; DROP TABLE child; --", "\u0627\u202e\u05d0", "a\u0327\u0301" * 60, "\U0001f468\u200d\U0001f467",
)  # fmt: skip


def cared(*cells: str) -> bytes:
    """Return a care list with a row for each provider."""
    rows = "".join(f"0012345678;GGZ;01-09-2026;{cell}\n" for cell in cells)
    return (HEADER + rows).encode("utf-8", "surrogatepass")


def listed(text: str, encoding: str = "utf-8") -> bytes:
    """Return a care list with a text below its header."""
    return (HEADER + text).encode(encoding)


TEXTS: Final[Mapping[str, Callable[[], bytes]]] = {
    "good": lambda: listed(GOOD),
    "nothing": lambda: b"",
    "white space only": lambda: b" \r\n\t" * 100_000,
    "a byte": lambda: b"x",
    "a mark only": lambda: b"\xef\xbb\xbf",
    "a mark twice": lambda: b"\xef\xbb\xbf" * 2 + listed(GOOD),
    "a mark in the middle": lambda: listed(GOOD + "\ufeff" + GOOD),
    "utf-16": lambda: listed(GOOD, "utf-16"),
    "utf-16 without a mark": lambda: listed(GOOD, "utf-16-le"),
    "utf-32": lambda: listed(GOOD, "utf-32"),
    "utf-32 without a mark": lambda: listed(GOOD, "utf-32-be"),
    "utf-7": lambda: listed(GOOD + "\u00e9\u4e2d", "utf-7"),
    "another code page": lambda: listed("0012345678;GGZ;01-09-2026;Дом\n", "cp1251"),
    "bytes of no code page": lambda: listed(GOOD) + b"\x81\x8d\x8f\x90\x9d",
    "half a sign at the end": lambda: listed(GOOD) + "é".encode()[:1],
    "half a pair": lambda: cared("\ud800", "\udfff\ud800"),
    "NUL": lambda: listed("0012345678;G\0GZ;01-09-2026\n"),
    "NUL only": lambda: b"\0" * MEGABYTE,
    "signs that do harm": lambda: cared(*_SIGNS),
    "mixed ends of lines": lambda: listed(f"{GOOD}\r\r\n\n\r{GOOD}\x0b\x85\u2028{GOOD}"),
    "a cell of a megabyte": lambda: cared("x" * MEGABYTE),
    "a V-number of a megabyte": lambda: listed("1 " * MEGABYTE + ";GGZ;01-09-2026;\n"),
    "a header of a megabyte": lambda: b"v_nummer;" + "e\u0301".encode() * MEGABYTE + b";soort\n",
    "marks by the million": lambda: cared("a" + "\u0301\u0327" * MEGABYTE),
    "marks in every cell": lambda: cared(*["a" + "\u0301\u0327" * 500] * 500),
    "signs that grow": lambda: cared("\ufdfa" * MEGABYTE, "\u0344" * MEGABYTE),
    "a header of marks": lambda: b"v_nummer;soort;" + "\u0301\u0327".encode() * MEGABYTE,
    "quotes only": lambda: b'"' * (8 * MEGABYTE),
    "quotes on lines": lambda: b'"\n' * (2 * MEGABYTE),
    "a quote that never closes": lambda: listed('0012345678;"GGZ;01-09-2026\n' + GOOD * 20_000),
    "quotes that never close": lambda: listed('0012345678;GGZ;01-09-2026;"""a\n' * 20_000),
    "pairs of quotes": lambda: listed('"""";' * 500_000 + GOOD),
    "a quote with a line of a megabyte": lambda: listed('"' + ("a" * 10_000 + "\n") * 800),
    "delimiters only": lambda: b";" * (8 * MEGABYTE),
    "each delimiter": lambda: b";,\t" * (3 * MEGABYTE),
    "columns by the million": lambda: HEADER.encode() + b"1;" * (4 * MEGABYTE),
    "names by the million": lambda: b"v_nummer;soort;verwezen_op;" + b"soort2;" * MEGABYTE,
    "names of nothing": lambda: b"v_nummer;soort;verwezen_op" + b";" * 16_000 + b"\n" + b"1;\n" * 50_000,
    "wide and long": lambda: listed((";" * 400 + "x\n") * 20_000),
    "empty lines by the million": lambda: HEADER.encode() + b"\n" * (8 * MEGABYTE),
    "empty rows by the million": lambda: HEADER.encode() + b";;;\n" * MEGABYTE + GOOD.encode(),
    "50,000 rows": lambda: listed(GOOD * 50_000),
    "50,001 rows": lambda: listed(GOOD * 50_001),
    "50,000 rows that contradict": lambda: listed(
        "".join(f"0012345678;GGZ;01-09-2026;{n}\n" for n in range(50_000))
    ),
    "two million rows": lambda: HEADER.encode() + b"1\n" * (2 * MEGABYTE),
    "titles without end": lambda: b"titel\n" * 100_000 + listed(GOOD),
    "the header on row 21": lambda: b"titel\n" * 20 + listed(GOOD),
    "a page": lambda: b"<!doctype html><table><tr><td>v_nummer;soort;verwezen_op</table>",
    "a program": lambda: b"\x7fELF" + bytes(range(256)) * 400,
    "a script": lambda: b"#!/bin/sh\nrm -rf /\n",
    "JSON": lambda: b'{"v_nummer": ' + b"[" * 100_000,
}  # fmt: skip
"""Each text by what is wrong with it; a few are good."""
