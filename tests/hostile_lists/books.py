"""Workbooks made to do harm by what stands in their parts; each is told by name."""

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

HEADER: Final = ("v_nummer", "soort", "verwezen_op")
SHEET: Final = "xl/worksheets/sheet1.xml"
SHARED: Final = "xl/sharedStrings.xml"
BOOK: Final = "xl/workbook.xml"
RELATIONS: Final = "xl/_rels/workbook.xml.rels"
STYLES: Final = "xl/styles.xml"
CORNER: Final = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

_SCHEMAS: Final = "http://schemas.openxmlformats.org"
_MAIN: Final = f'xmlns="{_SCHEMAS}/spreadsheetml/2006/main"'
_OFFICE: Final = f"{_SCHEMAS}/officeDocument/2006/relationships"
_START: Final = '<?xml version="1.0" encoding="UTF-8"?>'


def relation(number: int, kind: str, target: str) -> str:
    """Return a relation of the workbook to one of its parts."""
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def relations(*each: str) -> str:
    """Return the part that holds relations."""
    space = f"{_SCHEMAS}/package/2006/relationships"
    return f'{_START}<Relationships xmlns="{space}">{"".join(each)}</Relationships>'


def sheets(*each: str) -> str:
    """Return the workbook part with these sheets; an attribute may say that one is hidden."""
    names = "".join(
        f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}" {more}/>' for n, more in enumerate(each, 1)
    )
    return f'{_START}<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>'


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """Return the part of a sheet with these rows."""
    return f"{_START}<worksheet {_MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def text(words: str) -> str:
    """Return a cell with a text of its own."""
    return f'<c t="inlineStr"><is><t>{words}</t></is></c>'


def row(*cells: str, at: str = "") -> str:
    """Return a row of cells."""
    return f"<row{at}>{''.join(cells)}</row>"


TOP: Final = row(*map(text, HEADER))
GOOD: Final = row("<c><v>12345678</v></c>", text("GGZ"), text("01-09-2026"))


def parts(rows: str = GOOD, **more: str) -> dict[str, str]:
    """Return the parts of a care list with these rows below its header."""
    types = (
        f'{_START}<Types xmlns="{_SCHEMAS}/package/2006/content-types"><Default Extension="xml" '
    )
    return {
        "[Content_Types].xml": f'{types}ContentType="application/xml"/></Types>',
        "_rels/.rels": relations(relation(1, "officeDocument", "xl/workbook.xml")),
        BOOK: sheets(""),
        RELATIONS: relations(
            relation(1, "worksheet", "worksheets/sheet1.xml"),
            relation(2, "sharedStrings", "sharedStrings.xml"),
            relation(3, "styles", "styles.xml"),
        ),
        SHEET: sheet(TOP + rows),
        **more,
    }


