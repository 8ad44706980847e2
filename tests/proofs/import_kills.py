"""A worker that is killed while it applies a list leaves nothing half, and the next one applies all of it once.

`python -m tests.proofs.import_kills [--kills N] [--database sqlite|postgresql] [--state FILE]` lets a worker
apply a list N times and kills it (SIGKILL) at a random moment each time. After every kill the database holds
either what it held before or the whole list, never anything between. Then the next worker comes, when the lease
of the first is over: the list is there once, and all that the database holds opens.
With --state it goes on where an earlier run stopped. It ends with 1 when something was half, or twice.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from caseapp.cli.import_ import Asked, import_list
from caseapp.continuity import facts
from caseapp.domain.lists.reader import read_table
from caseapp.domain.lists.words import ListKind
from caseapp.domain.policy import Actor
from caseapp.exchange.actions import start_applying, submit
from caseapp.exchange.jobs import lists
from caseapp.exchange.models import ListRun
from caseapp.kernel.machine import Machine
from caseapp.people.models import Child
from caseapp.settings import Settings
from caseapp.tables import METADATA
from tests import house, world
from tests.acting import acting
from tests.all_rows import see_all
from tests.samples import SAMPLES
from tests.world import NOW

LOCATIONS = SAMPLES / "locaties.csv"
LIST = SAMPLES / "bezetting-2026-11-02.csv"
ON = date(2026, 11, 2)
LATER = timedelta(hours=1)
"""After that no lease of a worker that was killed holds any more."""
BEYOND = 1.15
"""Moments are drawn from a little more than the time that applying takes: after the commit too."""


@dataclass(slots=True)
class Tally:
    """How many kills were done, and how many of them came after the commit; what was half."""

    done: int = 0
    whole: int = 0
    half: list[str] = field(default_factory=list)


def prove(kills: int, kind: str, folder: Path, seed: int, tally: Tally, keep: Any) -> Tally:
    """Kill so many times, from where the tally stands; `keep` is called after each kill."""
    before = _begun(kind, folder)
    first = _rows(before.settings)
    whole, seconds = _finished(before, folder)
    for number in range(tally.done, kills):
        moment = random.Random(f"{seed}/{number}").uniform(0, seconds * BEYOND)
        settings = _copy(before, folder, number)
        _kill(settings, moment)
        rows = _rows(settings)
        if rows == whole:
            tally.whole += 1
        elif rows != first:
            tally.half.append(f"kill {number} after {moment:.3f} s: {_differing(first, rows)}")
        _work_off(settings, NOW + LATER)
        rows = _rows(settings)
        if rows != whole:
            tally.half.append(f"kill {number}, the next worker: {_differing(whole, rows)}")
        _open_all(settings)
        tally.done = number + 1
        keep(tally)
    return tally


def _begun(kind: str, folder: Path) -> house.Template:
    """Return a house in which somebody let a list be applied, and no worker came yet."""
    (folder / "before").mkdir()
    return house.make_template(kind, folder / "before", str(os.getpid()), _begin, "kills")


def _begin(machine: Machine) -> world.World:
    """Tell the world, bring in the locations, and let the list be looked at and be applied."""
    told = world.tell(machine)
    import_list(
        machine, Asked(ListKind.LOCATIONS, LOCATIONS, apply=True, on=ON), LOCATIONS.read_bytes()
    )
    data = LIST.read_bytes()
    with acting(machine, told, "national") as work:
        run = submit(
            work,
            ListKind.OCCUPANCY,
            read_table(ListKind.OCCUPANCY, data),
            file_name=LIST.name,
            on=ON,
            file_hash=sha256(data).digest(),
        )
    lists(machine)
    with acting(machine, told, "national") as work:
        assert start_applying(work, work.session.get_one(ListRun, run.id))
    return told


def _copy(before: house.Template, folder: Path, number: int) -> Settings:
    home = folder / f"copy{number}"
    home.mkdir()
    shutil.rmtree(folder / f"copy{number - 1}", ignore_errors=True)
    return house.copy_of(before, home, f"kills_{os.getpid()}")


def _finished(before: house.Template, folder: Path) -> tuple[dict[str, int], float]:
    """Apply the whole list once: what there is then, and how many seconds it takes."""
    settings = _copy(before, folder, -1)
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        _child(settings)
    _refuse_failure(os.waitpid(child, 0)[1])
    seconds = time.monotonic() - began
    return _rows(settings), seconds


def _kill(settings: Settings, moment: float) -> None:
    """Let a worker begin in a process of its own, and kill it at a moment."""
    child = os.fork()
    if child == 0:
        _child(settings)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    _refuse_failure(os.waitpid(child, 0)[1])


def _child(settings: Settings) -> None:
    """Work and leave at once; nothing of the parent is run on the way out."""
    code = 1
    try:
        _work_off(settings, NOW)
        code = 0
    finally:
        os._exit(code)


def _refuse_failure(status: int) -> None:
    """Raise when applying ended by itself with an error: then nothing is proved."""
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("The list could not be applied at all.")


def _work_off(settings: Settings, now: datetime) -> None:
    """Do as a worker does at a moment."""
    machine = house.machine_of(settings, lambda: now)
    lists(machine)
    _close(machine)


def _rows(settings: Settings) -> dict[str, int]:
    """Return how many rows each table holds, and how far the trail has come."""
    machine = house.machine_of(settings)
    with machine.engine.connect() as connection:
        see_all(connection)
        found = {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in METADATA.sorted_tables
        }
        tables = METADATA.tables
        found["trail"] = connection.scalar(select(tables["audit_head"].c.seq)) or 0
    _close(machine)
    return found


def _open_all(settings: Settings) -> None:
    """Open everything that the rules read of every child; raises Unreadable."""
    machine = house.machine_of(settings)
    work = machine.work(Actor(None, "proof", everywhere=True), writes=False)
    facts.dossiers(work, list(work.session.scalars(select(Child.id))))
    work.session.close()
    _close(machine)


def _close(machine: Machine) -> None:
    machine.engine.dispose()
    machine.keyring.keystore.close()


def _differing(one: dict[str, int], other: dict[str, int]) -> dict[str, tuple[int, int]]:
    return {name: (one[name], other[name]) for name in one if one[name] != other[name]}


def main(arguments: list[str]) -> int:
    """Kill, keep how far it came, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--database", choices=house.ENGINES, default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--state", type=Path)
    asked = parser.parse_args(arguments)
    tally = Tally()
    if asked.state and asked.state.exists():
        tally = Tally(**json.loads(asked.state.read_text("utf-8")))

    def keep(now: Tally) -> None:
        if asked.state:
            told = {"done": now.done, "whole": now.whole, "half": now.half}
            asked.state.write_text(json.dumps(told), "utf-8")

    with tempfile.TemporaryDirectory() as folder:
        prove(asked.kills, asked.database, Path(folder), asked.seed, tally, keep)
    print(f"{tally.done} kills on {asked.database}: {tally.whole} after the commit, "  # noqa: T201
          f"{tally.done - tally.whole - len(tally.half)} left nothing, {len(tally.half)} half.")  # fmt: skip
    print(*tally.half, sep="\n", end="")  # noqa: T201
    return 1 if tally.half else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
