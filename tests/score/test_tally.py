"""The score counts what passed and nothing else, and fails for what has no test and no reason."""

from typing import Any

import pytest

from tests.score.table import CASES, REQUIREMENTS, Requirement
from tests.score.tally import attacks, tally


def row(name: str, applies: str = "yes", guard: str = "", note: str = "") -> Requirement:
    return Requirement(name, "2", applies, "T", guard, "", note)


def ended(*requirements: str, outcome: str = "passed", guards: tuple[str, ...] = ()) -> Any:
    return {"requirements": requirements, "attacks": (), "guards": guards, "outcome": outcome}


TABLE = {each.id: each for each in (row("1.1.1"), row("1.1.2", "picked"), row("9.1.1", "no", "G1"))}
WHOLE = {"a": ended("1.1.1"), "b": ended("1.1.2"), "g": ended(guards=("G1",))}


def test_what_passed_counts_each_in_its_own_level() -> None:
    result = tally(WHOLE, TABLE)
    assert result.line == "ASVS 5.0 L1+L2: 1 of 1, L3 picked: 1 of 1"
    assert result.faults == ()


@pytest.mark.parametrize("outcome", ["failed", "skipped", "never ran"])
def test_a_requirement_counts_only_when_all_of_its_tests_passed(outcome: str) -> None:
    result = tally({**WHOLE, "c": ended("1.1.1", outcome=outcome)}, TABLE)
    assert result.line == "ASVS 5.0 L1+L2: 0 of 1, L3 picked: 1 of 1"
    assert result.faults == (f"1.1.1: c {outcome}.",)


def test_a_requirement_without_a_test_is_a_fault_unless_its_line_says_why() -> None:
    without = {name: test for name, test in WHOLE.items() if name != "a"}
    assert tally(without, TABLE).faults == ("1.1.1 applies and has no test.",)
    named = tally(without, {**TABLE, "1.1.1": row("1.1.1", note="Nobody can test it.")})
    assert (named.named, named.faults) == (("1.1.1 Nobody can test it.",), ())


def test_a_reason_does_not_excuse_a_test_that_fails() -> None:
    table = {**TABLE, "1.1.1": row("1.1.1", note="Nobody can test it.")}
    result = tally({**WHOLE, "a": ended("1.1.1", outcome="failed")}, table)
    assert result.faults == ("1.1.1: a failed.",)


def test_a_note_is_struck_once_the_requirement_is_verified() -> None:
    table = {**TABLE, "1.1.1": row("1.1.1", note="Not yet.")}
    assert tally(WHOLE, table).faults == ("1.1.1 is verified: strike its note.",)


def test_what_does_not_apply_has_a_guard_that_passes_and_no_test() -> None:
    assert tally({**WHOLE, "g": ended(guards=("G1",), outcome="failed")}, TABLE).faults == (
        "Guard G1 of what does not apply did not pass.",
    )
    assert tally({**WHOLE, "c": ended("9.1.1")}, TABLE).faults == (
        "9.1.1 does not apply, says the table, and has a test.",
    )


def test_an_attack_without_a_test_that_passed_is_named() -> None:
    run = {"a": {**ended(), "attacks": (1,)}, "b": {**ended(outcome="failed"), "attacks": (2,)}}
    line, without = attacks(run)
    assert line == f"Attacks: 1 of {len(CASES)}"
    assert without == tuple(range(2, len(CASES) + 1))


def test_the_table_is_that_of_the_standard() -> None:
    rows = REQUIREMENTS.values()
    usual = [each for each in rows if each.level in "12"]
    assert (len(usual), sum(each.applies == "yes" for each in usual)) == (253, 178)
    assert sum(each.applies == "picked" for each in rows) == 63


def test_whatever_does_not_apply_says_why_and_has_a_guard() -> None:
    silent = [r.id for r in REQUIREMENTS.values() if not r.counts and not (r.reason and r.guard)]
    assert silent == []
