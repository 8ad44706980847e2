"""However many people take a step of one move at once, the child ends in one place with one who is responsible.

`python -m tests.proofs.move_races [--rounds N] [--database D] [--seed S] [--state FILE]`: in each round
some of seven people, by the seed, accept, cancel, write down the arrival, move the child elsewhere
without notice or take over, all at one moment. Each step is done whole, or refused as the pages know it.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Barrier, Thread
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from caseapp.domain.codes import TransferStatus
from caseapp.domain.moving import RefusedError
from caseapp.domain.periods import PeriodError
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import LostRaceError, Work
from caseapp.moves import actions, queries
from caseapp.placements import queries as placements
from caseapp.tables import METADATA
from tests import house
from tests.acting import acting
from tests.proofs.telling import Keep, Told, asked, begun, ended, keeper
from tests.slices.moves.story import sent, the
from tests.world import TODAY, World

FEWEST, MOST = 2, 6
LATEST_SECONDS: Final = 0.004
"""How much later than the others somebody may press, so that orders differ."""

Step = Callable[[Work, World, UUID], None]


def _accept(work: Work, world: World, key: UUID) -> None:
    actions.accept(work, the(work, world, key))


def _cancel(work: Work, world: World, key: UUID) -> None:
    actions.cancel(work, the(work, world, key), None, "The school begins first.")


def _arrive(work: Work, world: World, key: UUID) -> None:
    actions.arrive(work, the(work, world, key), None, TODAY)


def _elsewhere(work: Work, world: World, key: UUID) -> None:
    actions.record_unannounced(work, world.mine, world.locations["NO-BESIDE"], TODAY)


def _take_over(work: Work, world: World, key: UUID) -> None:
    assert work.actor.account_id is not None
    actions.take_over(work, world.mine, work.actor.account_id)


STEPS: Final[Mapping[str, tuple[str, Step]]] = {
    "accept": ("cpk_far", _accept),
    "accept as coordinator": ("coordinator_far", _accept),
    "cancel": ("cpk", _cancel),
    "arrive": ("cpk_far", _arrive),
    "arrive as coordinator": ("national", _arrive),
    "move elsewhere": ("coordinator", _elsewhere),
    "take over": ("cpk", _take_over),
}


def prove(rounds: int, kind: str, folder: Path, seed: int, told: Told, keep: Keep) -> Told:
    """Let them race so many times, each time in a fresh house, from where an earlier run came to."""
    (folder / "template").mkdir()
    template = house.make_template(kind, folder / "template", "proof", name="races")
    for number in range(told.done, rounds):
        machine = house.machine_of(house.copy_of(template, _fresh(folder, number), "races"))
        chosen = random.Random(f"{seed}/{number}")
        key = sent(machine, template.world, TODAY)
        outcomes = race(machine, template.world, key, chosen)
        told.came.update(outcomes.values())
        told.wrong += [
            f"round {number}: {fault} ({outcomes})"
            for fault in faults(machine, template.world, key, outcomes)
        ]
        told.done = number + 1
        keep(told)
        machine.engine.dispose()
        machine.keyring.keystore.close()
    return told


def _fresh(folder: Path, number: int) -> Path:
    found = folder / f"round{number}"
    found.mkdir()
    return found


def race(machine: Machine, world: World, key: UUID, chosen: random.Random) -> dict[str, str]:
    """Let some take their steps with a move at the same moment, and return what came of each."""
    runners = chosen.sample(list(STEPS), chosen.randint(FEWEST, MOST))
    late = {name: chosen.uniform(0, LATEST_SECONDS) for name in runners}
    start, outcomes = Barrier(len(runners)), dict[str, str]()

    def run(name: str) -> None:
        who, step = STEPS[name]
        start.wait()
        time.sleep(late[name])
        outcomes[name] = _tried(machine, world, who, lambda work: step(work, world, key))

    threads = [Thread(target=run, args=(name,)) for name in runners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def _tried(machine: Machine, world: World, who: str, step: Callable[[Work], None]) -> str:
    try:
        with acting(machine, world, who) as work:
            step(work)
    except (RefusedError, PeriodError):
        return "refused"
    except LostRaceError:
        return "lost"
    except Exception as error:  # noqa: BLE001 (that is what the proof looks for)
        return f"fault {type(error).__name__}"
    return "done"


def faults(machine: Machine, world: World, key: UUID, outcomes: Mapping[str, str]) -> list[str]:
    """Return what may never be after a race."""
    done = {name for name, came in outcomes.items() if came == "done"}
    ended_by = done & {"cancel", "arrive", "arrive as coordinator"}
    with acting(machine, world, "national") as work:
        bearers = [row for row in queries.responsible(work, world.mine) if row.to_on is None]
        stays = [row for row in placements.stays(work, world.mine) if row.to_on is None]
        status = the(work, world, key).status
    wrong = [f"{name}: {came}" for name, came in outcomes.items() if came.startswith("fault")]
    if len(bearers) != 1:
        wrong.append(f"{len(bearers)} are responsible")
    if len(stays) != 1:
        wrong.append(f"lives at {len(stays)} places")
    if len(ended_by) > 1:
        wrong.append(f"the move ended {len(ended_by)} times")
    if len(done & {"accept", "accept as coordinator"}) > 1:
        wrong.append("accepted twice")
    if ended_by and status not in {TransferStatus.CANCELLED, TransferStatus.ARRIVED}:
        wrong.append(f"ended, and stands as {status}")
    return wrong + _trail_faults(machine, outcomes)


def _trail_faults(machine: Machine, outcomes: Mapping[str, str]) -> list[str]:
    """Each step that was done is in the trail once, and nothing that was refused or lost."""
    expected = Counter(code for name, code in TRAIL.items() if outcomes.get(name) == "done")
    line = METADATA.tables["audit_event"]
    with machine.engine.connect() as db:
        rows = db.execute(
            select(line.c.code, func.count())
            .where(line.c.code.in_(set(TRAIL.values())), line.c.outcome == "ok")
            .group_by(line.c.code)
        )
        found: dict[str, int] = dict(map(tuple, rows))
    return [] if found == dict(expected) else [f"trail {found}, done {dict(expected)}"]


TRAIL: Final = {
    "accept": "handover-accepted",
    "accept as coordinator": "handover-accepted",
    "cancel": "transfer-cancelled",
    "arrive": "transfer-arrived",
    "arrive as coordinator": "transfer-arrived",
    "move elsewhere": "transfer-arrived",
}


def main(arguments: list[str]) -> int:
    """Race, keep how far it came, and say how it went."""
    said = asked(arguments, __doc__ or "", rounds=1000)
    told = begun(said.state)
    with tempfile.TemporaryDirectory() as folder:
        prove(said.rounds, said.database, Path(folder), said.seed, told, keeper(said.state))
    return ended(told, "races", said.database)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
