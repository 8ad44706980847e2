"""A worksheet holds text, days and numbers, and nothing that runs."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from caseapp.web.sheets import harmless, workbook


def parts(content):
    """Return the sheet and the texts of a workbook."""
    with ZipFile(BytesIO(content)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode(), book.read(
            "xl/sharedStrings.xml"
        ).decode()


@pytest.mark.attack(5)
@pytest.mark.asvs("1.2.10")
@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_what_looks_like_a_formula_is_text(first):
    text = f"{first}1+1"
    assert harmless(text) == f"'{text}"
    sheet, texts = parts(workbook("x", ["head"], [[text]]))
    assert "<f>" not in sheet
    assert "'" in texts


@pytest.mark.parametrize("text", ["a=1", "Jan-Willem", "", "noord"])
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == text


def test_a_link_stays_text():
    sheet, _texts = parts(workbook("x", ["head"], [["https://example.org"]]))
    assert "hyperlink" not in sheet


def test_days_and_numbers_are_days_and_numbers():
    sheet, texts = parts(workbook("x", ["day", "number", "none"], [[date(2026, 12, 15), 12, None]]))
    assert "46371" in sheet
    assert "<v>12</v>" in sheet
    assert "2026" not in texts


def test_a_title_is_cut_and_a_long_text_too():
    sheet, texts = parts(workbook("t" * 40, ["head"], [["x" * 40000]]))
    assert sheet
    assert "x" * 32000 in texts
    assert "x" * 32001 not in texts
