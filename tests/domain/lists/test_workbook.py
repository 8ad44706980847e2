"""Workbooks: the sheets that people see, their cells, and files made to do harm."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from caseapp.domain.lists.error_cells import errors_as_texts
from caseapp.domain.lists.known import Known
from caseapp.domain.lists.pipeline import examine
from caseapp.domain.lists.problems import FileError
from caseapp.domain.lists.reader import read_table
from caseapp.domain.lists.words import FileFault, ListKind
from tests.domain.lists.making import workbook

HEADER = ("V-nummer", "Soort", "Verwezen op")
ROW = (12345678, "GGZ", date(2026, 9, 1))
SHEET = "xl/worksheets/sheet1.xml"


def table(data):
    return read_table(ListKind.CARE, data)


def fault(data):
    with pytest.raises(FileError) as raised:
        table(data)
    return raised.value.code


def rewritten(change, **more):
    """Return a good workbook of which one part is changed, and others are added."""
    source = zipfile.ZipFile(io.BytesIO(workbook(("Zorg", (HEADER, ROW), True))))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, change(part) if name == SHEET else part)
        for name, part in more.items():
            target.writestr(name, part)
    return data.getvalue()


def test_the_first_sheet_that_people_see_and_that_has_a_header_is_read():
    data = workbook(
        ("Uitleg", [("Lees dit eerst",)], True),
        ("Geheim", [HEADER, ROW, ROW], False),
        ("Zorg", [("Titel",), HEADER, ROW], True),
    )
    found = table(data)
    assert (found.origin.sheet, found.header_row) == ("Zorg", 2)
    assert (found.origin.encoding, found.origin.delimiter) == (None, None)
    assert [line.number for line in found.lines] == [3]


def test_a_hidden_sheet_is_never_read():
    data = workbook(("Leeg", [], True), ("Geheim", [HEADER, ROW], False))
    assert fault(data) is FileFault.NO_HEADER


def test_the_names_of_the_best_sheet_tell_what_lacks():
    data = workbook(("Een", [("x",)], True), ("Twee", [HEADER[:2]], True))
    assert fault(data) is FileFault.MISSING_COLUMN


def test_numbers_days_and_empty_rows_above_keep_their_place():
    data = workbook(("Zorg", [(), (), HEADER, (), ROW], True))
    found = table(data)
    assert found.header_row == 3
    assert [(line.number, line.cells[0]) for line in found.lines] == [(5, 12345678.0)]
    assert found.lines[0].cells[2] == date(2026, 9, 1)


@pytest.mark.attack(8)
@pytest.mark.asvs("1.5.1")
@pytest.mark.parametrize(
    "entity",
    [
        b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_entities_are_refused(entity):
    data = rewritten(lambda part: part.replace(b"<worksheet", entity + b"<worksheet", 1))
    assert fault(data) is FileFault.NOT_A_WORKBOOK


def test_two_cells_in_opposite_corners_are_refused_before_a_sheet_is_laid_out():
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    data = rewritten(lambda part: part.replace(b"</sheetData>", cell, 1))
    assert fault(data) is FileFault.NOT_A_WORKBOOK


def test_cells_without_a_reference_are_counted_too():
    row = b"<row>" + b"<c><v>1</v></c>" * 500 + b"</row>"
    rows = row + b"<row><c><v>1</v></c></row>" * 9_000 + b"</sheetData>"
    data = rewritten(lambda part: part.replace(b"</sheetData>", rows, 1))
    assert fault(data) is FileFault.NOT_A_WORKBOOK


def test_empty_styled_rows_far_below_do_no_harm():
    row = b'<row r="1048576"><c r="A1048576" s="1"/></row></sheetData>'
    data = rewritten(lambda part: part.replace(b"</sheetData>", row, 1))
    assert [line.number for line in table(data).lines] == [2]


@pytest.mark.attack(9)
@pytest.mark.asvs("5.2.1")
def test_more_rows_than_a_list_may_have_are_refused_while_unpacking():
    rows = b"<row><c><v>1</v></c></row>" * 50_021 + b"</sheetData>"
    data = rewritten(lambda part: part.replace(b"</sheetData>", rows, 1))
    assert fault(data) is FileFault.TOO_MANY_ROWS


def declaring(data, declared):
    """Return a workbook whose directory says that its sheet is of another size than it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        size = book.getinfo(SHEET).file_size
    at = data.rindex(size.to_bytes(4, "little"))
    return data[:at] + declared.to_bytes(4, "little") + data[at + 4 :]


