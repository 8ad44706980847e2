"""From the bytes of a file to a table: its kind by content, its encoding, delimiter or sheet."""

from itertools import islice
from typing import Final

from caseapp.domain.lists.delimited import DELIMITERS, decoded, records, with_plain_ends
from caseapp.domain.lists.number_cells import hide_bsn
from caseapp.domain.lists.problems import unreadable
from caseapp.domain.lists.sheet_size import HEADER_WITHIN
from caseapp.domain.lists.table import Origin, Table, best_match, header_of, no_header, table_of
from caseapp.domain.lists.words import FileFault, ListKind
from caseapp.domain.lists.workbook import visible_sheets

_ZIP: Final = b"PK\x03\x04"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"

MOST_BYTES: Final = 32_000_000
"""Bytes that a file may have: six times what a full list takes as text, ten times as workbook."""


def read_table(kind: ListKind, data: bytes) -> Table:
    """Return the list that a file holds, whatever it is called; raises FileError."""
    if not data or data.isspace():
        raise unreadable(FileFault.EMPTY_FILE)
    if data.startswith(_OLD_WORKBOOK):
        raise unreadable(FileFault.NOT_A_WORKBOOK)
    if len(data) > MOST_BYTES:
        raise unreadable(FileFault.TOO_MANY_ROWS)
    return _from_workbook(kind, data) if data.startswith(_ZIP) else _from_text(kind, data)


def _from_workbook(kind: ListKind, data: bytes) -> Table:
    matched: frozenset[str] = frozenset()
    for name, rows in visible_sheets(data):
        first = list(islice(rows, HEADER_WITHIN))
        header = header_of(kind, first)
        if header is not None:
            return table_of(header, first, rows, Origin(sheet=hide_bsn(name)))
        matched = max(matched, best_match(kind, first), key=len)
    raise no_header(kind, matched)


def _from_text(kind: ListKind, data: bytes) -> Table:
    written, encoding = decoded(data)
    text = with_plain_ends(written)
    delimiter = _delimiter(kind, text)
    rows = records(text, delimiter)
    first = list(islice(rows, HEADER_WITHIN))
    header = header_of(kind, first)
    if header is None:
        raise no_header(kind, best_match(kind, first))
    return table_of(header, first, rows, Origin(encoding=encoding, delimiter=delimiter))


def _delimiter(kind: ListKind, text: str) -> str:
    """Return the delimiter with which one of the first rows shows most names that we know."""

    def names(delimiter: str) -> int:
        return len(best_match(kind, list(islice(records(text, delimiter), HEADER_WITHIN))))

    return max(DELIMITERS, key=names)
