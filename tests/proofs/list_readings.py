"""Lists are read as the page about the samples says, held against a naive reading made from that page alone.

`python -m tests.proofs.list_readings [--rounds N] [--seed S] [--state FILE]`: in each round one random file
(tests.list_oracle.drawing_files), and in each fifth a random series of lists (tests.list_oracle.series).
"""

import sys
from typing import Final

from tests.list_oracle import compare, series
from tests.list_oracle.drawing_files import draw_file
from tests.proofs.telling import Keep, Told, asked, begun, ended, keeper

AT_ONCE: Final = 250
"""Rounds between two times that it is kept how far it came."""
SERIES_EACH: Final = 5
FOUND: Final = 5
"""So many faults are enough."""


def prove(rounds: int, of: int, told: Told, keep: Keep) -> Told:
    """Read so many files and series, from where an earlier run came to."""
    while told.done < rounds and len(told.wrong) < FOUND:
        _round(of + told.done, told)
        told.done += 1
        if told.done % AT_ONCE == 0 or told.done == rounds:
            keep(told)
    return told


def _round(seed: int, told: Told) -> None:
    wrong = [f"file {seed}: {line}" for line in compare.differences(draw_file(seed))]
    told.came["files read otherwise" if wrong else "files read alike"] += 1
    if seed % SERIES_EACH == 0:
        lines = list(series.differences(seed))
        told.came["series told otherwise" if lines else "series told alike"] += 1
        wrong += [" / ".join(lines[:5])] if lines else []
    told.wrong += wrong


def main(arguments: list[str]) -> int:
    """Read lists in both ways, keep how far it came, and say how it went."""
    said = asked(arguments, __doc__ or "", rounds=20_000)
    told = prove(said.rounds, said.seed, begun(said.state), keeper(said.state))
    return ended(told, "rounds", "no database")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
