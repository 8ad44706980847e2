"""However many look at the same children at once, each interruption is raised once, and none is missed.

`python -m tests.proofs.raising_races [--rounds N] [--workers N] [--children N] [--seed S] [--state FILE]`:
in each round 32 processes let the alerts of the same 500 children follow the facts, in parts by themselves
or as nightly looks, some with a clock that is a day behind. Half of them are killed (SIGKILL) at a random
moment. PostgreSQL only: SQLite lets one write at a time.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from caseapp.continuity import jobs
from caseapp.continuity.actions import reassess
from caseapp.domain.document import parse
from caseapp.domain.events import DossierImported
from caseapp.domain.policy import Actor
from caseapp.exchange.actions import Arriving, import_documents
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.settings import Settings
from caseapp.tables import METADATA
from caseapp.wiring import REACTIONS
from tests import house
from tests.all_rows import see_all
from tests.proofs.telling import Keep, Told, begun, ended, keeper
from tests.world import NOW, World, document, tell

RULE: Final = "CAR-1"
"""Each child of the proof has one interruption of this rule; others come with it, and must not come twice."""
WORKERS: Final = 32
CHILDREN: Final = 500
AT_ONCE: Final = 20
BEHIND: Final = (timedelta(), timedelta(), timedelta(minutes=3), timedelta(days=1))
"""How far the clock of a worker may be behind."""


def prove(said: argparse.Namespace, folder: Path, told: Told, keep: Keep) -> Told:
    """Let them race so many times, each time in a world that nobody looked at yet."""
    (folder / "template").mkdir()
    template = house.make_template(
        "postgresql",
        folder / "template",
        "proof",
        partial(_tell, children=said.children),
        "raising",
    )
    alone = _alone(_copied(template, folder, "alone"))
    for number in range(told.done, said.rounds):
        settings = _copied(template, folder, f"round{number}")
        chosen = random.Random(f"{said.seed}/{number}")
        ends = _race(settings, said.workers, chosen)
        told.came.update(ends)
        told.wrong += [
            f"round {number}: {fault}" for fault in _faults(settings, alone, said.children)
        ]
        told.wrong += [f"round {number}: a worker failed"] * ends["failed"]
        told.done = number + 1
        keep(told)
    return told


def _tell(machine: Machine, children: int) -> World:
    """Tell the small world, and take in so many children with broken care at whom no rule has looked."""
    told = tell(machine)
    silent = {**REACTIONS, DossierImported: REACTIONS[DossierImported][:1]}
    work = _system(replace(machine, reactions=silent))
    import_documents(work, [_arriving(number, told) for number in range(children)])
    work.commit()
    work.session.close()
    return told


def _arriving(number: int, told: World) -> Arriving:
    written = document("mine")
    links = written.pop("accounts")
    written["child"] |= {"ref": f"copy{number}", "v_number": str(8800000000 + number)}
    return Arriving(parse(written), {record: told.accounts[who] for record, who in links.items()})


def _copied(template: house.Template, folder: Path, name: str) -> Settings:
    (folder / name).mkdir()
    return house.copy_of(template, folder / name, "raising")


def _race(settings: Settings, workers: int, chosen: random.Random) -> Counter[str]:
    """Let all begin at once, kill half of them while they are busy, and return how each ended."""
    seeds = [chosen.random() for _ in range(workers)]
    began = time.monotonic()
    busy = [_forked(partial(_look, settings, seed, index)) for index, seed in enumerate(seeds)]
    doomed = chosen.sample(busy[1:], workers // 2)
    moments = sorted(chosen.uniform(0, workers * 0.25) for _ in doomed)
    for child, moment in zip(doomed, moments, strict=True):
        time.sleep(max(0.0, began + moment - time.monotonic()))
        os.kill(child, signal.SIGKILL)
    return Counter(_ending(os.waitpid(child, 0)[1]) for child in busy)


def _ending(status: int) -> str:
    if os.WIFSIGNALED(status):
        return "killed"
    return "finished" if os.WEXITSTATUS(status) == 0 else "failed"


def _forked(do: Callable[[], None]) -> int:
    """Do something in a process of its own; nothing of the parent is run on the way out."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            do()
            code = 0
        except Exception:  # noqa: BLE001 (said before the process is gone; the parent counts it)
            traceback.print_exc()
        finally:
            os._exit(code)
    return child


