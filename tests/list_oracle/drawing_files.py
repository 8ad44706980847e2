"""Random lists as files: text in all its writings, and workbooks."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

import xlsxwriter

from tests.list_oracle.cells_rows import DAYS, REPAIRS, answer
from tests.list_oracle.cells_text import as_it_stands, is_empty
from tests.list_oracle.drawing_cells import (
    DRAW,
    EMPTY,
    LOCATIONS,
    UNSEEN,
    Draw,
    Hand,
    coded,
    day,
    text,
)
from tests.list_oracle.reading_columns import fields_of, names_of, required_of
from tests.list_oracle.shape import KINDS, Read

Rows = list[list[Any]]
CROSSED = "a column of crosses"
ERRORS = ("#N/A", "#REF!", "#DIV/0!", "#NAME?", "#VALUE!")
BROKEN = (
    b"", b" \r\n\t ", b"\xef\xbb\xbf", b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0\xa1\xb1", b"\xff\xfea\x00",
    b"\xfe\xff\x00a", b"a\x00b", b"v_nummer;\x81", b"losse tekst\nzonder kolommen", b"\xa0 \xa0",
)  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """A random file: which list it should be, the day of which it speaks, and its bytes."""

    kind: str
    on: date
    data: bytes


def draw_file(seed: int) -> Drawn:
    """Return the file of a seed."""
    rng = Random(seed)
    kind = rng.choice(KINDS)
    on = rng.choice((date(2026, 11, 2), date(2028, 2, 29), date(2027, 3, 1), date(2026, 2, 28)))
    if rng.random() < 0.03:
        return Drawn(kind, on, rng.choice(BROKEN))
    workbook = rng.random() < 0.4
    hand = Hand(rng, on, workbook, calm=rng.random() < 0.4)
    rows = draw_rows(hand, kind)
    if rng.random() < 0.1:
        rows = [["", *row] for row in rows]
    return Drawn(kind, on, _workbook(rng, rows) if workbook else _delimited(rng, rows))


def draw_rows(hand: Hand, kind: str) -> Rows:
    """Return the rows of a list from its first one on: titles, header, and what is below it."""
    rng = hand.rng
    header, fields = _header(rng, kind)
    if rng.random() < 0.2:
        fields = [CROSSED if field in {"amv", "plaatsgebonden"} else field for field in fields]
    rows: Rows = [header]
    for _ in range(rng.randrange(0, 25)):
        row = [_cell(hand, kind, field) for field in fields]
        rows += _around(rng, row, header)
    titles = rng.choice((0, 0, 0, 1, 2, 5, 18, 19, 20))
    above: Rows = [
        rng.choice(([], ["Lijst van 2-11"], [""], ["sinds", "", "x"])) for _ in range(titles)
    ]
    return above + rows


def _header(rng: Random, kind: str) -> tuple[list[Any], list[str | None]]:
    kept = [f for f in fields_of(kind) if rng.random() < (0.999 if f in required_of(kind) else 0.8)]
    rng.shuffle(kept)
    fields: list[str | None] = list(kept)
    if rng.random() < 0.02:
        fields.append(rng.choice(kept))
    for _ in range(rng.choice((0, 0, 1, 2))):
        fields.insert(rng.randrange(len(fields) + 1), None)
    return [_title(rng, kind, field) for field in fields], fields


def _title(rng: Random, kind: str, field: str | None) -> str:
    if field is None:
        return rng.choice(("", "", "Kamer", "Op merking", "-", "Kind?", "Ruimte\u00a0", "?"))
    title = rng.choice([name for name, named in names_of(kind).items() if named == field])
    title = rng.choice((title, title.replace("_", rng.choice((" ", "-", ".", "__", " - ", "\n")))))
    title = rng.choice((title, title.upper(), title.title(), title.replace("e", "é")))
    return rng.choice(("", "", "", " ", "_", "\u200b")) + title + rng.choice(("", "", ".", " "))


def _cell(hand: Hand, kind: str, field: str | None) -> Any:
    rng = hand.rng
    if field is None:
        return rng.choice(("", "", "A12", "let op; tolk", "=1"))
    if field == CROSSED:
        return rng.choice(("x", "X", "", "-", "x "))
    if rng.random() < (0.03 if hand.calm else 0.12):
        return rng.choice(EMPTY)
    draw = coded(f"{kind} soort") if field == "soort" else _drawer(field)
    cell = next(
        cell for cell in _tries(draw, hand) if not hand.calm or _is_good(hand, kind, field, cell)
    )
    if isinstance(cell, str) and rng.random() < 0.06:
        return rng.choice(UNSEEN) + cell + rng.choice(UNSEEN)
    return cell


def _drawer(field: str) -> Draw:
    return DRAW.get(field, day if field in DAYS.split() else text)


def _tries(draw: Draw, hand: Hand) -> Iterator[Any]:
    """Yield cells, and at last an empty one."""
    yield from (draw(hand) for _ in range(10))
    yield ""


def _is_good(hand: Hand, kind: str, field: str, cell: Any) -> bool:
    """Return whether the page has nothing against a cell."""
    if is_empty(cell):
        return True
    _, reason = answer(Read(kind, hand.on), field, cell, frozenset(LOCATIONS))
    return reason is None or reason in REPAIRS


def _around(rng: Random, row: list[Any], header: list[Any]) -> Rows:
    """Return a row, or what may stand where a row would."""
    drawn = rng.random()
    if drawn < 0.8:
        return [row]
    note = rng.choice(
        ("Totaal", "totaal: 12", "SUBTOTAAL", "Eindtotaal", "Total", "Totalen", "Let op")
    )
    return rng.choice((
        [[]], [[""] * len(row)], [["-", "n.v.t."]], [list(header)], [["", note]], [[note, "a", "b", "c"]],
        [[note, 12.0]], [["", "", note, "", "x", "y"]], [[*row, "nog iets"]], [[*row, "", " "]],
        [row[: rng.randrange(len(row))]], [row, list(row)], [[note, *row[1:]]],
    ))  # fmt: skip


def _delimited(rng: Random, rows: Rows) -> bytes:
    delimiter = rng.choice((";", ",", "\t"))
    always = rng.random() < 0.2
    special = ("",) if always else (delimiter, "\n", "\r")
    lines = [
        delimiter.join(_quoted(rng, as_it_stands(cell), special) for cell in row) for row in rows
    ]
    written = rng.choice(("\n", "\r\n", "\r")).join(
        [*lines, ""][: None if rng.random() < 0.7 else -1]
    )
    encoding = rng.choice(("utf-8", "utf-8-sig", "windows-1252"))
    return written.encode(encoding, "ignore")


def _quoted(rng: Random, cell: str, special: Sequence[str]) -> str:
    """Return a cell between quotes when it holds something special, or by chance."""
    needed = cell.startswith('"') or any(sign in cell for sign in special)
    return '"' + cell.replace('"', '""') + '"' if needed or rng.random() < 0.02 else cell


def _workbook(rng: Random, rows: Rows) -> bytes:
    """Return a workbook with the rows in one of its sheets."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        days = book.add_format({"num_format": "dd-mm-yyyy"})
        decoys = rng.choice((0, 0, 0, 1, 2))
        for number in range(decoys):
            sheet = book.add_worksheet(f"Blad{number}")
            hidden = rng.random() < 0.5
            _fill(rng, sheet, rows[:30] if hidden else [["Uitleg", "van", "alles"]], days)
            if hidden:
                rng.choice((sheet.hide, sheet.very_hidden))()
        _fill(rng, main := book.add_worksheet("Lijst"), rows, days)
        main.activate()
        main.set_first_sheet()
        if rng.random() < 0.2:
            _fill(rng, book.add_worksheet("Nog een"), rows[:3], days)
    return data.getvalue()


def _fill(rng: Random, sheet: Any, rows: Sequence[Sequence[Any]], days: Any) -> None:
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell != "":
                _write(rng, sheet, at, column, cell, days)


def _write(rng: Random, sheet: Any, at: int, column: int, cell: Any, days: Any) -> None:
    formula = rng.random() < 0.03
    if isinstance(cell, date):
        sheet.write_datetime(at, column, cell, days)
    elif rng.random() < 0.02:
        sheet.write_formula(at, column, "=1/0", None, rng.choice(ERRORS))
    elif formula and isinstance(cell, (str, float)):
        sheet.write_formula(at, column, "=A1", None, cell)
    elif isinstance(cell, bool):
        sheet.write_boolean(at, column, cell)
    elif isinstance(cell, float):
        sheet.write_number(at, column, cell)
    else:
        sheet.write_string(at, column, cell)
