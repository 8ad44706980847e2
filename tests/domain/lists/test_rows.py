"""Rows: what is no row, what has shifted, and the dates of one row against each other."""

import pytest

from caseapp.domain.lists.pipeline import examine
from caseapp.domain.lists.words import ListKind
from tests.domain.lists.making import ON, outcome, said, world, written

CARE = "V-nummer;Soort;Verwezen op;Aanbieder;Kamer"


def care(*rows):
    text = "\n".join((CARE, *rows))
    return said(examine(ListKind.CARE, text.encode(), on=ON, known=world()))[-1]


NO_ROW = ("refused", [(None, "not-a-row")])
SHIFTED = ("refused", [(None, "shifted-row")])


@pytest.mark.parametrize(
    "row",
    [
        "V-nummer;Soort;Verwezen op;Aanbieder;Kamer",
        "v_number;kind;referred on;aanbieder;room".replace("v_number", "V nummer")
        .replace("kind", "soort")
        .replace("referred on", "verwezen-op"),
        "Let op: deze lijst is vertrouwelijk;;;;",
        ";;;;twee cellen",
        "x;y;;;",
        "Totaal;12;3;4;5",
        ";;SUBTOTAAL: 5;1;2",
        ";Eindtotaal;1;2;3",
        "total;1;2;3;",
    ],
)
def test_a_total_a_note_and_the_header_once_more_are_no_rows(row):
    assert care(row) == NO_ROW


@pytest.mark.parametrize(
    "row",
    [
        "x;y;z;;",
        "Totalen;12;3;4;5",
        "x;Totaal;3;4;5",
        "0012345678;;;;",
        "12345678;Totaal;;;",
        "0012345678;soort;;;",
    ],
)
def test_a_row_about_a_child_or_with_three_filled_cells_is_a_row(row):
    assert (None, "not-a-row") not in care(row)[1]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("0012345678;GGZ;01-09-2026;a;b;c", SHIFTED),
        ("0012345678;GGZ;01-09-2026;;;c", SHIFTED),
        ("0012345678;GGZ;01-09-2026;a;b;;;-", ("refused", [("v_nummer", "unknown-child")])),
        ("0012345678;GGZ;01-09-2026", ("refused", [("v_nummer", "unknown-child")])),
    ],
)
def test_a_row_with_a_filled_cell_beyond_the_header_has_shifted(row, told):
    assert care(row) == told


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("Totaal;1;2;3;4;5", (None, "not-a-row")),
        ("NEW-1;De Eik;;;;", (None, "not-a-row")),
        ("NEW-1;De Eik;AZC;;;", ("beheerder", "missing-value")),
    ],
)
def test_in_locations_the_number_of_filled_cells_decides(cells, told):
    text = f"code;naam;soort;beheerder;gemeente;regio\n{cells}"
    found = examine(ListKind.LOCATIONS, text.encode(), on=ON, known=world())
    assert said(found)[0][1][0] == told


def test_a_total_does_not_make_a_column_of_marks_another_one():
    rows = ({"plaatsgebonden": "x"}, {"v_nummer": "Totaal", "plaatsgebonden": "1"})
    found = examine(ListKind.CARE, written(ListKind.CARE, *rows), on=ON, known=world())
    assert ("plaatsgebonden", "unknown-code") not in said(found)[0][1]


NEW = {"v_nummer": "0099999999"}


