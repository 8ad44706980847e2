"""Checks that lists of a folder give their reports when the real command reads them into a database.

As a script: `python tests/database_samples.py [FOLDER] [--database sqlite|postgresql]`, with the files
that tests/samples.py takes. It begins with an empty house in a temporary folder, prints every
difference, and ends with 1 if any.
"""

import argparse
import contextlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]

if __name__ == "__main__":
    # A script is started from anywhere, and so the house has to be found first.
    sys.path.insert(0, str(ROOT))

from caseapp.cli import main as caseapp  # noqa: E402
from caseapp.settings import Settings  # noqa: E402
from tests import bare_house, house  # noqa: E402
from tests.samples import SAMPLES, Turn, compare, expected_of, show, turns  # noqa: E402

UNREADABLE = 2


class Told(NamedTuple):
    """What the command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The object that it printed; empty when it printed something else."""
        try:
            return dict(json.loads(self.out))
        except ValueError:
            return {}


def differences(settings: Settings, folder: Path) -> list[str]:
    """Import the lists of a folder in their order into an empty house, and return where a report differs.

    Each is tried, applied, and then tried and applied once more.
    """
    with _in_house(settings):
        return [f"{turn.file}: {line}" for turn in turns(folder) for line in _turn(folder, turn)]


@contextlib.contextmanager
def _in_house(settings: Settings) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(bare_house.environment(settings))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def told(folder: Path, turn: Turn, how: str) -> Told:
    """Run the command in the house of the environment."""
    out, err = io.StringIO(), io.StringIO()
    asked = ["import", turn.kind.value, str(folder / turn.file), how]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = caseapp([*asked, "--on", turn.on.isoformat(), "--json"])
    return Told(code, out.getvalue(), err.getvalue())


def _turn(folder: Path, turn: Turn) -> Iterator[str]:
    expected = expected_of(folder, turn.file)
    tried, applied = told(folder, turn, "--dry-run"), told(folder, turn, "--apply")
    again = told(folder, turn, "--dry-run")
    yield from _end(tried, expected)
    if not (tried.report and again.report):
        return
    yield from compare(expected, tried.report, again.report["counts"])
    if applied != tried:
        yield "what is applied is not what was tried"
    if told(folder, turn, "--apply").report.get("counts") != again.report["counts"]:
        yield "applied twice it is not what was tried the second time"


def _end(tried: Told, expected: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with how the command ended, and with what it printed beside the report."""
    code = UNREADABLE if expected.get("error") else 0
    if tried.code != code:
        yield f"the command ended with {tried.code}, expected {code}"
    if tried.err:
        yield f"the command also printed {tried.err!r}"
    if not tried.report:
        yield f"the command printed no report: {tried.out[:200]!r}"


def main(arguments: list[str]) -> int:
    """Print the differences of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    parser.add_argument("--database", choices=house.ENGINES, default="sqlite")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        bare = bare_house.build(asked.database, Path(folder), "samples")
        return show(differences(bare.settings, asked.folder))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
