"""`since` never moves while the condition holds: each day of three years, for documents in which records meet.

`python -m tests.proofs.since_stays [--rounds N] [--seed S] [--state FILE]`: a round is one document
(tests.oracle.drawing), looked at on each day of the year and a half before and after its middle.
What counts as the same condition is said in tests.domain.steady.
"""

import sys
from datetime import timedelta
from random import Random
from typing import Final

from tests.domain.steady import moved
from tests.oracle.drawing import Drawing
from tests.proofs.telling import Keep, Told, asked, begun, ended, keeper

DAYS: Final = 3 * 365 + 1


def prove(rounds: int, of: int, told: Told, keep: Keep) -> Told:
    """Look at so many documents, from where an earlier run came to."""
    for number in range(told.done, rounds):
        drawing = Drawing(Random(of + number))
        first = drawing.pivot - timedelta(days=DAYS // 2)
        wrong = list(moved(drawing.document(), first, DAYS))
        told.came["moved" if wrong else "stayed"] += 1
        told.wrong += [f"document {of + number}: {one}" for one in wrong]
        told.done = number + 1
        keep(told)
    return told


def main(arguments: list[str]) -> int:
    """Look, keep how far it came, and say how it went."""
    said = asked(arguments, __doc__ or "", rounds=200)
    told = prove(said.rounds, said.seed, begun(said.state), keeper(said.state))
    return ended(told, "documents", "no database")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
