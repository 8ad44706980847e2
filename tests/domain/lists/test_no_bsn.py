"""A BSN has no place here: whatever holds one, no report shows it."""

import json

import pytest

from caseapp.domain.lists.columns import COLUMNS
from caseapp.domain.lists.number_cells import hide_bsn, holds_bsn
from caseapp.domain.lists.pipeline import examine
from caseapp.domain.lists.words import ListKind
from tests.domain.lists.making import ON, USUAL, child, workbook, world, written

BSN = "123456782"
FORMS = (
    BSN,
    "=" + BSN,
    "1234.56.782",
    "123 456 782",
    "V" + BSN,
    f"kind {BSN}",
    f"{BSN}.0",
    "12345\u200b6782",
)


def shown(kind, data, file="lijst.csv"):
    """Return all that a report on a list shows, with its signs and spaces left out."""
    report = examine(kind, data, on=ON, known=world(child()), file=file)
    cells = [row.cells for row in report.rows]
    told = json.dumps([report.as_json(), report.header, cells], ensure_ascii=False)
    return "".join(sign for sign in told if sign not in " .-\u200b")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", list(ListKind))
def test_no_report_shows_a_bsn_of_any_column(kind, form):
    names = [column.name for column in COLUMNS[kind]]
    data = written(kind, {}, *({name: form} for name in names), dict.fromkeys(names, form))
    assert BSN not in shown(kind, data)


def test_no_report_shows_a_bsn_of_columns_that_are_not_ours_or_above_the_list():
    kind, name = ListKind.CARE, f"Kolom {BSN}"
    rows = [{**USUAL[kind], "bsn": BSN}, {**USUAL[kind], "bsn": BSN, "einde": "gisteren"}]
    names = [*USUAL[kind], "bsn", name]
    lines = [
        f"Lijst van {BSN}",
        ";".join(names),
        *(";".join([*row.values(), BSN][:5]) for row in rows),
    ]
    lines += [f"Totaal;{BSN}", f"{BSN};{BSN}", f"a;b;c;d;e;f;{BSN}"]
    assert BSN not in shown(kind, "\n".join(lines).encode(), f"{BSN}.csv")


def test_no_report_shows_a_bsn_of_a_workbook():
    usual = USUAL[ListKind.CARE]
    rows = [list(usual), [float(BSN), *list(usual.values())[1:]], ["0012345678", "GGZ", float(BSN)]]
    assert BSN not in shown(ListKind.CARE, workbook((BSN, rows, True)), f"lijst {BSN}.xlsx")


@pytest.mark.parametrize(
    "name", ["bezetting 2026-11-02.csv", "1234567820.csv", "123456789.csv", "20261102-3.csv"]
)
def test_a_name_without_a_bsn_stays_as_it_is(name):
    assert hide_bsn(name) == name


def test_a_bsn_in_a_name_becomes_stars():
    assert hide_bsn(f"lijst_{BSN}(1).csv") == "lijst_*********(1).csv"


@pytest.mark.parametrize(
    "text", ["0012345678", "12-03-2015 00:00", "2026-09-01 7:04", "1234567", "123456789", ""]
)
def test_what_is_no_bsn_is_not_taken_for_one(text):
    assert not holds_bsn(text)
