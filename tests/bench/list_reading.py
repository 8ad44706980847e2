"""How fast and how lean long lists are read and tried: CSV and XLSX, against an empty and a full database.

`python -m tests.bench.list_reading [--rows N]`. Trying is the command itself, in a process of its own, from
its start to its end; its memory is the most that this process held.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import xlsxwriter

from caseapp.cli.import_ import Asked, import_list
from caseapp.domain.lists.reader import read_table
from caseapp.domain.lists.words import ListKind
from caseapp.kernel.keys import establish
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.migrations import upgrade
from caseapp.kernel.providers import make_root_file
from caseapp.kernel.root_keys import root_key
from caseapp.settings import ROOT, Settings
from tests import house, pg
from tests.bare_house import environment
from tests.bench.ground import durable_home
from tests.bench.list_rows import HEADER, Listed, file_of, locations, occupancy
from tests.world import TODAY

ROWS: Final = 50_000
PART: Final = 10
"""The short list has a tenth of the rows: the cost per row of both gives the growth."""
PLACES: Final = 120
KILO: Final = 1024
DAYS: Final = frozenset({3, 10, 11, 12})
"""The columns that Excel keeps as days; the first one it turns into a number."""
COMMAND: Final = """
import sys
from pathlib import Path
from caseapp.cli import main
code = main(sys.argv[1:])
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
sys.exit(code or print(peak.split()[1], file=sys.stderr))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What reading or trying a list took: seconds of the clock, and megabytes at its height."""

    seconds: float
    megabytes: int = 0
    of_these_to_start: float = 0.0
    """Seconds that a list of one row takes too."""

    def of_a_row(self, rows: int) -> float:
        """Return the seconds of each row, without those that every list takes."""
        return (self.seconds - self.of_these_to_start) / rows

    def said(self, what: str, rows: int) -> str:
        """Return it as a line for people."""
        memory = f"{self.megabytes:6} MB" if self.megabytes else ""
        return f"{what:44}{self.seconds:7.1f} s {rows / self.seconds:9.0f} rows/s {memory}"


Costs = Mapping[str, Cost]


def workbook_of(rows: Sequence[Listed]) -> bytes:
    """Return the list as Excel saves it: days as days, V-numbers as numbers, without their zeros."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        form = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet = book.add_worksheet("Bezetting")
        sheet.write_row(0, 0, HEADER.split(";"))
        for at, row in enumerate(rows, 1):
            days = iter((row.birth, row.since, row.applied, row.applied))
            for column, cell in enumerate(row.text().split(";")):
                if column in DAYS:
                    sheet.write_datetime(at, column, next(days), form)
                elif column:
                    sheet.write_string(at, column, cell)
                else:
                    sheet.write_number(at, column, int(cell))
    return data.getvalue()


def read(data: bytes) -> Cost:
    """Read a list to its rows, as the page does at once."""
    began = time.perf_counter()
    read_table(ListKind.OCCUPANCY, data)
    return Cost(time.perf_counter() - began)


def try_out(settings: Settings, data: bytes) -> Cost:
    """Try a list with the command itself. Raises RuntimeError when no report comes of it."""
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(data)
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, "import", "occupancy", file.name,
             "--dry-run", "--json", "--on", TODAY.isoformat()],
            cwd=ROOT, env={**os.environ, **environment(settings)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        seconds = time.perf_counter() - began
    if done.returncode or json.loads(done.stdout)["error"]:
        raise RuntimeError(done.stderr or done.stdout)
    return Cost(seconds, int(done.stderr.split()[-1]) // KILO)


def costs_of(settings: Settings, rows: Sequence[Listed], state: str) -> Iterator[tuple[str, Cost]]:
    """Read and try a list in both forms; `state` tells whether the database is empty or full."""
    start = try_out(settings, file_of(rows[:1])).seconds
    for form, make in (("CSV", file_of), ("XLSX", workbook_of)):
        data = make(rows)
        if state == "empty":
            yield f"read, {form}", read(data)
        cost = try_out(settings, data)
        yield f"try, {form}, {state} database", replace(cost, of_these_to_start=start)


def measure_reading(rows: int, say: Callable[[str], None]) -> None:
    """Read and try lists of two lengths, before and after their children came in."""
    costs: dict[int, Costs] = {}
    for many in (rows // PART, rows):
        with _house_with_places(f"reading_{many}") as (settings, codes):
            listed = occupancy(many, codes, TODAY)
            found = dict(costs_of(settings, listed, "empty"))
            _come(settings, ListKind.OCCUPANCY, file_of(listed))
            costs[many] = found | dict(costs_of(settings, listed, "full"))
        for what, cost in costs[many].items():
            say(cost.said(f"{many} rows: {what}", many))
    for what, cost in costs[rows].items():
        ratio = cost.of_a_row(rows) / costs[rows // PART][what].of_a_row(rows // PART)
        say(f"{what}: cost per row of {rows} / of {rows // PART} = {ratio:.2f}")


@contextmanager
def _house_with_places(name: str) -> Iterator[tuple[Settings, list[str]]]:
    """Give a house with locations and nobody at them, on a server that keeps what it commits."""
    with tempfile.TemporaryDirectory(prefix="caseapp-bench-") as folder:
        settings = house.settings_in(Path(folder))
        urls = pg.hold(durable_home(), ()).fresh_database(name)
        settings = replace(settings, database_url=urls.run, migrate_url=urls.migrate)
        upgrade(settings.migrate_url, settings.database_url)
        make_root_file(settings.key_file)
        establish(root_key(settings), Keystore(settings.keystore_url), sealed_rows=False)
        codes, places = locations(PLACES)
        _come(settings, ListKind.LOCATIONS, places)
        yield settings, codes


def _come(settings: Settings, kind: ListKind, data: bytes) -> None:
    machine = house.open_for_good(settings)
    import_list(machine, Asked(kind, Path("list.csv"), apply=True, on=TODAY), data)
    machine.engine.dispose()
    machine.keyring.keystore.close()


def main(arguments: Sequence[str]) -> int:
    """Measure and say it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    measure_reading(parser.parse_args(arguments).rows, _say)
    return 0


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
