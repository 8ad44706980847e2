"""Section 2.1 and 2.2 of the page: what kind of file it is, and its tables as rows of cells."""

import csv
import io
from dataclasses import dataclass
from typing import Any

import python_calamine

from tests.list_oracle.reading_columns import names_known

Table = list[list[Any]]
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
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            (sheet.name, book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False))
            for sheet in book.sheets_metadata
            if sheet.visible == python_calamine.SheetVisibleEnum.Visible
            and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except Exception:  # noqa: BLE001 - whatever a broken file makes the library say
        raise FileError("not-a-workbook") from None
