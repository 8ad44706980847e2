"""The sample lists, undone from the last one on: each time the house is as it was before that list."""

from datetime import timedelta

import pytest

from caseapp.cli.import_ import Asked, import_list
from tests.database_samples import turns
from tests.samples import SAMPLES
from tests.slices.exchange.undone import at, everything, runs, undo
from tests.slices.exchange.undone_series import faults
from tests.world import NOW

LISTS = (
    "locaties.csv",
    "bezetting-2026-11-02.csv",
    "overplaatsingen-2026-11.csv",
    "bezetting-2026-11-16.xlsx",
)


def brought(machine, turn, minute):
    kind, on, name = turn
    there = at(machine, NOW + timedelta(minutes=minute))
    return import_list(
        there, Asked(kind, SAMPLES / name, True, on), (SAMPLES / name).read_bytes()
    ).report.as_json()


def test_lists_of_hundreds_of_children_never_came_in(bare):
    lists = [turn for turn in turns(SAMPLES) if turn[2] in LISTS]
    before, reports = [], []
    for minute, turn in enumerate(lists):
        before.append(everything(bare))
        reports.append(brought(bare, turn, minute))
    for minute, run in enumerate(reversed(runs(bare)), 60):
        undo(bare, run, moment=NOW + timedelta(minutes=minute))
        assert everything(bare) == before.pop(), run.list_kind
    assert [brought(bare, turn, 90) for turn in lists] == reports


@pytest.mark.slow
@pytest.mark.parametrize("number", [31, 32])
def test_a_random_series_of_lists_never_came_in(bare, number):
    assert list(faults(bare, number)) == []
