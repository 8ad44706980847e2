"""However many people take a step of one move at once, the child ends in one place with one who is responsible.

`python -m tests.proofs.move_races [--rounds N] [--database D] [--seed S] [--state FILE]`: in each round some of
twelve people, by the seed, accept, refuse, cancel, write down departure or arrival, move the child elsewhere
without notice, take over, or hand over a whole caseload, all at one moment. Each step is done whole, or
refused as the pages know it. Each round has a child of its own in one house; two processes race at a time.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier, Thread
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from caseapp.casefile.actions import pass_on
from caseapp.domain.codes import TransferStatus
from caseapp.domain.intents.caseload import Passing, WhyPassed
from caseapp.domain.moving import RefusedError
from caseapp.domain.periods import PeriodError
from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import LostRaceError, OutOfReachError, Work
from caseapp.moves import actions, queries
from caseapp.moves.models import Transfer
from caseapp.people import queries as people
from caseapp.settings import Settings
from caseapp.tables import METADATA
from tests import house
from tests.all_rows import see_all
from tests.proofs.racers import actors_of, staged
from tests.proofs.telling import Keep, Told, asked, begun, ended, keeper
from tests.world import TODAY, World

FEWEST, MOST = 2, 6
BATCH: Final = 100
"""Rounds whose children come in, and are looked at afterwards, together."""
PROCESSES: Final[Mapping[str, int]] = {"postgresql": 2, "sqlite": 1}
LATEST_SECONDS: Final = 0.004
"""How much later than the others somebody may press, so that orders differ."""


@dataclass(frozen=True, slots=True)
class Child:
    """The child of one round, and its move that everybody wants a step of."""

    id: UUID
    move: UUID


Step = Callable[[Work, World, Child], object]


def _move(work: Work, child: Child) -> Transfer:
    found = queries.transfer(work, child.id, child.move)
    assert found is not None
    return found


def _hand_over(work: Work, world: World, child: Child) -> None:
    to = {child.id: world.accounts["coordinator"]}
    pass_on(work, Passing(world.accounts["cpk"], to, WhyPassed.ABSENT), guarding=False)


def _take_over(work: Work, _world: World, child: Child) -> None:
    assert work.actor.account_id is not None
    actions.take_over(work, child.id, work.actor.account_id)


def _elsewhere(work: Work, world: World, child: Child) -> None:
    actions.record_unannounced(work, child.id, world.locations["NO-BESIDE"], TODAY)


def _accept(work: Work, _world: World, child: Child) -> None:
    actions.accept(work, _move(work, child))


def _arrive(work: Work, _world: World, child: Child) -> None:
    actions.arrive(work, _move(work, child), None, TODAY)


STEPS: Final[Mapping[str, tuple[str, Step]]] = {
    "accept": ("cpk_far", _accept),
    "accept as coordinator": ("coordinator_far", _accept),
    "refuse": ("cpk_far", lambda w, _, c: actions.refuse(w, _move(w, c), "There is no bed.")),
    "cancel": ("cpk", lambda w, _, c: actions.cancel(w, _move(w, c), None, "School first.")),
    "depart": ("cpk", lambda w, _, c: actions.depart(w, _move(w, c), None, TODAY)),
    "arrive": ("cpk_far", _arrive),
    "arrive as coordinator": ("national", _arrive),
    "move elsewhere": ("coordinator", _elsewhere),
    "take over": ("cpk", _take_over),
    "take over as coordinator": ("coordinator", _take_over),
    "take over there": ("cpk_far", _take_over),
    "hand over all": ("coordinator", _hand_over),
}

TRAIL: Final = {
    "accept": "handover-accepted",
    "accept as coordinator": "handover-accepted",
    "refuse": "handover-refused",
    "cancel": "transfer-cancelled",
    "depart": "transfer-departed",
    "arrive": "transfer-arrived",
    "arrive as coordinator": "transfer-arrived",
    "move elsewhere": "transfer-arrived",
}
"""What each step that was done leaves in the trail, once."""

ONCE: Final = (
    ("the move ended", {"cancel", "arrive", "arrive as coordinator"}),
    ("accepted", {"accept", "accept as coordinator"}),
    ("handed over", {"hand over all"}),
)
"""Steps of which one at most is done."""

BATON: Final = ("responsibility-taken", "responsibility-ended")


def prove(rounds: int, kind: str, folder: Path, seed: int, told: Told, keep: Keep) -> Told:
    """Let them race so many times, each time about another child, from where an earlier run came to."""
    (folder / "house").mkdir()
    template = house.make_template(kind, folder / "house", "proof", name="races")
    batches = [
        (template.settings, template.world, seed, range(first, min(first + BATCH, rounds)))
        for first in range(told.done, rounds, BATCH)
    ]
    pool = ProcessPoolExecutor(PROCESSES[kind], mp_context=get_context("spawn"))
    with pool:
        for came, wrong in pool.map(_batch, batches):
            told.came.update(came)
            told.wrong += wrong
            told.done = min(told.done + BATCH, rounds)
            keep(told)
    return told


def _batch(one: tuple[Settings, World, int, Sequence[int]]) -> tuple[Counter[str], list[str]]:
    """Let them race about the children of a batch, in a process of its own."""
    settings, world, seed, numbers = one
    machine = house.open_for_good(settings)
    who = actors_of(machine, world, {name for name, _step in STEPS.values()})
    children = [Child(*keys) for keys in staged(machine, world, numbers)]
    outcomes = {}
    for number, child in zip(numbers, children, strict=True):
        chosen = random.Random(f"{seed}/{number}")
        outcomes[child] = race(machine, world, who, child, chosen)
    named = {child.id: number for number, child in zip(numbers, children, strict=True)}
    wrong = [
        f"round {named[child.id]}: {fault} ({outcomes[child]})"
        for child, fault in faults(machine, outcomes)
    ]
    machine.engine.dispose()
    machine.keyring.keystore.close()
    return Counter(came for all_of in outcomes.values() for came in all_of.values()), wrong


def race(
    machine: Machine, world: World, who: Mapping[str, Actor], child: Child, chosen: random.Random
) -> dict[str, str]:
    """Let some take their steps with a move at the same moment, and return what came of each."""
    runners = chosen.sample(list(STEPS), chosen.randint(FEWEST, MOST))
    late = {name: chosen.uniform(0, LATEST_SECONDS) for name in runners}
    start, outcomes = Barrier(len(runners)), dict[str, str]()

    def run(name: str) -> None:
        actor, step = STEPS[name]
        start.wait()
        time.sleep(late[name])
        outcomes[name] = _tried(
            machine.work(who[actor]), lambda work: _do(work, step, world, child)
        )

    threads = [Thread(target=run, args=(name,)) for name in runners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def _do(work: Work, step: "Step", world: World, child: Child) -> None:
    """Open the file and the move as the scope of the route does, then take the step."""
    if people.sees_of(work, [child.id]):
        work.opened.add(child.move)
    step(work, world, child)


def _tried(work: Work, step: Callable[[Work], object]) -> str:
    try:
        step(work)
        work.commit()
    except (RefusedError, PeriodError, OutOfReachError):
        return "refused"
    except LostRaceError:
        return "lost"
    except Exception as error:  # noqa: BLE001 (that is what the proof looks for)
        return f"fault {type(error).__name__}"
    finally:
        work.session.close()
    return "done"


def faults(
    machine: Machine, outcomes: Mapping[Child, Mapping[str, str]]
) -> Iterator[tuple[Child, str]]:
    """Yield what may never be after races, with its child; read with a statement for each table."""
    after = After.read(machine, [child.id for child in outcomes])
    for child, came in outcomes.items():
        done = {name for name, word in came.items() if word == "done"}
        for name, word in came.items():
            if word.startswith("fault"):
                yield child, f"{name}: {word}"
        for what, steps in ONCE:
            if len(done & steps) > 1:
                yield child, f"{what} {len(done & steps)} times"
        for fault in after.faults(child, done):
            yield child, fault


@dataclass(frozen=True, slots=True)
class After:
    """What stands in the tables after races, by child."""

    bearers: Mapping[UUID, list[Any]]
    stays: Mapping[UUID, list[Any]]
    moves: Mapping[UUID, list[Any]]
    handovers: Mapping[UUID, list[Any]]
    trail: Mapping[UUID, list[Any]]

    @classmethod
    def read(cls, machine: Machine, child_ids: Sequence[UUID]) -> "After":
        """Read the rows of these children."""
        table = METADATA.tables
        line = table["audit_event"].c
        counted = (
            select(line.child_id, line.code, func.count())
            .where(line.outcome == "ok")
            .group_by(line.child_id, line.code)
        )

        def rows(statement: Any, key: Any) -> dict[UUID, list[Any]]:
            found: dict[UUID, list[Any]] = {}
            for row in db.execute(statement.where(key.in_(child_ids))):
                found.setdefault(row[0], []).append(row)
            return found

        def of(name: str, *columns: str) -> dict[UUID, list[Any]]:
            wanted = table[name].c
            statement = select(wanted.child_id, *(wanted[one] for one in columns))
            return rows(statement, wanted.child_id)

        with machine.engine.connect() as db:
            see_all(db)
            return cls(
                of("responsible", "from_on", "to_on"),
                of("placement", "from_on", "to_on"),
                of("transfer", "id", "status"),
                of("handover", "transfer_id", "acknowledged_on", "refused_at"),
                rows(counted, line.child_id),
            )

    def faults(self, child: Child, done: set[str]) -> Iterator[str]:
        """Yield what is wrong with one child, after these steps were done."""
        bearers, stays = self.bearers.get(child.id, []), self.stays.get(child.id, [])
        if sum(row.to_on is None for row in bearers) != 1:
            yield f"{sum(row.to_on is None for row in bearers)} are responsible"
        if sum(row.to_on is None for row in stays) != 1:
            yield f"lives at {sum(row.to_on is None for row in stays)} places"
        status = next(row.status for row in self.moves[child.id] if row.id == child.move)
        if done & ONCE[0][1] and status not in {TransferStatus.CANCELLED, TransferStatus.ARRIVED}:
            yield f"ended, and stands as {status}"
        accepted = [
            row for row in self.handovers.get(child.id, []) if row.transfer_id == child.move
        ]
        if done & ONCE[1][1] and not any(
            row.acknowledged_on and row.refused_at is None for row in accepted
        ):
            yield "accepted, and does not stand so"
        yield from self._trail_faults(child, done)

    def _trail_faults(self, child: Child, done: set[str]) -> Iterator[str]:
        """Yield what the trail lacks or has too much of the steps done, and of who was responsible."""
        expected = Counter(code for name, code in TRAIL.items() if name in done)
        bearers = self.bearers.get(child.id, [])
        expected["responsibility-taken"] = sum(row.from_on == TODAY for row in bearers)
        expected["responsibility-ended"] = sum(row.to_on == TODAY for row in bearers)
        watched = {*TRAIL.values(), *BATON}
        found = Counter(
            {row[1]: row[2] for row in self.trail.get(child.id, []) if row[1] in watched}
        )
        if found != expected:
            yield f"trail {dict(found)}, expected {dict(+expected)}"


def main(arguments: list[str]) -> int:
    """Race, keep how far it came, and say how it went."""
    said = asked(arguments, __doc__ or "", rounds=5000)
    told = begun(said.state)
    with tempfile.TemporaryDirectory() as folder:
        prove(said.rounds, said.database, Path(folder), said.seed, told, keeper(said.state))
    return ended(told, "races", said.database)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
