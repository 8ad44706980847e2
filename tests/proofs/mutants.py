"""Proves that the tests notice small faults in crypto, keys, policy, guard, reach, door and trail.

`python -m tests.proofs.mutants [--rounds N] [--seed S] [--state FILE]`: a round is one mutant of each
module; docs/mutants.md is written anew. What counts, and what may live, is said in tests/mutants.
Nothing of ours may be loaded here, for the mutants are loaded in forks of this process.
"""

import argparse
import contextlib
import io
import sys
from pathlib import Path

from tests.mutants import __main__ as mutants


def main(arguments: list[str]) -> int:
    """Try the mutants, and say the figures first and every fault after them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--state", type=Path, default=mutants.STATE)
    said = parser.parse_args(arguments)
    heard = io.StringIO()
    options = ["--each", said.rounds, "--seed", said.seed, "--state", said.state, "--paper"]
    with contextlib.redirect_stdout(heard):
        ended = mutants.main([str(one) for one in options])
    lines = heard.getvalue().splitlines()
    first = next(at for at, line in enumerate(lines) if " modules: " in line)
    print(*lines[first:], sep="\n")  # noqa: T201
    return ended


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
