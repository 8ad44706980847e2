"""Random series of lists, each undone from the last one on: every time the house is as it was before.

As a script: `python -m tests.slices.exchange.undone_series [--worlds N] [--first SEED] [--database NAME]`.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from caseapp.cli.nightly import look
from caseapp.domain.lists.words import ListKind
from caseapp.exchange import actions
from caseapp.exchange.actions import HinderedError
from caseapp.exchange.actions.keeping import finish_new
from caseapp.kernel.db import new_id
from caseapp.kernel.machine import Machine
from tests import bare_house, house
from tests.list_oracle.world_lists import Listed, lists_of
from tests.slices.exchange.undone import SYSTEM, at, everything, runs, taking, undo
from tests.world import NOW


def faults(machine: Machine, number: int) -> Iterator[str]:
    """Yield what an undo did not bring back in one world, in which every doubt is taken."""
    brought = []
    for minute, listed in enumerate(lists_of(number)):
        there = at(machine, NOW + timedelta(minutes=minute))
        was, many = _settled(there), len(runs(machine))
        _bring(there, listed)
        brought += [(run, was) for run in runs(machine)[many:]]
    for minute, (run, was) in enumerate(reversed(brought)):
        moment = NOW + timedelta(minutes=90 + minute)
        try:
            undo(machine, run, moment=moment)
        except HinderedError as error:
            yield f"world {number}, {run.list_kind}: {error.hindrances[:2]}"
            return
        now = _settled(at(machine, moment))
        wrong = [name for name in was if now[name] != was[name]]
        if wrong:
            yield f"world {number}, {run.list_kind} of {run.on_day}: {wrong}"
            return


def _settled(machine: Machine) -> Mapping[str, Any]:
    """Return all that stands when the nightly look has seen it: it follows a location that changed region."""
    look(machine, anew=True)
    return everything(machine)


def _bring(machine: Machine, listed: Listed) -> None:
    kind = ListKind(listed.kind)
    source = actions.Source.of_file(kind, listed.data, file="list.csv", on=listed.on)
    source = taking(machine, source)
    finish = partial(finish_new, source)
    actions.apply_list(machine, SYSTEM, source, finish, occasion=new_id())


def main(arguments: list[str]) -> int:
    """Print what was not brought back in some worlds, each in an empty house."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=10)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--database", choices=house.ENGINES, default="sqlite")
    asked = parser.parse_args(arguments)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bare").mkdir()
        bare = bare_house.build(asked.database, Path(folder) / "bare", "undone_series")
        for number in range(asked.first, asked.first + asked.worlds):
            settings = bare_house.copied(bare, Path(folder) / str(number), "undone_copy")
            machine = house.machine_of(settings)
            found = list(faults(machine, number))
            print("\n".join(found), end="\n" * bool(found), flush=True)  # noqa: T201 - a command
            wrong += bool(found)
            machine.engine.dispose()
            machine.keyring.keystore.close()
    print(f"{wrong} worlds were not as before")  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
