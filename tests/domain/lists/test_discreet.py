"""The table that waits: it gives the same report as the file, and holds nothing that has no place here."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.domain.lists.columns import COLUMNS, V_NUMBER, Holds
from caseapp.domain.lists.discreet import NOBODYS, discreet, packed, unpacked
from caseapp.domain.lists.number_cells import v_number
from caseapp.domain.lists.pipeline import compare, read_again
from caseapp.domain.lists.reader import read_table
from caseapp.domain.lists.table import Line, Origin, Table
from caseapp.domain.lists.texts import plain
from caseapp.domain.lists.words import ListKind, Reason
from tests.domain.lists.making import ON, child, workbook, world, written
from tests.samples import SAMPLES

BSN = "123456782"
ORDER = json.loads((SAMPLES / "order.json").read_text("utf-8"))


def report_of(kind, table, on=ON):
    known = world(child())
    said = read_again(kind, table, on=on, locations=known.locations, file="list")
    return compare(said, known).as_json()


def kept(kind, table):
    return unpacked(kind, packed(discreet(table)))


def bare(kind, *lines, more=("Kamer",)):
    """Return a table with our columns in their order and others after them."""
    names = tuple(column.name for column in COLUMNS[kind]) + more
    return Table(
        origin=Origin("utf-8", ";"),
        header_row=1,
        header=names,
        places=dict(enumerate(COLUMNS[kind])),
        ignored=more,
        lines=tuple(Line(number, cells) for number, cells in enumerate(lines, 2)),
    )


@pytest.mark.parametrize("turn", ORDER, ids=[turn["file"] for turn in ORDER])
def test_each_sample_gives_the_same_report_from_the_table_that_waits(turn):
    kind, on = ListKind(turn["kind"]), date.fromisoformat(turn["on"])
    table = read_table(kind, (SAMPLES / turn["file"]).read_bytes())
    assert report_of(kind, kept(kind, table), on) == report_of(kind, table, on)


CELLS = st.one_of(
    st.text(max_size=15),
    st.text("0123456789 .-Vv,", max_size=14),
    st.dates(),
    st.floats(allow_nan=False),
    st.sampled_from(
        ("", "", "-", BSN, f"Totaal {BSN}", f"bsn {BSN}", float(BSN), "Subtotaal: 12", "0012345678",
         "12345678", "A-1", "01-06-2026", "x", "TOTAL", "v_nummer", BSN + " " * 220 + "x",
         "x" * 195 + BSN, " " * 195 + BSN)
    ),
)  # fmt: skip


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.sampled_from(list(ListKind)), st.lists(st.lists(CELLS, max_size=16), max_size=6))
def test_any_table_gives_the_same_report_when_it_has_waited(kind, lines):
    table = bare(kind, *lines)
    waited = kept(kind, table)
    assert report_of(kind, waited) == report_of(kind, table)
    assert kept(kind, waited) == waited


def first_of(kind, *cells):
    """Return the first column of rows that were kept, of which nothing else is filled."""
    return [line.cells[0] for line in discreet(bare(kind, *([cell] for cell in cells))).lines]


@settings(derandomize=True, deadline=None, max_examples=500)
@given(CELLS)
def test_a_cell_of_a_v_number_reads_the_same_without_a_bsn(cell):
    (masked,) = first_of(ListKind.CARE, cell)
    assert v_number(plain(masked), masked).reason is v_number(plain(cell), cell).reason
    assert BSN not in str(masked)


@pytest.mark.parametrize(
    ("cell", "stands", "reason"),
    [
        (BSN, NOBODYS, Reason.PERHAPS_BSN),
        (float(BSN), NOBODYS, Reason.PERHAPS_BSN),
        (f"bsn {BSN}", f"x x0 {NOBODYS}", Reason.BAD_V_NUMBER),
        (f"Totaal {BSN}", f"Totaal x0 {NOBODYS}", Reason.BAD_V_NUMBER),
        ("0012345678", "0012345678", None),
        ("123456789", "123456789", Reason.V_NUMBER_REPAIRED),
        (f"V0{BSN}", f"V0{BSN}", Reason.V_NUMBER_REPAIRED),
    ],
)
def test_only_a_bsn_is_taken_out_of_the_column_of_v_numbers(cell, stands, reason):
    assert first_of(ListKind.CARE, cell) == [stands]
    assert v_number(str(stands), stands).reason is reason


@pytest.mark.parametrize("kind", list(ListKind))
@pytest.mark.parametrize("cell", [BSN, float(BSN), f"zie {BSN}", f"{BSN} " + "x" * 220])
def test_a_bsn_goes_from_every_column_in_which_it_says_nothing(kind, cell):
    for at, column in enumerate(COLUMNS[kind]):
        cells = [*[""] * at, cell]
        table = bare(kind, cells)
        assert report_of(kind, kept(kind, table)) == report_of(kind, table)
        (line,) = kept(kind, table).lines
        says = column.holds in {Holds.TEXT, Holds.NAME, Holds.LOCATION, Holds.NEW_CODE}
        assert says or BSN not in str(line.cells), column.name


def test_rows_that_differ_in_a_bsn_only_still_differ():
    names = [column.name for column in COLUMNS[ListKind.CARE]]
    said = {"v_nummer": "0012345678", "soort": "GGZ", "verwezen_op": "01-09-2026"}
    rows = [[(said | {"intake_op": f"bsn {bsn}"}).get(name, "") for name in names]
            for bsn in (BSN, BSN, "111222333")]  # fmt: skip
    table = bare(ListKind.CARE, *rows)
    report = report_of(ListKind.CARE, kept(ListKind.CARE, table))
    assert report == report_of(ListKind.CARE, table)
    assert {row["verdict"] for row in report["rows"]} == {"refused"}


def test_a_day_with_its_time_behind_it_is_no_bsn():
    cells = ["0012345678", "GGZ", "", "2026-09-01 10:00:00.123456782"]
    assert discreet(bare(ListKind.CARE, cells)).lines[0].cells == cells


def test_of_a_column_that_is_not_ours_stands_only_that_it_was_filled_and_that_it_began_a_total():
    row = dict.fromkeys(range(len(COLUMNS[ListKind.CARE])), "")
    table = bare(
        ListKind.CARE,
        [*row.values(), "Kamer 12"],
        [*row.values(), "?"],
        [*row.values(), "subtotaal van gang B"],
        [*row.values(), "", "te ver"],
    )
    last = [line.cells[len(row) :] for line in discreet(table).lines]
    assert last == [["x"], [""], ["subtotaal"], ["", "x"]]


def test_texts_numbers_and_days_come_back_as_what_they_were():
    kind = ListKind.CARE
    cells = ["0012345678", "GGZ", "De Bron", date(2026, 9, 1), 46000.0, 46000.5, "Zoe\u0308", ""]
    table = bare(kind, cells)
    (line,) = unpacked(kind, packed(table)).lines
    assert list(line.cells) == cells
    assert list(map(type, line.cells)) == list(map(type, cells))
    assert unpacked(kind, packed(table)) == table


def test_a_file_and_a_workbook_keep_where_they_came_from():
    names = [column.name for column in COLUMNS[ListKind.CARE]]
    for data, origin in (
        (written(ListKind.CARE, {}), Origin("utf-8", ";")),
        (workbook(("Zorg", [names], True)), Origin(sheet="Zorg")),
    ):
        table = read_table(ListKind.CARE, data)
        assert (table.origin, kept(ListKind.CARE, table).origin) == (origin, origin)
        assert V_NUMBER in kept(ListKind.CARE, table).places.values()
