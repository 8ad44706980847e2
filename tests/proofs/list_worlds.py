"""Random series of lists through a real house: told as the page says, and taken rows carried out.

`python -m tests.proofs.list_worlds [--rounds N] [--database D] [--seed S] [--state FILE]`: each round is a
world of its own (tests.list_oracle.world_lists) in one house. Each list of it is tried and applied, twice, and
held against the naive reading; in each second world a person takes some of the doubtful rows instead.
"""

import sys
import tempfile
from pathlib import Path
from typing import Final

from caseapp.kernel.machine import Machine
from tests import bare_house, house
from tests.list_oracle import house_series, taken_series
from tests.proofs.telling import Keep, Told, asked, begun, ended, keeper

FOUND: Final = 5
"""So many faults are enough."""


def prove(rounds: int, machine: Machine, seed: int, told: Told, keep: Keep) -> Told:
    """Bring in so many series, from where an earlier run came to."""
    while told.done < rounds and len(told.wrong) < FOUND:
        _round(machine, seed * 100_000 + told.done, told)
        told.done += 1
        keep(told)
    return told


def _round(machine: Machine, number: int, told: Told) -> None:
    if number % 2:
        lines = list(taken_series.faults(taken_series.InHouse(machine), number))
        told.came["series with taken rows"] += 1
    else:
        lines = list(house_series.differences(machine, number))
        told.came["series held against the naive reading"] += 1
    told.wrong += [" / ".join(lines[:5])] if lines else []


def main(arguments: list[str]) -> int:
    """Bring in series, keep how far it came, and say how it went."""
    said = asked(arguments, __doc__ or "", rounds=200)
    told = begun(said.state)
    with tempfile.TemporaryDirectory() as folder:
        bare = bare_house.build(said.database, Path(folder), "worlds")
        machine = house.machine_of(bare.settings)
        prove(said.rounds, machine, said.seed, told, keeper(said.state))
        machine.engine.dispose()
        machine.keyring.keystore.close()
    return ended(told, "series", said.database)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
