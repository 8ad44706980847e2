"""The cell: each kind, what is accepted and what is not, on both sides of each boundary."""

from datetime import date

import pytest

from caseapp.domain.lists.cells import READERS, Reach
from caseapp.domain.lists.columns import Holds
from caseapp.domain.lists.number_cells import is_bsn
from caseapp.domain.lists.texts import clean, folded, is_empty, plain, show
from caseapp.domain.lists.words import ListKind, Reason
from tests.domain.lists.making import ON, outcome, report_on

REACH = Reach(ON, ("A-1", "AZC-Hlm"))


def read(holds, cell):
    return READERS[holds](REACH)(plain(cell), cell)


def value(holds, cell):
    found = read(holds, cell)
    return found.reason or found.value


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  a\u00a0 b\n\tc ", "a b c"),
        ("Zoe\u0308", "Zoë"),
        ("a\u200bb\ufeff\u202e", "ab"),
        ("a\x1b[0m", "a[0m"),
    ],
)
def test_a_cell_is_cleaned_in_silence(raw, cleaned):
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    "text", ["", "-", "--", "?", "n.v.t.", "NVT", "N/A", "#n/a", "#N/B", "Onbekend", "UNKNOWN"]
)
def test_words_that_mean_empty_are_empty(text):
    assert is_empty(text)


def test_null_is_empty_in_capitals_only():
    assert is_empty("NULL")
    assert not is_empty("Null")


def test_a_whole_number_is_written_without_its_point():
    assert (show(5.0), show(5.5), show(float("inf"))) == ("5", "5.5", "inf")
    assert show(12345678.0) == "12345678"
    assert show(date(2026, 1, 2)) == "02-01-2026"


def test_names_are_folded_to_letters_and_digits():
    assert folded("El-Ḥaddād  2") == folded("el haddad2") == "elhaddad2"


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("0012345678", "0012345678"),
        (12345678.0, Reason.V_NUMBER_REPAIRED),
        ("1234567", Reason.V_NUMBER_REPAIRED),
        ("123456", Reason.BAD_V_NUMBER),
        ("12345678901", Reason.BAD_V_NUMBER),
        ("123456789", Reason.V_NUMBER_REPAIRED),
        ("123456782", Reason.PERHAPS_BSN),
        ("1234.56.782", Reason.PERHAPS_BSN),
        (123456782.0, Reason.PERHAPS_BSN),
        ("000000000", Reason.V_NUMBER_REPAIRED),
        ("0123456782", "0123456782"),
        ("001 234-56.78", Reason.V_NUMBER_REPAIRED),
        ("12345678.0", Reason.V_NUMBER_REPAIRED),
        ("0012345678,0", Reason.V_NUMBER_REPAIRED),
        ("123456.0", Reason.BAD_V_NUMBER),
        ("12345678,5", Reason.BAD_V_NUMBER),
        ("V0012345678", Reason.V_NUMBER_REPAIRED),
        ("V 0012345678", Reason.V_NUMBER_REPAIRED),
        ("V12345678", Reason.BAD_V_NUMBER),
        ("V123456782", Reason.BAD_V_NUMBER),
        ("2,8E+07", Reason.BAD_V_NUMBER),
        ("-12345678", Reason.BAD_V_NUMBER),
        ("٠٠١٢٣٤٥٦٧٨", Reason.BAD_V_NUMBER),
        ("1" * 201, Reason.BAD_V_NUMBER),
        ("1 " * 3_000, Reason.BAD_V_NUMBER),
        (1e300, Reason.BAD_V_NUMBER),
    ],
)
def test_a_v_number_is_read_repaired_or_refused(cell, told):
    assert value(Holds.V_NUMBER, cell) == told


def test_a_repaired_v_number_has_its_zeros_back():
    assert read(Holds.V_NUMBER, 1234567.0).value == "0001234567"
    assert read(Holds.V_NUMBER, "12345678.0").value == "0012345678"


