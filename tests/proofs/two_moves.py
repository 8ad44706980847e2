"""A history of two moves played day by day gives the alerts that it gives when it comes in at once.

`python -m tests.proofs.two_moves [--rounds N] [--database D] [--seed S] [--state FILE]`: each round makes a
history by chance (tests/slices/continuity/happenings.py), plays it through the doors of the application,
writes it as a document, takes that in where nobody knows the child, and compares what, how grave, since, due,
whose. After each day on which something happened a nightly look may change nothing.
"""

import sys
import tempfile
from pathlib import Path

from tests import house
from tests.proofs.telling import Keep, Told, asked, begun, ended, keeper
from tests.slices.continuity.playing import differences


def prove(rounds: int, kind: str, folder: Path, seed: int, told: Told, keep: Keep) -> Told:
    """Play so many histories, from where an earlier run came to."""
    (folder / "template").mkdir()
    template = house.make_template(kind, folder / "template", "proof", name="moves")
    for number in range(told.done, rounds):
        place = folder / f"round{number}"
        place.mkdir()
        try:
            wrong = differences(template, place, "moves", seed * 100_000 + number)
        except AssertionError as fault:
            wrong = f"a nightly look found more to do: {fault}"
        told.came["different" if wrong else "the same"] += 1
        told.wrong += [f"round {number}: {wrong}"] if wrong else []
        told.done = number + 1
        keep(told)
    return told


def main(arguments: list[str]) -> int:
    """Play, keep how far it came, and say how it went."""
    said = asked(arguments, __doc__ or "", rounds=12)
    told = begun(said.state)
    with tempfile.TemporaryDirectory() as folder:
        prove(said.rounds, said.database, Path(folder), said.seed, told, keeper(said.state))
    return ended(told, "histories", said.database)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
