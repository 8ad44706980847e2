"""The requirements that we count and the attacks of the list, as they stand in the repository."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from caseapp.settings import ROOT

TABLE: Final = ROOT / "docs" / "asvs.csv"
CASE_TABLE: Final = ROOT / "tests" / "data" / "attacks.csv"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of docs/asvs.csv: "applies" is yes, no, or picked (of level 3)."""

    id: str
    level: str
    applies: str
    how: str
    guard: str
    reason: str
    note: str

    @property
    def counts(self) -> bool:
        """Say whether a test has to verify it."""
        return self.applies in {"yes", "picked"}


@dataclass(frozen=True, slots=True)
class Case:
    """One of the attacks: its number, what is tried, and what has to happen."""

    number: int
    attack: str
    expected: str


def _requirements() -> Mapping[str, Requirement]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["id"]: Requirement(**row) for row in csv.DictReader(file)}


def _cases() -> Mapping[int, Case]:
    with CASE_TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {int(r["number"]): Case(int(r["number"]), r["attack"], r["expected"]) for r in rows}


REQUIREMENTS: Final = _requirements()
CASES: Final = _cases()
GUARDS: Final = frozenset(row.guard for row in REQUIREMENTS.values() if row.guard)