def test_the_eleven_test_does_not_take_nothing_for_a_number():
    assert is_bsn("111222333")
    assert not is_bsn("111222334")
    assert not is_bsn("000000000")


@pytest.mark.asvs("2.2.1")
@pytest.mark.parametrize(
    ("holds", "cell", "told"),
    [
        (Holds.YES_NO, "Ja", True),
        (Holds.YES_NO, 1.0, True),
        (Holds.YES_NO, "WAAR", True),
        (Holds.YES_NO, "onwaar", False),
        (Holds.YES_NO, "0", False),
        (Holds.YES_NO, "x", Reason.UNKNOWN_CODE),
        (Holds.SEX, "M", "male"),
        (Holds.SEX, "meisje", "female"),
        (Holds.SEX, "O", "unknown"),
        (Holds.SEX, "J", Reason.UNKNOWN_CODE),
        (Holds.NATIONALITY, "syr", "SYR"),
        (Holds.NATIONALITY, "XXA", "XXA"),
        (Holds.NATIONALITY, "rks", "RKS"),
        (Holds.NATIONALITY, "SYI", Reason.UNKNOWN_CODE),
        (Holds.NATIONALITY, "SY", Reason.UNKNOWN_CODE),
        (Holds.LOCATION_KIND, "col amv", "COL_AMV"),
        (Holds.LOCATION_KIND, "KWV-AZC", "KWV_AZC"),
        (Holds.LOCATION_KIND, "azc Emmen", Reason.UNKNOWN_CODE),
        (Holds.OPERATOR, "COA", "coa"),
        (Holds.OPERATOR, "Veiligheidsregio", "gemeente"),
        (Holds.OPERATOR, "particulier", "private"),
        (Holds.REGION, "Zuid", "zuid"),
        (Holds.REGION, "west", Reason.UNKNOWN_CODE),
        (Holds.SCHOOL_KIND, "po-nieuwkomers", "PO_nieuwkomers"),
        (Holds.SCHOOL_KIND, "overig", Reason.UNKNOWN_CODE),
        (Holds.CARE_KIND, "gza intake", "GZA_INTAKE"),
        (Holds.CARE_KIND, "Ziekenhuis", "SPECIALIST"),
        (Holds.CARE_KIND, "tandarts", "DENTAL"),
        (Holds.CARE_KIND, "anders", "OTHER"),
        (Holds.CARE_KIND, "psycholoog", Reason.UNKNOWN_CODE),
        (Holds.STATUS, "GEANNULEERD", "cancelled"),
        (Holds.STATUS, "confirmed", "confirmed"),
        (Holds.STATUS, "onder voorbehoud", Reason.UNKNOWN_CODE),
        (Holds.MUNICIPALITY, "gm0344", "GM0344"),
        (Holds.MUNICIPALITY, "344", Reason.CODE_REPAIRED),
        (Holds.MUNICIPALITY, "5", Reason.UNKNOWN_CODE),
        (Holds.MUNICIPALITY, "12345", Reason.UNKNOWN_CODE),
        (Holds.MUNICIPALITY, "Utrecht", Reason.UNKNOWN_CODE),
        (Holds.BRIN, "99qj", "99QJ"),
        (Holds.BRIN, "99QJ01", "99QJ01"),
        (Holds.BRIN, "9QJ", Reason.UNKNOWN_CODE),
        (Holds.BRIN, "99QJ1", Reason.UNKNOWN_CODE),
        (Holds.NEW_CODE, "azc-nieuw_1", "AZC-NIEUW_1"),
        (Holds.NEW_CODE, "A", Reason.UNKNOWN_CODE),
        (Holds.NEW_CODE, "A" * 20, "A" * 20),
        (Holds.NEW_CODE, "A" * 21, Reason.UNKNOWN_CODE),
        (Holds.NEW_CODE, "AZC Emmen", Reason.UNKNOWN_CODE),
        (Holds.LOCATION, "azc-hlm", "AZC-Hlm"),
        (Holds.LOCATION, "Haarlem", Reason.UNKNOWN_LOCATION),
        (Holds.COUNT, "1", 1),
        (Holds.COUNT, 10_000.0, 10_000),
        (Holds.COUNT, "0", Reason.BAD_NUMBER),
        (Holds.COUNT, "10001", Reason.BAD_NUMBER),
        (Holds.COUNT, "1.200", Reason.BAD_NUMBER),
        (Holds.COUNT, 1.5, Reason.BAD_NUMBER),
        (Holds.HOURS, "25,75", 25.75),
        (Holds.HOURS, 22.5, 22.5),
        (Holds.HOURS, "0", 0.0),
        (Holds.HOURS, "40", 40.0),
        (Holds.HOURS, "40,01", Reason.BAD_NUMBER),
        (Holds.HOURS, "1,234", Reason.BAD_NUMBER),
        (Holds.HOURS, "-1", Reason.BAD_NUMBER),
        (Holds.TEXT, "leeftijd 17,5", "leeftijd 17,5"),
        (Holds.TEXT, "=1+1", Reason.FORMULA_LIKE),
        (Holds.NAME, "@naam", Reason.FORMULA_LIKE),
        (Holds.NAME, "+31", Reason.FORMULA_LIKE),
        (Holds.NAME, "-x", Reason.FORMULA_LIKE),
    ],
)
def test_a_cell_of_each_kind_is_read_or_told_why_not(holds, cell, told):
    assert value(holds, cell) == told


