"""Reading a file: its kind by content, encoding, delimiter, header, columns and row numbers."""

import pytest

from caseapp.domain.lists.problems import FileError
from caseapp.domain.lists.reader import read_table
from caseapp.domain.lists.words import FileFault, ListKind

HEADER = "V-nummer;Soort;Verwezen op"
ROW = "0012345678;GGZ;01-09-2026"


def table(text, kind=ListKind.CARE, encoding="utf-8"):
    return read_table(kind, text.encode(encoding))


def fault(data, kind=ListKind.CARE):
    with pytest.raises(FileError) as raised:
        read_table(kind, data)
    return raised.value.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", FileFault.EMPTY_FILE),
        (b" \r\n\t ", FileFault.EMPTY_FILE),
        (b"\xef\xbb\xbf \n", FileFault.EMPTY_FILE),
        ("\u00a0\n".encode(), FileFault.EMPTY_FILE),
        (b"PK\x03\x04 and no more", FileFault.NOT_A_WORKBOOK),
        (b"\xd0\xcf\x11\xe0 an old workbook", FileFault.NOT_A_WORKBOOK),
        (HEADER.encode("utf-16"), FileFault.UNKNOWN_ENCODING),
        (b"\xfe\xff\x00V", FileFault.UNKNOWN_ENCODING),
        (HEADER.encode("utf-16-le"), FileFault.NOT_TEXT),
        (b"V-nummer\x00;Soort", FileFault.NOT_TEXT),
        (b"V-nummer;Soort;\x81", FileFault.NOT_TEXT),
        (b"MZ this is a program", FileFault.NO_HEADER),
        (b"V-nummer;Leeftijd;Datum\n", FileFault.NO_HEADER),
        (b"V-nummer;Soort;Datum\n", FileFault.MISSING_COLUMN),
        (b"V-nummer;Soort;Verwezen op;V nr\n", FileFault.DUPLICATE_COLUMN),
    ],
)
def test_a_file_that_is_no_such_list_says_why(data, code):
    assert fault(data) is code


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("windows-1252", "windows-1252")],
)
def test_the_encoding_is_told_and_letters_survive_it(encoding, told):
    found = table(f"{HEADER};Aanbieder\n{ROW};Praktijk Zoë\n", encoding=encoding)
    assert found.origin.encoding == told
    assert found.lines[0].cells[3] == "Praktijk Zoë"


def test_plain_ascii_is_utf_8():
    assert table(f"{HEADER}\n{ROW}\n").origin.encoding == "utf-8"


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_is_the_one_that_shows_our_names(delimiter):
    text = f"a;b,c\td;e,f\tg\n{HEADER}\n{ROW}\n".replace(";", delimiter)
    assert table(text).origin.delimiter == delimiter


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_numbered_as_a_spreadsheet_does(end):
    text = f'Lijst{end}{end}{HEADER}{end}{ROW}{end};;{end}0012345678;"GGZ{end}x";1{end}{ROW}'
    found = table(text)
    assert found.header_row == 3
    assert [line.number for line in found.lines] == [4, 6, 7]


def test_a_quoted_cell_holds_delimiters_quotes_and_line_breaks():
    found = table(f'{HEADER};Aanbieder\n{ROW};"a ""b"" ; c\nd"\n')
    assert found.lines[0].cells[3] == 'a "b" ; c\nd'


def test_a_quote_inside_a_cell_is_a_sign_like_any_other():
    found = table(f'{HEADER};Aanbieder\n{ROW};De "Brug"\n')
    assert found.lines[0].cells[3] == 'De "Brug"'


def test_a_quote_that_never_closes_does_not_swallow_the_rows_below():
    found = table(f'{HEADER};Aanbieder\n{ROW};"Brug\n' + f"{ROW};x\n" * 200)
    assert len(found.lines) == 201
    assert found.lines[0].cells[3] == '"Brug'


@pytest.mark.parametrize(
    "name", ["V-NUMMER", " v__nummer ", "V.nummer", "v\u00a0nummer", "\u200bVnr", "V-number"]
)
def test_a_column_name_is_known_however_it_is_written(name):
    found = table(f"{name};Soort;Verwijsdatum\n")
    assert [column.field for column in found.places.values()] == [
        "v_number",
        "kind",
        "referred_on",
    ]


def test_accents_in_a_column_name_do_not_matter():
    assert table("V-nummér;Soort;Verwezen_op\n").header_row == 1


@pytest.mark.parametrize(("above", "found"), [(19, True), (20, False)])
def test_the_header_stands_among_the_first_twenty_rows(above, found):
    text = "titel\n" * above + HEADER
    assert (fault(text.encode()) is FileFault.NO_HEADER) if not found else table(text).header_row


def test_a_title_above_the_header_may_have_names_of_ours_in_it():
    assert table(f"V-nummer;Soort\n{HEADER}\n").header_row == 2


def test_unknown_columns_are_named_in_file_order_and_empty_ones_left_out():
    text = f"Kamer;{HEADER};;Zus en Zo;;\nA1;{ROW};;x;7;-\n"
    assert table(text).ignored == ("Kamer", "Zus en Zo", "#7")


def test_a_header_without_rows_is_an_empty_list():
    assert table(f"{HEADER}\n\n;;\n").lines == ()


@pytest.mark.parametrize(("rows", "fits"), [(50_000, True), (50_001, False)])
def test_a_list_has_at_most_fifty_thousand_rows(rows, fits):
    data = f"{HEADER}\n{f'{ROW}' + chr(10)}".encode() + f"{ROW}\n\n".encode() * (rows - 1)
    if fits:
        assert len(read_table(ListKind.CARE, data).lines) == rows
    else:
        assert fault(data) is FileFault.TOO_MANY_ROWS
