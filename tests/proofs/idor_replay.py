"""Keys that one person saw are of no use to another, wherever they are sent.

`python -m tests.proofs.idor_replay [--rounds N] [--seed S] [--database KIND] [--state FILE]`: each pair of
people in turn, 250 requests at a time, in a house of its own.
"""

import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from tests import house
from tests.attacks.replay import PAIRS, replay
from tests.meta import hall as halls
from tests.proofs.telling import Keep, Told, asked, begun, ended, keeper

AT_ONCE: Final = 250
FOUND: Final = 5


def prove(requests: int, of: int, database: str, told: Told, keep: Keep) -> Told:
    """Send so many requests, from where an earlier run came to."""
    with TemporaryDirectory() as made, TemporaryDirectory() as lived:
        template = house.make_template(database, Path(made), "proof")
        hall = halls.build(template, Path(lived), "proof")
        while told.done < requests and len(told.wrong) < FOUND:
            count = min(AT_ONCE, requests - told.done)
            turn = told.done // AT_ONCE
            again = replay(hall, *PAIRS[turn % len(PAIRS)], Random(of + turn))
            told.wrong += again.leaks(count)
            told.came["sent"] += again.asked
            told.done += count
            keep(told)
        hall.close()
    return told


def main(arguments: list[str]) -> int:
    """Send so many requests and say what leaked."""
    said = asked(arguments, __doc__ or "", rounds=10_000)
    told = begun(said.state)
    prove(said.rounds, said.seed, said.database, told, keeper(said.state))
    return ended(told, "requests with keys of others", said.database)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
