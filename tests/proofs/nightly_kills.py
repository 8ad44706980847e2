"""A nightly look that is killed goes on where it was, and a look that is done changes nothing when done again.

`python -m tests.proofs.nightly_kills [--rounds N] [--database D] [--seed S] [--state FILE]` begins to look at a
demo world and kills it (SIGKILL) at a random moment. What was committed is whole, the next run goes on from
there, and at the end the alerts are those of a look that nobody killed. A last look changes nothing.
"""

import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, func, select, text

from caseapp.continuity import jobs
from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.settings import Settings
from caseapp.tables import METADATA
from tests import house
from tests.all_rows import see_all
from tests.browser import demo_house
from tests.proofs.telling import Keep, Told, asked, begun, ended, keeper
from tests.world import NOW, World

CHILDREN: Final = 120
AT_ONCE: Final = 10
"""So few children a transaction, so that a kill finds a world that was half looked at."""
TWO_WEEKS: Final = timedelta(days=14)
BEYOND: Final = 1.1
"""Moments are drawn from a little more than the time that a look takes: after its end too."""

OTHERS: Final = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
"""How many others are connected to this database."""

Alerts = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Whole:
    """What a look that nobody kills leaves, how many children it looks at, and how many seconds it takes."""

    children: int
    alerts: Alerts
    rows: dict[str, int]
    seconds: float


def prove(rounds: int, kind: str, folder: Path, seed: int, told: Told, keep: Keep) -> Told:
    """Kill a look so many times, each time in a world that was last looked at two weeks ago."""
    (folder / "template").mkdir()
    template = house.make_template(kind, folder / "template", "proof", _tell, "nights")
    whole = _whole(_copied(template, folder, "whole"))
    for number in range(told.done, rounds):
        settings = _copied(template, folder, f"round{number}")
        moment = random.Random(f"{seed}/{number}").uniform(0, whole.seconds * BEYOND)
        _kill(settings, moment)
        came, faults = _gone_on(settings, whole)
        told.came[came] += 1
        told.wrong += [f"round {number} after {moment:.3f} s: {fault}" for fault in faults]
        told.done = number + 1
        keep(told)
    return told


def _tell(machine: Machine) -> World:
    """Tell the demo world as it was two weeks ago, so that a look today finds much that is new."""
    return demo_house.tell(replace(machine, now=lambda: NOW - TWO_WEEKS), CHILDREN)


def _copied(template: house.Template, folder: Path, name: str) -> Settings:
    (folder / name).mkdir()
    return house.copy_of(template, folder / name, "nights")


def _whole(settings: Settings) -> Whole:
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        _look_and_leave(settings)
    os.waitpid(child, 0)
    seconds = time.monotonic() - began
    return Whole(_followed(settings), _alerts(settings), _rows(settings), seconds)


def _followed(settings: Settings) -> int:
    """Return how many children a whole look looks at: the stories of the demo add some to those asked for."""
    child = METADATA.tables["child"]
    machine = house.machine_of(settings)
    with machine.engine.connect() as db:
        see_all(db)
        found = db.scalar(
            select(func.count()).select_from(child).where(child.c.closed_on.is_(None))
        )
    _close(machine)
    return found or 0


def _kill(settings: Settings, moment: float) -> None:
    """Begin to look in a process of its own, and kill it at a moment."""
    child = os.fork()
    if child == 0:
        _look_and_leave(settings)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _look_and_leave(settings: Settings) -> None:
    """Look at everybody and leave at once; nothing of the parent is run on the way out."""
    try:
        _look(settings)
    finally:
        os._exit(0)


def _look(settings: Settings) -> jobs.Tally:
    jobs.CHILDREN_AT_ONCE = AT_ONCE  # type: ignore[misc]
    machine = house.machine_of(settings)
    tally = jobs.reassess_all(partial(_open_work, machine))
    _close(machine)
    return tally


def _gone_on(settings: Settings, whole: Whole) -> tuple[str, list[str]]:
    """Go on after a kill, look once more, and return where the kill fell and what went wrong."""
    reached, is_done = _mark(settings)
    faults = []
    tally = _look(settings)
    if tally.failed:
        faults.append(f"{len(tally.failed)} children failed")
    if reached and not is_done and tally.seen >= whole.children:
        faults.append("began again at the first child")
    if _alerts(settings) != whole.alerts:
        faults.append("the alerts are not those of a look that nobody killed")
    before = _rows(settings)
    again = _look(settings)
    if again.changed or again.failed or _rows(settings) != before:
        faults.append(f"a second look changed {again.changed} children")
    came = "after the end" if is_done else "half way" if reached else "before the first chunk"
    return came, faults


def _mark(settings: Settings) -> tuple[int, bool]:
    """Return how far a look came, and whether it ended."""
    mark = METADATA.tables["watermark"]
    machine = house.machine_of(settings)
    with machine.engine.connect() as db:
        see_all(db)
        _let_go(db)
        row = db.execute(
            select(mark.c.reached, mark.c.done_at).where(mark.c.job == jobs.JOB)
        ).first()
    _close(machine)
    return (row.reached, row.done_at is not None) if row else (0, False)


def _let_go(db: Connection) -> None:
    """Wait until the server has done with the killed process: what it was told to commit, it commits."""
    while db.dialect.name == "postgresql" and db.scalar(OTHERS):
        time.sleep(0.01)


def _alerts(settings: Settings) -> Alerts:
    """Return every alert, without what differs between two runs: its own key."""
    alert = METADATA.tables["alert"]
    names = "child_id rule subject severity since due closed_at times owner_account_id owner_desk"
    told = [alert.c[name] for name in names.split()]
    machine = house.machine_of(settings)
    with machine.engine.connect() as db:
        see_all(db)
        found = sorted(map(tuple, db.execute(select(*told))), key=repr)
    _close(machine)
    return found


def _rows(settings: Settings) -> dict[str, int]:
    """Return how many rows each table of alerts and messages holds."""
    machine = house.machine_of(settings)
    with machine.engine.connect() as db:
        see_all(db)
        found = {
            name: db.scalar(select(func.count()).select_from(METADATA.tables[name])) or 0
            for name in ("alert", "alert_spell", "alert_step", "notice")
        }
    _close(machine)
    return found


def _open_work(machine: Machine) -> Work:
    return machine.work(Actor(account_id=None, name="nightly", everywhere=True), route="nightly")


def _close(machine: Machine) -> None:
    machine.engine.dispose()
    machine.keyring.keystore.close()


def main(arguments: list[str]) -> int:
    """Kill, keep how far it came, and say how it went."""
    said = asked(arguments, __doc__ or "", rounds=200)
    told = begun(said.state)
    with tempfile.TemporaryDirectory() as folder:
        prove(said.rounds, said.database, Path(folder), said.seed, told, keeper(said.state))
    return ended(told, "kills", said.database)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