def _look(settings: Settings, seed: float, index: int) -> None:
    """Look at every child: every fourth worker as a nightly look, the others in parts of their own."""
    chosen = random.Random(seed)
    behind = chosen.choice(BEHIND) if index else timedelta()
    machine = house.machine_of(settings, now=lambda: NOW - behind)
    if index % 4 == 0:
        jobs.CHILDREN_AT_ONCE = AT_ONCE  # type: ignore[misc]
        if jobs.reassess_all(partial(_system, machine)).failed:
            raise RuntimeError
        return
    child_ids = _children(machine)
    chosen.shuffle(child_ids)
    for start in range(0, len(child_ids), AT_ONCE):
        work = _system(machine)
        reassess(work, child_ids[start : start + AT_ONCE])
        work.commit()
        work.session.close()


def _children(machine: Machine) -> list[UUID]:
    with machine.engine.connect() as db:
        see_all(db)
        return list(db.scalars(select(METADATA.tables["child"].c.id)))


def _alone(settings: Settings) -> list[tuple[Any, ...]]:
    """Return the alerts that one leaves who looks alone."""
    _finish(settings)
    return _alerts(settings)


def _finish(settings: Settings) -> jobs.Tally:
    machine = house.machine_of(settings)
    tally = jobs.reassess_all(partial(_system, machine), anew=True)
    machine.engine.dispose()
    machine.keyring.keystore.close()
    return tally


def _faults(settings: Settings, alone: list[tuple[Any, ...]], children: int) -> Iterator[str]:
    """Yield what may never be when all have ended and somebody looked once more."""
    _finish(settings)
    if _finish(settings).changed:
        yield "a last look changed something"
    found = _alerts(settings)
    if found != alone:
        yield f"{len(set(alone) - set(found))} alerts are missing, {len(set(found) - set(alone))} others there"
    of_rule = sum(row[1] == RULE for row in found)
    if of_rule != children + 1:  # and the child of the small world
        yield f"{of_rule} alerts of {RULE} for {children + 1} interruptions"
    for name, twice in _twice(settings).items():
        if twice:
            yield f"{twice} alerts with more than one {name}"


def _alerts(settings: Settings) -> list[tuple[Any, ...]]:
    """Return the open alerts, without what differs between two runs: their own keys and moments."""
    alert = METADATA.tables["alert"]
    names = "child_id rule subject severity since due owner_account_id owner_desk"
    told = [alert.c[name] for name in names.split()]
    machine = house.machine_of(settings)
    with machine.engine.connect() as db:
        see_all(db)
        rows = db.execute(select(*told).where(alert.c.closed_at.is_(None)))
        found = sorted(map(tuple, rows), key=repr)
    machine.engine.dispose()
    return found


def _twice(settings: Settings) -> dict[str, int]:
    """Return how many alerts were raised, open or told in the trail more than once."""
    spell, step, line = (METADATA.tables[n] for n in ("alert_spell", "alert_step", "audit_event"))
    wanted = {
        "interruption going on": (spell.c.alert_id, spell.c.closed_at.is_(None)),
        "raising": (step.c.alert_id, step.c.what == "raised"),
        "raising in the trail": (line.c.object_id, line.c.code == "alert-raised"),
    }
    machine = house.machine_of(settings)
    with machine.engine.connect() as db:
        see_all(db)
        found = {
            name: len(db.execute(
                select(key).where(condition).group_by(key).having(func.count() > 1)
            ).all())
            for name, (key, condition) in wanted.items()
        }  # fmt: skip
    machine.engine.dispose()
    return found


def _system(machine: Machine) -> Work:
    return machine.work(Actor(account_id=None, name="race", everywhere=True))


def main(arguments: list[str]) -> int:
    """Race, keep how far it came, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--workers", type=int, default=WORKERS)
    parser.add_argument("--children", type=int, default=CHILDREN)
    parser.add_argument("--database", choices=("postgresql",), default="postgresql")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--state", type=Path)
    said = parser.parse_args(arguments)
    told = begun(said.state)
    with tempfile.TemporaryDirectory() as folder:
        prove(said, Path(folder), told, keeper(said.state))
    return ended(
        told, f"rounds of {said.workers} workers and {said.children} children", said.database
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