def test_an_unreadable_cell_refuses_when_required_and_is_doubtful_when_not():
    assert outcome(ListKind.OCCUPANCY, {"sinds": "gisteren"}) == (
        "refused",
        [("sinds", "bad-date")],
    )
    assert outcome(ListKind.OCCUPANCY, {"eerste_aankomst": "gisteren"}) == (
        "doubtful",
        [("eerste_aankomst", "bad-date")],
    )


@pytest.mark.parametrize(("length", "told"), [(200, []), (201, [("achternaam", "too-long")])])
def test_a_cell_has_at_most_two_hundred_characters(length, told):
    row = {"v_nummer": "0099999999", "achternaam": "a" * length}
    assert outcome(ListKind.OCCUPANCY, row)[1] == told


def test_all_troubles_of_a_row_are_told_at_once():
    row = {"v_nummer": "1", "amv": "?", "geslacht": "J", "taal": "=x"}
    assert outcome(ListKind.OCCUPANCY, row) == (
        "refused",
        [
            ("v_nummer", "bad-v-number"),
            ("geslacht", "unknown-code"),
            ("taal", "formula-like"),
            ("amv", "missing-value"),
        ],
    )


def test_a_bsn_is_doubtful_and_never_shown():
    report = report_on(ListKind.OCCUPANCY, {"v_nummer": "123456782"})
    assert report.as_json()["rows"][0]["problems"][0]["value"] is None
    assert outcome(ListKind.OCCUPANCY, {"v_nummer": "123456782"}) == (
        "doubtful",
        [("v_nummer", "perhaps-bsn")],
    )
    assert "123456782" not in repr(report)


def test_a_bsn_among_other_signs_is_not_shown_either():
    assert "123456782" not in repr(report_on(ListKind.OCCUPANCY, {"v_nummer": "BSN 123456782"}))


def test_x_means_yes_only_where_nothing_else_stands():
    rows = ({"amv": "x"}, {"v_nummer": "0099999999", "amv": ""})
    report = report_on(ListKind.OCCUPANCY, *rows)
    assert [row.verdict.value for row in report.rows] == ["doubtful", "new"]
    assert outcome(ListKind.OCCUPANCY, {"amv": "N"}, {"v_nummer": "0099999999", "amv": "X"}) == (
        "refused",
        [("amv", "unknown-code")],
    )


def test_a_column_without_any_mark_is_empty_and_not_no():
    assert outcome(ListKind.OCCUPANCY, {"amv": ""}) == ("refused", [("amv", "missing-value")])
