"""Which numbers hold when."""

import pytest

from caseapp.domain.limits import LimitsError, limits_from
from tests.domain.made import LIMITS, d


def block(rule="PLA-1", valid_from="2024-01-01", **numbers):
    return {"rule": rule, "valid_from": d(valid_from)} | numbers


def test_a_later_block_changes_only_what_it_names_from_its_day_on():
    book = limits_from({"limit": [block(valid_from="2026-01-01", a=2), block(a=1, b=5)]})
    assert book.on(d("2025-12-31"))["PLA-1"] == {"a": 1, "b": 5}
    assert book.on(d("2026-01-01"))["PLA-1"] == {"a": 2, "b": 5}


def test_the_oldest_block_also_holds_before_its_day():
    assert limits_from({"limit": [block(a=1)]}).on(d("1990-01-01"))["PLA-1"] == {"a": 1}


def test_a_limit_of_a_law_is_chosen_by_the_day_the_application_was_lodged():
    today = d("2027-01-01")
    for lodged, months in (("2026-06-11", 3), ("2026-06-12", 2)):
        assert LIMITS.on(today, d(lodged))["SCH-1"]["school_within_months"] == months
    assert LIMITS.on(today)["SCH-1"]["school_within_months"] == 2


def test_other_limits_are_chosen_by_today_whenever_the_application_was_lodged():
    book = limits_from({"limit": [block(a=1), block(valid_from="2026-01-01", a=2)]})
    assert book.on(d("2026-01-01"), d("2020-01-01"))["PLA-1"] == {"a": 2}


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"limit": []},
        {"limit": {}},
        {"limit": [5]},
        {"limit": [block(a=1)], "more": 1},
        {"limit": [block(a=1.5)]},
        {"limit": [block(a=True)]},
        {"limit": [block(a=-1)]},
        {"limit": [block(chosen_by="arrival", a=1)]},
        {"limit": [{"rule": "PLA-1", "a": 1}]},
        {"limit": [{"valid_from": d("2024-01-01"), "a": 1}]},
    ],
)
def test_a_table_of_limits_that_is_not_right_is_refused(table):
    with pytest.raises(LimitsError):
        limits_from(table)
