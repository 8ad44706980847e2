"""Checks that lists of a folder give their reports when a database stands behind them.

As a script: `python tests/database_samples.py [FOLDER] [--database sqlite|postgresql]`, with the files
that tests/samples.py takes. It begins with an empty house in a temporary folder, prints every
difference, and ends with 1 if any.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

if __name__ == "__main__":
    # A script is started from anywhere, and so the house has to be found first.
    sys.path.insert(0, str(ROOT))

from caseapp.cli.import_ import Asked, import_list  # noqa: E402
from caseapp.domain.lists.words import ListKind  # noqa: E402
from caseapp.kernel.machine import Machine  # noqa: E402
from tests import bare_house, house  # noqa: E402
from tests.samples import SAMPLES, compare, expected_of  # noqa: E402


def differences(machine: Machine, folder: Path) -> list[str]:
    """Import the lists of a folder in their order into an empty house, and return where a report differs.

    Each is tried, applied, and then tried and applied once more.
    """
    return [line for turn in turns(folder) for line in _turn(machine, folder, *turn)]


def turns(folder: Path) -> Iterator[tuple[ListKind, date, str]]:
    """Yield kind, day and name of each list in the order in which they come."""
    for turn in json.loads((folder / "order.json").read_text(encoding="utf-8")):
        yield ListKind(turn["kind"]), date.fromisoformat(turn["on"]), turn["file"]


def _turn(machine: Machine, folder: Path, kind: ListKind, on: date, name: str) -> Iterator[str]:
    data = (folder / name).read_bytes()

    def told(*, apply: bool) -> dict:
        asked = Asked(kind, folder / name, apply, on)
        return import_list(machine, asked, data).report.as_json()

    tried, applied = told(apply=False), told(apply=True)
    again = told(apply=False)["counts"]
    yield from (f"{name}: {line}" for line in compare(expected_of(folder, name), tried, again))
    if applied != tried:
        yield f"{name}: what is applied is not what was tried"
    if told(apply=True)["counts"] != again:
        yield f"{name}: applied twice it is not what was tried the second time"


def main(arguments: list[str]) -> int:
    """Print the differences of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    parser.add_argument("--database", choices=house.ENGINES, default="sqlite")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        bare = bare_house.build(asked.database, Path(folder), "samples")
        machine = house.machine_of(bare.settings)
        found = differences(machine, asked.folder)
        machine.engine.dispose()
        machine.keyring.keystore.close()
    print("\n".join(found) or "every list gives its report")  # noqa: T201 - it is a command
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
