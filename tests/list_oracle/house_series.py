"""Random series of lists through a real database and through the naive reading, side by side.

As a script: `python -m tests.list_oracle.house_series [--worlds N] [--first SEED] [--database postgresql]`.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from caseapp.cli.import_ import Asked, import_list
from caseapp.domain.lists.report import Report
from caseapp.domain.lists.words import ListKind
from caseapp.kernel.machine import Machine
from tests import bare_house, house
from tests.list_oracle.known_world import tell
from tests.list_oracle.reading_lists import read_list
from tests.list_oracle.series import compare
from tests.list_oracle.world_lists import Listed, lists_of
from tests.list_oracle.world_state import World


def differences(machine: Machine, number: int) -> Iterator[str]:
    """Yield where the two differ in one world; each list is tried, applied, and then both once more."""
    world = World()
    for turn, listed in enumerate(lists_of(number), 1):
        for again in (False, True):
            tried, applied = (_told(machine, listed, apply=apply) for apply in (False, True))
            told = tell(read_list(listed.kind, listed.data, listed.on, world.codes), world)
            world = told.after
            found = list(compare(tried, told))
            if tried.as_json() != applied.as_json():
                found.append("what is applied is not what was tried")
            if found:
                yield f"world {number}, list {turn} {listed.kind} {listed.on}, again {again}:"
                yield from (f"  {line}" for line in found)
                yield listed.data.decode()
                return


def _told(machine: Machine, listed: Listed, *, apply: bool) -> Report:
    asked = Asked(ListKind(listed.kind), Path("list.csv"), apply, listed.on)
    return import_list(machine, asked, listed.data).report


def main(arguments: list[str]) -> int:
    """Print the differences of some worlds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--stop", type=int, default=3, help="after so many worlds that differ")
    parser.add_argument("--database", choices=house.ENGINES, default="sqlite")
    asked = parser.parse_args(arguments)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        bare = bare_house.build(asked.database, Path(folder), "series")
        machine = house.machine_of(bare.settings)
        for number in range(asked.first, asked.first + asked.worlds):
            found = list(differences(machine, number))
            print("\n".join(found), end="\n" * bool(found), flush=True)  # noqa: T201 - a command
            wrong += bool(found)
            if wrong >= asked.stop:
                break
        machine.engine.dispose()
        machine.keyring.keystore.close()
    print(f"{wrong} worlds differ")  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
