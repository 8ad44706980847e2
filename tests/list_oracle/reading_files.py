"""Section 2.1 and 2.2 of the page: what kind of file it is, and its tables as rows of cells."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

import python_calamine

from tests.list_oracle.reading_columns import names_known

Table = list[list[Any]]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class FileError(Exception):
    """The file cannot be read as this list; its argument is the code."""


@dataclass
class File:
    """The tables of a file by name of sheet (None for CSV), and how it is written."""

    tables: list[tuple[str | None, Table]]
    encoding: str | None = None
    delimiter: str | None = None


def read_file(kind: str, data: bytes) -> File:
    """Return the tables of a file; raise FileError when it is none of ours."""
    if data.strip() == b"":
        raise FileError("empty-file")
    if data.startswith(b"PK\x03\x04"):
        return File(_sheets(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileError("not-a-workbook")
    text, encoding = _decode(data)
    if text.strip() == "":
        raise FileError("empty-file")
    delimiter = _delimiter(kind, text)
    return File([(None, _split(text, delimiter))], encoding, delimiter)


def _decode(data: bytes) -> tuple[str, str]:
    if data.startswith(UTF_16):
        raise FileError("unknown-encoding")
    if b"\x00" in data:
        raise FileError("not-text")
    try:
        if data.startswith(b"\xef\xbb\xbf"):
            return data.decode("utf-8-sig"), "utf-8-sig"
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("windows-1252"), "windows-1252"
    except UnicodeDecodeError:
        raise FileError("not-text") from None


def _split(text: str, delimiter: str) -> Table:
    csv.field_size_limit(2**31 - 1)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _delimiter(kind: str, text: str) -> str:
    best, most = ";", 0
    for delimiter in (";", ",", "\t"):
        shown = max(names_known(kind, row) for row in _split(text, delimiter)[:20])
        if shown > most:
            best, most = delimiter, shown
    return best


def _sheets(data: bytes) -> list[tuple[str | None, Table]]:
    """Return the visible sheets; the parts of a workbook stand in the order of its sheets."""
    found: list[tuple[str | None, Table]] = []
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number, sheet in enumerate(book.sheets_metadata, 1):
            if sheet.visible == python_calamine.SheetVisibleEnum.Visible:
                table = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                found.append((sheet.name, _with_errors(table, data, number)))
    except Exception:  # noqa: BLE001 - whatever a broken file makes the library say
        raise FileError("not-a-workbook") from None
    return found


def _with_errors(table: Table, data: bytes, number: int) -> Table:
    """Put the cells that hold an error where they stand; the library leaves them empty."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ET.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314
    for cell in root.iter(f"{MAIN}c"):
        if cell.get("t") == "e":
            letters, row = re.fullmatch("([A-Z]+)([0-9]+)", cell.get("r", "")).groups()
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - ord("A") + 1
            table[int(row) - 1][column - 1] = cell.findtext(f"{MAIN}v")
    return table
