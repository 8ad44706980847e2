"""Any document is assessed, each identity once, and the order in which it is written means nothing.

`python -m tests.proofs.any_dossier [--rounds N] [--seed S] [--state FILE]`: in each round a document of
any valid shape (tests.domain.random_dossiers), with odd days and texts, and one in which records meet
(tests.oracle.drawing), each on three days.
"""

import sys
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.domain.any_order import faults
from tests.domain.random_dossiers import TODAY, documents
from tests.oracle.drawing import Drawing
from tests.proofs.telling import Keep, Told, asked, begun, ended, keeper

AT_ONCE: Final = 250
"""Rounds between two times that it is kept how far it came."""
FOUND: Final = 5
"""So many faults are enough."""

Look = Callable[[dict[str, Any], date], list[str]]


def prove(rounds: int, of: int, told: Told, keep: Keep) -> Told:
    """Try so many documents, from where an earlier run came to."""
    while told.done < rounds and len(told.wrong) < FOUND:
        count = min(AT_ONCE, rounds - told.done)
        _any_shape(count, of + told.done, told)
        for number in range(told.done, told.done + count):
            _dense(of + number, told)
        told.done += count
        keep(told)
    return told


def _any_shape(count: int, of: int, told: Told) -> None:
    @seed(of)
    @settings(
        max_examples=count, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(documents, st.dates(), st.integers())
    def each(document: dict[str, Any], day: date, dice: int) -> None:
        near = TODAY + timedelta(days=dice % 800 - 400)
        for today in (TODAY, near, day):
            _tried(document, today, dice, told)

    each()


def _dense(number: int, told: Told) -> None:
    drawing = Drawing(Random(number))
    document = drawing.document()
    for more in (0, 1, 45):
        _tried(document, drawing.pivot + timedelta(days=more), number, told)


def _tried(document: dict[str, Any], today: date, dice: int, told: Told) -> None:
    wrong = faults(document, today, Random(dice))
    told.came["faulty" if wrong else "assessed alike"] += 1
    told.wrong += [f"{fault} on {today}: {document}" for fault in wrong]


def main(arguments: list[str]) -> int:
    """Try documents, keep how far it came, and say how it went."""
    said = asked(arguments, __doc__ or "", rounds=5000)
    told = prove(said.rounds, said.seed, begun(said.state), keeper(said.state))
    return ended(told, "rounds", "no database")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
