"""Whatever file comes in as a list gives a report or a sentence: no crash, no hang, and nothing is written.

`python -m tests.proofs.list_fuzz [--files N] [--first SEED] [--database D] [--state FILE]`: each file is drawn
by its number (tests.hostile_lists) and tried as a list of each kind, in a process that it may end; a part
of them, the worst among them, is brought in on the page, and looked at by the worker. Afterwards every table
holds what it held, but for the lists themselves and the trail. Time is that of the processor.
"""

import argparse
import json
import os
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Final

from caseapp.cli.import_ import Asked, import_list
from caseapp.domain.lists.words import ListKind
from caseapp.kernel.machine import Machine
from tests import house
from tests.hostile_lists.held import OF_AN_UPLOAD, Held, changed, held
from tests.hostile_lists.mutations import drawn
from tests.hostile_lists.trying import Tried, Uploader, tried
from tests.proofs.telling import Keep, Told, begun, ended, keeper
from tests.samples import SAMPLES

AT_ONCE: Final = 200
"""Files of one process, after which the tables are looked at."""
UPLOADED: Final = 10
"""One file in so many is brought in on the page too: as many drawn ones as named ones."""
FOUND: Final = 20
"""So many faults are enough."""
HANGS: Final = 120
"""Seconds of the clock after which a file is not waited for."""
MOST_BYTES: Final = 6 * 1024**3
"""Memory that a process may ask for, so that a bomb ends it and not the machine."""
KNOWN: Final = (
    (ListKind.LOCATIONS, "locaties.csv", date(2026, 11, 2)),
    (ListKind.OCCUPANCY, "bezetting-2026-11-02.csv", date(2026, 11, 2)),
    (ListKind.SCHOOL, "school.csv", date(2026, 11, 2)),
)
"""Lists that came in before, so that rows have something to be held against."""

Do = Callable[[Machine, Sequence[int]], Iterator[Tried]]


@dataclass(frozen=True, slots=True)
class Ground:
    """A house in which lists came in, and the seed of the files."""

    template: house.Template
    first: int

    @classmethod
    def laid(cls, kind: str, folder: Path, first: int) -> "Ground":
        """Make a house with the small world in it, and bring in the lists of before."""
        template = house.make_template(kind, folder, f"fuzz_{os.getpid()}")
        machine = house.machine_of(template.settings)
        for of, name, on in KNOWN:
            asked = Asked(of, Path(name), apply=True, on=on)
            import_list(machine, asked, (SAMPLES / name).read_bytes())
        _close(machine)
        return cls(template, first)

    def held(self) -> Held:
        """Return what the tables hold now."""
        machine = house.machine_of(self.template.settings)
        found = held(machine)
        _close(machine)
        return found

    def try_all(self, machine: Machine, numbers: Sequence[int]) -> Iterator[Tried]:
        """Try files as lists of each kind."""
        for number in numbers:
            yield tried(machine, drawn(number, self.first)[1])

    def upload_all(self, machine: Machine, numbers: Sequence[int]) -> Iterator[Tried]:
        """Bring in files on the page."""
        at_the_page = Uploader.begun(machine, self.template.world)
        for number in numbers:
            yield at_the_page.uploaded(drawn(number, self.first)[1], number)


def prove(files: int, ground: Ground, told: Told, keep: Keep) -> Told:
    """Try so many files, from where an earlier run came to."""
    before = ground.held()
    while told.done < files and len(told.wrong) < FOUND:
        batch = range(told.done, min(told.done + AT_ONCE, files))
        _all(ground, ground.try_all, batch, told)
        meanwhile = ground.held()
        _nothing(changed(before, meanwhile), batch, told)
        _all(ground, ground.upload_all, [n for n in batch if n % UPLOADED == 0], told)
        before = ground.held()
        _nothing(changed(meanwhile, before, OF_AN_UPLOAD), batch, told)
        told.done = batch.stop
        keep(told)
    return told


def _nothing(tables: list[str], batch: range, told: Told) -> None:
    if tables:
        told.wrong.append(f"files {batch.start}-{batch.stop}: written to {', '.join(tables)}")


def _all(ground: Ground, do: Do, numbers: Sequence[int], told: Told) -> None:
    """Do something with files in a process of its own; one that ends it is told, and then the others come."""
    left = list(numbers)
    while left:
        came, status = _in_a_process(ground, do, left)
        for number, one in zip(left, came, strict=False):
            told.came.update(one.words)
            told.wrong += [f"{_name(ground, number)}: {fault}" for fault in one.wrong]
        if len(came) < len(left):
            ending = f"ended the process ({status})" if status else "came to nothing"
            told.wrong.append(f"{_name(ground, left[len(came)])}: {ending}")
        left = left[len(came) + 1 :]


def _name(ground: Ground, number: int) -> str:
    return f"file {number} of {ground.first} ({drawn(number, ground.first)[0]})"


def _in_a_process(ground: Ground, do: Do, numbers: Sequence[int]) -> tuple[list[Tried], int]:
    """Return what came of files, as far as the process came, and how it ended."""
    with tempfile.NamedTemporaryFile("r+", encoding="utf-8") as told:
        child = os.fork()
        if child == 0:
            _child(ground, do, numbers, Path(told.name))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return [Tried(**json.loads(line)) for line in told], status


def _child(ground: Ground, do: Do, numbers: Sequence[int], path: Path) -> None:
    """Do it and leave at once; nothing of the parent is run on the way out."""
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        machine = house.open_for_good(ground.template.settings)
        with path.open("w", encoding="utf-8") as told:
            signal.alarm(HANGS)
            for one in do(machine, numbers):
                told.write(json.dumps(asdict(one)) + "\n")
                told.flush()
                signal.alarm(HANGS)
        code = 0
    except Exception:  # noqa: BLE001 (the parent sees that it ended; here is why)
        traceback.print_exc()
    finally:
        os._exit(code)


def _close(machine: Machine) -> None:
    machine.engine.dispose()
    machine.keyring.keystore.close()


def main(arguments: list[str]) -> int:
    """Try files, keep how far it came, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=1, help="the seed of the files")
    parser.add_argument("--database", choices=house.ENGINES, default="postgresql")
    parser.add_argument("--state", type=Path)
    said = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground.laid(said.database, Path(folder), said.first)
        told = prove(said.files, ground, begun(said.state), keeper(said.state))
    return ended(told, "files", said.database)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
