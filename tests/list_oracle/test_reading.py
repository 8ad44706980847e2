"""Our reading of lists gives what the page says, read naively: a small sample of random files.

`python -m tests.list_oracle.compare` holds thousands against each other.
"""

import json
from datetime import date

import pytest

from tests.list_oracle.compare import differences
from tests.list_oracle.drawing_files import draw_file
from tests.list_oracle.reading_lists import read_list
from tests.samples import SAMPLES, expected_of

OF_EARLIER_LISTS = """contradicting-rows duplicate-row unknown-child birth-date-differs name-differs
amv-differs clock-date-differs older-than-ours location-closed from-differs status-goes-back
unannounced-move transfer-arrived"""
LISTS = json.loads((SAMPLES / "order.json").read_text(encoding="utf-8"))


def codes():
    data = (SAMPLES / "locaties.csv").read_bytes()
    rows = read_list("locations", data, date(2026, 11, 2), frozenset()).rows
    return frozenset(row.values["code"] for row in rows if not row.is_("refused"))


@pytest.mark.parametrize("seed", range(0, 400, 8))
def test_we_read_a_random_file_as_the_page_does(seed):
    assert list(differences(draw_file(seed))) == []


@pytest.mark.parametrize("turn", LISTS, ids=[turn["file"] for turn in LISTS])
def test_the_naive_reading_gives_what_the_samples_expect(turn):
    expected = expected_of(SAMPLES, turn["file"])
    data = (SAMPLES / turn["file"]).read_bytes()
    read = read_list(turn["kind"], data, date.fromisoformat(turn["on"]), codes())
    for name in ("error", "encoding", "delimiter", "sheet", "header_row", "ignored_columns"):
        assert getattr(read, name) == expected[name]
    said = {(row.number, *problem[:3]) for row in read.rows for problem in row.problems}
    wanted = {
        (row["row"], problem["column"], problem["class"], problem["reason"])
        for row in expected["rows"]
        for problem in row["problems"]
        if problem["reason"] not in OF_EARLIER_LISTS.split()
    }
    assert said == wanted
    assert len(read.rows) == sum(expected["counts"].values())