@pytest.mark.attack(9)
@pytest.mark.asvs("5.2.3")
def test_a_directory_that_declares_too_much_is_refused_before_unpacking():
    data = rewritten(lambda part: part)
    assert fault(declaring(data, 4_000_000_000)) is FileFault.TOO_MANY_ROWS


@pytest.mark.attack(9)
@pytest.mark.asvs("5.2.3")
def test_a_directory_that_declares_less_than_there_is_is_refused():
    data = rewritten(lambda part: part + b" " * 5_000_000)
    assert fault(declaring(data, 1_000)) is FileFault.NOT_A_WORKBOOK


def test_a_part_that_is_no_xml_is_refused_at_its_first_piece():
    data = rewritten(lambda part: part.replace(part, b"\0" * 90_000_000))
    assert fault(data) is FileFault.NOT_A_WORKBOOK


def test_parts_that_hold_no_cells_are_left_alone():
    data = rewritten(lambda part: part, **{"xl/vbaProject.bin": b"x", "bomb.zip": b"PK\3\4"})
    assert len(table(data).lines) == 1


def test_the_same_part_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = rewritten(lambda part: part, **{SHEET: b"<worksheet/>"})
    assert fault(data) is FileFault.NOT_A_WORKBOOK


@pytest.mark.attack(10)
@pytest.mark.asvs("5.2.2")
def test_another_kind_of_zip_is_no_workbook():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as book:
        book.writestr("content.xml", "<office/>")
    assert fault(data.getvalue()) is FileFault.NOT_A_WORKBOOK


def test_a_cell_that_holds_an_error_is_not_silent():
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Zorg")
        for at, name in enumerate((*HEADER, "Intake op", "Einde", "Aanbieder")):
            sheet.write(0, at, name)
        for at, cell in enumerate(("0012345678", "GGZ", "01-09-2026")):
            sheet.write(1, at, cell)
        for at, error in enumerate(("#REF!", "#N/A", "#DIV/0!"), 3):
            sheet.write_formula(1, at, "=A1", None, error)
    (line,) = table(data.getvalue()).lines
    assert line.cells[3:] == ("#REF!", "#N/A", "#DIV/0!")
    report = examine(ListKind.CARE, data.getvalue(), on=date(2026, 11, 2), known=Known())
    told = [(p.column, p.reason.value, p.value) for p in report.rows[0].problems]
    assert ("intake_op", "bad-date", "#REF!") in told
    assert "einde" not in {column for column, _, _ in told}


@pytest.mark.parametrize("size", [1, 7, 20, 1000])
def test_an_error_is_found_wherever_the_pieces_of_a_sheet_end(size):
    sheet = b"""<x:c r="A1" s="2" t="e"><v>#REF!</v></x:c><c t='e'/><c t="s"/><cols t="e"/><t>t="e"</t>"""
    pieces = (sheet[at : at + size] for at in range(0, len(sheet), size))
    found = b"".join(errors_as_texts(pieces))
    assert found == (
        b"""<x:c r="A1" s="2" t="str"><v>#REF!</v></x:c><c t="str"/>"""
        b"""<c t="s"/><cols t="e"/><t>t="e"</t>"""
    )


def test_a_tag_that_never_closes_is_passed_on():
    pieces = [b"<c " + b"x" * 9_000] * 4
    assert b"".join(errors_as_texts(iter(pieces))) == b"".join(pieces)
