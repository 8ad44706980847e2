"""Counts: which requirements are verified by what passed in a run, and what is wrong with the rest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.score.table import CASES, REQUIREMENTS, Requirement

Run = Mapping[str, Mapping[str, Any]]
"""Each marked test of a run: its marks, and how it ended."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run is worth: the line of the score, what is named beside it, and what makes it fail."""

    line: str
    named: tuple[str, ...]
    faults: tuple[str, ...]


def tally(run: Run, table: Mapping[str, Requirement] = REQUIREMENTS) -> Tally:
    """Count a run against the table."""
    verified = {name for name in table if _all_passed(run, "requirements", name)}
    usual = [row for row in table.values() if row.applies == "yes"]
    picked = [row for row in table.values() if row.applies == "picked"]
    line = (
        f"ASVS 5.0 L1+L2: {_count(usual, verified)} of {len(usual)}, "
        f"L3 picked: {_count(picked, verified)} of {len(picked)}"
    )
    rest = [row for row in usual + picked if row.id not in verified]
    named = tuple(f"{row.id} {row.note}" for row in rest if row.note)
    return Tally(line, named, tuple(_faults(run, table, rest, verified)))


def attacks(run: Run) -> tuple[str, tuple[int, ...]]:
    """Return how many of the attacks have a test that passed, and the numbers of those that have none."""
    open_ones = tuple(number for number in CASES if not _all_passed(run, "attacks", number))
    return f"Attacks: {len(CASES) - len(open_ones)} of {len(CASES)}", open_ones


def _count(rows: list[Requirement], verified: set[str]) -> int:
    return sum(row.id in verified for row in rows)


def _all_passed(run: Run, kind: str, name: object) -> bool:
    """Say whether there is a test for it, and whether none of them did anything but pass."""
    outcomes = {test["outcome"] for test in run.values() if name in test[kind]}
    return outcomes == {"passed"}


def _faults(
    run: Run, table: Mapping[str, Requirement], rest: list[Requirement], verified: set[str]
) -> Iterator[str]:
    """Yield what may not be: no test and no reason, a reason that is out of date, a guard that fails."""
    for row in rest:
        yield from _without(row, run)
    for name in sorted(verified):
        if table[name].applies == "no":
            yield f"{name} does not apply, says the table, and has a test."
        elif table[name].note:
            yield f"{name} is verified: strike its note."
    for guard in sorted({row.guard for row in table.values() if row.guard}):
        if not _all_passed(run, "guards", guard):
            yield f"Guard {guard} of what does not apply did not pass."


def _without(row: Requirement, run: Run) -> Iterator[str]:
    """Yield why a requirement that was not verified is a fault."""
    bad = [
        f"{name} {test['outcome']}"
        for name, test in run.items()
        if row.id in test["requirements"] and test["outcome"] != "passed"
    ]
    if bad:
        yield f"{row.id}: {'; '.join(bad)}."
    elif not row.note:
        yield f"{row.id} applies and has no test."
