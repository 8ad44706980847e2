"""The rules and the oracle agree; and a rule that errs by a day would be noticed."""

from datetime import timedelta

import pytest

from tests.oracle import compare, people
from tests.oracle.days import easter

SAMPLE = 400


@pytest.mark.slow
def test_the_rules_find_what_the_oracle_finds() -> None:
    wrong = [found for seed in range(SAMPLE) for found in compare.differences(seed)]
    assert wrong == []


def test_a_rule_that_errs_by_a_day_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "SHORT", set())
    assert any(compare.differences(seed) for seed in range(SAMPLE))


def test_easter_is_on_a_sunday_after_the_spring_full_moon() -> None:
    assert [easter(year).isoformat() for year in (2024, 2025, 2026)] == [
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
    ]
    assert all(easter(year).weekday() == (timedelta(days=6).days) for year in range(2000, 2050))
