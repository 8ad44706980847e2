"""The rows that were left out, as CSV for a Dutch Excel: which, with what, and harmless."""

import csv
from io import StringIO

import pytest

from caseapp.domain.lists.words import ListKind
from tests import listed
from tests.domain.lists.making import written
from tests.slices.exchange.listing import (
    BSN,
    DOUBT,
    HERE,
    LATER,
    MORE_DOUBT,
    REFUSED,
    Shown,
    submitted,
)


@pytest.fixture
def brought(desk, as_):
    """Give the page of a list that was looked at."""

    def shown(*rows):
        run_id = submitted(desk, "coordinator", *rows)
        desk.work_off(LATER)
        return Shown(desk, as_("coordinator"), run_id)

    return shown


def file_of(shown):
    answer = shown.client.get(f"{shown.path}/achtergebleven")
    assert answer.status_code == 200
    return answer


def rows_of(shown):
    text = file_of(shown).get_data().decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))


def test_the_file_opens_well_in_a_dutch_excel(brought):
    answer = file_of(brought(HERE, REFUSED))
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.mimetype == "text/csv"
    assert "bezetting-2026-11-24-weggelaten.csv" in answer.headers["Content-Disposition"]
    lines = answer.get_data().decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("rij;wat ermee gebeurt;wat er niet klopt;v_nummer;achternaam;")
    assert lines[-1] == ""
    assert "\n" not in "".join(lines)


def test_a_refused_row_stands_there_with_its_number_its_cells_and_what_is_wrong(brought):
    _, row = rows_of(brought(HERE, REFUSED))
    assert row[:2] == ["3", "geweigerd"]
    assert "23" in row[2]
    assert row[3:7] == ["0087654324", "Haddad", "Samira", "01-01-1980"]


def test_a_row_in_doubt_stands_there_until_somebody_takes_it(brought):
    shown = brought(HERE, DOUBT, MORE_DOUBT)
    shown.decide(one="take-3")
    shown.decide(one="leave-4")
    assert [row[0] for row in rows_of(shown)] == ["rij", "4"]
    shown.decide(one="open-3")
    assert [row[0] for row in rows_of(shown)] == ["rij", "3", "4"]


def test_what_may_be_a_bsn_is_not_in_the_file(brought):
    shown = brought(BSN | {"gezinsnummer": "123456782"})
    (row,) = rows_of(shown)[1:]
    assert "misschien een BSN" in row[2] or "BSN" in row[2]
    assert "123456782" not in file_of(shown).get_data(as_text=True)


@pytest.mark.attack(5)
@pytest.mark.asvs("1.2.10")
@pytest.mark.parametrize("cell", ["=1+1", "+31", "-1", "@SUM", "\t=1"])
def test_no_cell_is_run_by_a_program(brought, cell):
    for row in rows_of(brought(REFUSED | {"taal": cell}))[1:]:
        assert not any(one.startswith(("=", "+", "-", "@", "\t")) for one in row)


@pytest.mark.attack(5)
@pytest.mark.asvs("1.2.10")
def test_no_name_of_a_column_is_run_by_a_program(desk, as_):
    data = written(ListKind.OCCUPANCY, REFUSED).replace(b"eerste_aankomst", b"=1+1")
    run_id = listed.submitted(desk.house, desk.world, "coordinator", ListKind.OCCUPANCY, data)
    desk.work_off(LATER)
    assert "'=1+1" in rows_of(Shown(desk, as_("coordinator"), run_id))[0]


def test_a_list_of_which_nothing_is_left_out_gives_its_header_only(brought):
    assert len(rows_of(brought(HERE))) == 1


def test_many_rows_stand_in_the_file_in_their_order(brought):
    rows = [REFUSED | {"v_nummer": f"00{number:08}"} for number in range(1, 61)]
    numbers = [int(row[0]) for row in rows_of(brought(*rows))[1:]]
    assert numbers == list(range(2, 62))


def test_a_list_that_nobody_has_looked_at_yet_has_no_such_file(desk, as_):
    run_id = submitted(desk, "coordinator", HERE)
    shown = Shown(desk, as_("coordinator"), run_id)
    assert shown.client.get(f"{shown.path}/achtergebleven").status_code == 404