def zipped(made: Mapping[str, str | bytes]) -> bytes:
    """Return parts as a file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, part in made.items():
            book.writestr(name, part)
    return data.getvalue()


def book(rows: str = GOOD, **more: str | bytes) -> bytes:
    """Return a care list with these rows; other parts are given by their place in the file."""
    return zipped({**parts(rows), **{_PLACES.get(name, name): part for name, part in more.items()}})


_PLACES: Final = {
    "sheet": SHEET, "shared": SHARED, "workbook": BOOK, "relations": RELATIONS, "styles": STYLES,
}  # fmt: skip


def cell(reference: str, value: str = "1", more: str = "") -> str:
    """Return a cell at a place."""
    return f'<c r="{reference}" {more}><v>{value}</v></c>'


def shared(*texts: str) -> str:
    """Return the part with the texts that cells share."""
    return f"{_START}<sst {_MAIN}>{''.join(f'<si><t>{one}</t></si>' for one in texts)}</sst>"


def styles(formats: str) -> str:
    """Return the part with a day format (style 1) and these other number formats."""
    xfs = '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="200"/>'
    return f"{_START}<styleSheet {_MAIN}><numFmts>{formats}</numFmts><cellXfs>{xfs}</cellXfs></styleSheet>"


def day(value: str) -> str:
    """Return a row whose day is a number with the format of a day."""
    return row("<c><v>12345678</v></c>", text("GGZ"), f'<c s="1"><v>{value}</v></c>')


def many_sheets() -> bytes:
    """Return a workbook with 100 sheets, each with the corner of a large rectangle."""
    made = parts()
    made[BOOK] = sheets(*[""] * 100)
    made[RELATIONS] = relations(
        *(relation(n, "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, 101))
    )
    for number in range(1, 101):
        made[f"xl/worksheets/sheet{number}.xml"] = sheet(cell("A1") + cell("XFD200"))
    return zipped(made)


def hidden_sheets(state: str) -> bytes:
    """Return a workbook whose first sheet nobody sees and is far too long, and whose second is good."""
    made = parts()
    made[BOOK] = sheets(f'state="{state}"', "")
    made[RELATIONS] = relations(
        relation(1, "worksheet", "worksheets/sheet2.xml"),
        relation(2, "worksheet", "worksheets/sheet1.xml"),
    )
    made["xl/worksheets/sheet2.xml"] = sheet(TOP + GOOD * 60_000)
    return zipped(made)


def _entity(place: str, declared: str) -> bytes:
    made = parts(styles="", shared="")
    made |= {STYLES: styles(""), SHARED: shared("x")}
    made[place] = made[place].replace("?>", f"?><!DOCTYPE x [{declared}]>", 1)
    return zipped(made)


_LAUGHS: Final = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">'
_OUTSIDE: Final = '<!ENTITY a SYSTEM "file:///etc/hostname">'
_PARTS: Final = (*parts(), STYLES, SHARED)
_NUMBERS: Final = (
    "NaN", "inf", "-inf", "1e400", "-1e400", "1e15", "-0", "0", "-1", "60", "2958465", "2958466",
    "29220.99", "29221", "54788.99", "54789", "0x10", "1_000", "", " ", "١٢٣", "1" * 400,
)  # fmt: skip

BOOKS: Final[Mapping[str, Callable[[], bytes]]] = {
    "good": book,
    "a reference of six letters": lambda: book(row(cell("AAAAAA2"))),
    "a reference of seven letters": lambda: book(row(cell("ZZZZZZZ2"))),
    "a reference of eight digits": lambda: book(row(cell("A99999999"))),
    "a reference that wraps around": lambda: book(row(cell("A4294967297"))),
    "a reference with signs": lambda: book(row(cell("$A$2"))),
    "a row beyond all rows": lambda: book(row("<c><v>1</v></c>", at=' r="4294967295"')),
    "a row of twenty digits": lambda: book(row("<c><v>1</v></c>", at=f' r="{"9" * 20}"')),
    "row nought": lambda: book(row(cell("A0"), at=' r="0"')),
    "cells in opposite corners": lambda: book(CORNER),
    "cells beside rows": lambda: book("<c/>" * 200_000 + row("<c><v>1</v></c>", at=' r="1048576"')),
    "rows that go up": lambda: book(row(cell("A9"), at=' r="9"') + row(cell("B5"), at=' r="5"')),
    "a dimension of everything": lambda: book(
        sheet=sheet(TOP + GOOD, before='<dimension ref="A1:XFD1048576"/>')
    ),
    "two sets of rows": lambda: book(sheet=sheet(TOP, after=f"<sheetData>{CORNER}</sheetData>")),
    "elements a hundred thousand deep": lambda: book(row("<a>" * 100_000 + "</a>" * 100_000)),
    "millions of empty cells": lambda: book(row("<c/>" * 2_000_000)),
    "very many attributes": lambda: book(row(at="".join(map(" a{}='1'".format, range(300_000))))),
    "one long text that many cells share": lambda: book(
        row(*['<c t="s"><v>0</v></c>'] * 200) * 100, shared=shared("x" * 1_000_000)
    ),
    "a shared text hidden from some": lambda: book(
        row('<c t="s"><v>1<![CDATA[0]]></v></c>'), shared=shared(*"abcdefghijkl")
    ),
    "a shared text that is not there": lambda: book(
        row('<c t="s"><v>99</v></c>'), shared=shared("a")
    ),
    "a million shared texts": lambda: book(shared=shared(*map(str, range(1_000_000)))),
    "sheets where texts should be": lambda: book(
        relations=relations(relation(1, "worksheet", "sharedStrings.xml")), shared=sheet(CORNER)
    ),
    "texts where a sheet should be": lambda: book(
        relations=relations(
            relation(1, "worksheet", "worksheets/sheet1.xml"),
            relation(2, "sharedStrings", "worksheets/sheet2.xml"),
        ),
        **{"xl/worksheets/sheet2.xml": shared("x" * 1_000_000)},
    ),
    "a relation out of the file": lambda: book(
        relations=relations(relation(1, "worksheet", "../../../../etc/passwd"))
    ),
    "a relation to itself": lambda: book(
        relations=relations(relation(1, "worksheet", "workbook.xml"))
    ),
    "no relations": lambda: book(relations=relations()),
    "a relation far away": lambda: book(
        relations=relations(
            relation(1, "worksheet", "http://127.0.0.1/x").replace("/>", ' TargetMode="External"/>')
        )
    ),
    "one hundred sheets": many_sheets,
    "a hidden sheet too long": partial(hidden_sheets, "hidden"),
    "a very hidden sheet too long": partial(hidden_sheets, "veryHidden"),
    "formulas": lambda: book(
        row("<c><f>1+1</f><v>2</v></c>", '<c t="str"><f>CMD()</f><v>=CMD()</v></c>', text("=1+1"))
    ),
    "a shared formula over everything": lambda: book(
        row('<c><f t="shared" si="4294967295" ref="A1:XFD1048576">A1</f><v>1</v></c>')
    ),
    "a cell of a megabyte": lambda: book(row(text("x" * 1_000_000), text("GGZ"))),
    "a cell of a megabyte of marks": lambda: book(row(text("\u0301\u0327" * 250_000), text("GGZ"))),
    "errors and truths": lambda: book(
        row('<c t="e"><v>#GEK!</v></c>', '<c t="b"><v>7</v></c>', '<c t="d"><v>2026-13-45</v></c>')
    ),
    "parts in another encoding": lambda: book(
        sheet=sheet(TOP + GOOD).replace("UTF-8", "UTF-16").encode("utf-16")
    ),
    "parts that lie about their encoding": lambda: book(
        sheet=sheet(TOP + GOOD).replace("UTF-8", "cp037")
    ),
    "formats by the million": lambda: book(
        styles=styles("".join(f'<numFmt numFmtId="{n}" formatCode="d"/>' for n in range(900_000)))
    ),
    "a format of a megabyte": lambda: book(
        day("45000"), styles=styles(f'<numFmt numFmtId="200" formatCode="{"[" * 1_000_000}"/>')
    ),
    "a workbook of 1904": lambda: book(
        day("45000"),
        workbook=sheets("").replace("<sheets>", '<workbookPr date1904="1"/><sheets>'),
        styles=styles(""),
    ),
    **{
        f"the number {value[:12]!r} as a day": partial(book, day(value), styles=styles(""))
        for value in _NUMBERS
    },
    **{f"laughs in {place}": partial(_entity, place, _LAUGHS) for place in _PARTS},
    **{f"a file outside in {place}": partial(_entity, place, _OUTSIDE) for place in _PARTS},
}
"""Each workbook by what is wrong with it; a few are good, or nearly."""
