"""`since` stays and the order means nothing, on a sample; and what errs would be noticed."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from caseapp.domain.continuity import assess
from tests.domain.any_order import faults, mixed
from tests.domain.made import document, place
from tests.domain.steady import moved, written_days
from tests.oracle.drawing import Drawing
from tests.proofs.since_stays import DAYS

FIRST = date(2026, 1, 1)
ARRIVED = document({"first_arrival_on": "2025-12-01"})


@pytest.mark.parametrize("seed", [7, 23, 27, 58])
def test_since_stays_on_each_day_of_three_years(seed: int) -> None:
    drawing = Drawing(Random(seed))
    first = drawing.pivot - timedelta(days=DAYS // 2)
    assert list(moved(drawing.document(), first, DAYS)) == []


def test_a_since_that_moves_with_the_days_is_noticed() -> None:
    def sliding(told, today, limits):
        return [replace(one, since=today) for one in assess(told, today, limits)]

    assert list(moved(ARRIVED, FIRST, 2)) == []
    assert len(list(moved(ARRIVED, FIRST, 2, sliding))) == len(("CAR-5", "CAR-7"))


def test_a_since_may_move_on_a_day_of_a_list_that_its_rule_reads_and_on_no_other() -> None:
    def by_meetings(told, today, limits):
        met = max((one.on for one in told.meetings if one.on <= today), default=FIRST)
        return [replace(one, since=met) for one in assess(told, today, limits)]

    met = ARRIVED | {"meetings": [{"id": "m1", "on": "2026-01-03"}]}
    assert {one[2:7] for one in moved(met, FIRST, 5, by_meetings)} == {"CAR-5", "CAR-7"}
    noted = {"id": "o1", "on": "2025-12-01", "source": "school", "level": "concern"}
    seen = document(meetings=met["meetings"], observations=[noted])
    assert list(moved(seen, FIRST, 5, by_meetings)) == []


def test_the_days_of_a_document_are_found_wherever_they_stand() -> None:
    told = {"care": [{"referred_on": "2026-01-02", "contacts_on": ["2026-01-03"], "kind": "GGZ"}]}
    assert set(written_days(told)) == {date(2026, 1, 2), date(2026, 1, 3)}


STAYS = document(placements=[place("p1", "2026-01-01"), place("p2", "2026-01-01")])


def test_findings_that_depend_on_the_order_are_noticed() -> None:
    def first_named(told, today, limits):
        return [replace(one, subject=told.placements[0].id) for one in assess(told, today, limits)][
            :1
        ]

    today = date(2026, 6, 1)
    wrong = {one for n in range(20) for one in faults(STAYS, today, Random(n), first_named)}
    assert wrong == {"in another order other findings"}


def test_a_crash_and_an_identity_twice_are_noticed() -> None:
    def crashing(told, today, limits):
        raise KeyError(today.isoformat())

    def twice(told, today, limits):
        return [one for one in assess(told, today, limits) for _ in range(2)]

    today = date(2026, 6, 1)
    assert faults(STAYS, today, Random(1), crashing) == ["KeyError: '2026-06-01'"]
    assert faults(STAYS, today, Random(1), twice) == ["not each identity once, in order"]


def test_a_document_in_another_order_holds_the_same() -> None:
    told = {"a": [1, 2, 3], "b": {"c": [4, 5], "d": "x"}}
    other = mixed(told, Random(3))
    assert sorted(other) == ["a", "b"]
    assert sorted(other["a"]) == [1, 2, 3]
    assert sorted(other["b"]["c"]) == [4, 5]
    assert any(mixed(told, Random(n))["a"] != told["a"] for n in range(5))