@pytest.mark.asvs("2.2.3")
@pytest.mark.parametrize(
    ("kind", "row", "told"),
    [
        (
            ListKind.LOCATIONS,
            {"open_vanaf": "02-01-2026", "open_tot": "01-01-2026"},
            ("open_tot", "end-before-start"),
        ),
        (ListKind.LOCATIONS, {"open_vanaf": "02-01-2026", "open_tot": "02-01-2026"}, None),
        (
            ListKind.OCCUPANCY,
            NEW | {"geboortedatum": "02-06-2026", "sinds": "01-06-2026"},
            ("sinds", "before-birth"),
        ),
        (ListKind.OCCUPANCY, NEW | {"geboortedatum": "01-06-2026"}, None),
        (ListKind.OCCUPANCY, NEW | {"geboortedatum": "00-00-2026"}, None),
        (
            ListKind.OCCUPANCY,
            NEW | {"geboortedatum": "01-06-2026", "asielaanvraag": "01-05-2026"},
            None,
        ),
        (
            ListKind.OCCUPANCY,
            NEW | {"eerste_aankomst": "02-06-2026"},
            ("eerste_aankomst", "dates-out-of-order"),
        ),
        (ListKind.OCCUPANCY, NEW | {"eerste_aankomst": "01-06-2026"}, None),
        (ListKind.TRANSFERS, {"naar": "A-1"}, ("naar", "same-location")),
        (
            ListKind.TRANSFERS,
            {"datum": "03-11-2026", "status": "vertrokken"},
            ("datum", "future-date"),
        ),
        (
            ListKind.TRANSFERS,
            {"datum": "03-11-2026", "status": "aangekomen"},
            ("datum", "future-date"),
        ),
        (ListKind.TRANSFERS, {"datum": "02-11-2026", "status": "aangekomen"}, None),
        (ListKind.TRANSFERS, {"datum": "03-11-2026", "status": "bevestigd"}, None),
        (ListKind.TRANSFERS, {"datum": "01-10-2026", "status": "gepland"}, None),
        (
            ListKind.TRANSFERS,
            {"datum": "01-10-2026", "aangekondigd": "02-10-2026"},
            ("aangekondigd", "dates-out-of-order"),
        ),
        (ListKind.TRANSFERS, {"datum": "01-10-2026", "aangekondigd": "01-10-2026"}, None),
        (
            ListKind.CARE,
            {"gestart_op": "10-09-2026", "einde": "09-09-2026"},
            ("einde", "end-before-start"),
        ),
        (ListKind.CARE, {"gestart_op": "10-09-2026", "einde": "10-09-2026"}, None),
        (ListKind.CARE, {"einde": "31-08-2026"}, ("einde", "end-before-start")),
        (ListKind.CARE, {"einde": "01-09-2026"}, None),
        (ListKind.CARE, {"intake_op": "31-08-2026"}, ("intake_op", "dates-out-of-order")),
        (ListKind.CARE, {"gestart_op": "31-08-2026"}, ("gestart_op", "dates-out-of-order")),
        (
            ListKind.CARE,
            {
                "intake_op": "01-12-2026",
                "gestart_op": "01-01-2027",
                "medicatie_tot": "01-10-2026",
                "volgende_afspraak": "01-10-2026",
            },
            None,
        ),
        (ListKind.SCHOOL, {"einde": "31-08-2026"}, ("einde", "end-before-start")),
        (ListKind.SCHOOL, {"einde": "01-09-2026"}, None),
        (
            ListKind.SCHOOL,
            {"start": "", "ingeschreven_op": "05-09-2026", "einde": "04-09-2026"},
            ("einde", "end-before-start"),
        ),
        (
            ListKind.SCHOOL,
            {"start": "", "wachtlijst_sinds": "05-09-2026", "einde": "04-09-2026"},
            ("einde", "end-before-start"),
        ),
        (ListKind.SCHOOL, {"start": ""}, ("start", "missing-value")),
        (
            ListKind.SCHOOL,
            {"wachtlijst_sinds": "02-09-2026"},
            ("wachtlijst_sinds", "dates-out-of-order"),
        ),
        (ListKind.SCHOOL, {"wachtlijst_sinds": "01-09-2026"}, None),
        (ListKind.SCHOOL, {"ingeschreven_op": "10-09-2026"}, None),
        (ListKind.SCHOOL, {"start": "01-12-2026"}, None),
    ],
)
def test_the_dates_of_one_row_follow_each_other(kind, row, told):
    assert outcome(kind, row)[1] == ([] if told is None else [told])


def test_a_school_row_whose_only_date_is_unread_does_not_also_lack_one():
    assert outcome(ListKind.SCHOOL, {"start": "morgen"}) == ("doubtful", [("start", "bad-date")])


@pytest.mark.parametrize(
    ("row", "told"),
    [("Totaal;12;;;;;", NO_ROW), ("0012345678;De Klimop;PO_regulier;;;;x;y", SHIFTED)],
)
def test_of_a_school_row_that_is_none_nothing_else_is_said(row, told):
    header = "v_nummer;school;soort;start;ingeschreven_op;wachtlijst_sinds;brin"
    data = f"{header}\n{row}".encode()
    assert said(examine(ListKind.SCHOOL, data, on=ON, known=world()))[-1] == told
