"""Keys are replaced while 8 people write and 8 read, and whoever wraps anew is killed: nobody notices.

`python -m tests.proofs.key_rotation [--kills N] [--database sqlite|postgresql] [--state FILE]` lets two
processes work in one house, each with 4 writers, who begin files of children, and 4 readers, who open them.
Meanwhile a third process gives the domain of dossiers a new key, wraps all data keys with it, destroys the
old key, and begins again; it is killed (SIGKILL) N times, each time at a random moment. No request may
fail, and in the end every value of every child opens in a process that comes fresh. It ends with 1 when a
request failed or a value did not open.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from caseapp.continuity import facts
from caseapp.domain.policy import Actor
from caseapp.kernel import rotation
from caseapp.kernel.crypto import Domain
from caseapp.kernel.keystore import State
from caseapp.kernel.machine import Machine
from caseapp.kernel.root_keys import root_key
from caseapp.people.models import Child
from caseapp.settings import Settings
from tests import house
from tests.proofs.racers import staged
from tests.world import World

PROCESSES = 2
EACH = 4
"""Writers, and as many readers, in each process."""
SMALL = 10
"""Data keys in a batch: so that there are many moments between two of them."""
PATIENCE = 120.0


@dataclass(slots=True)
class Tally:
    """What was done, and what went wrong."""

    done: int = 0
    written: int = 0
    read: int = 0
    versions: int = 0
    wrong: list[str] = field(default_factory=list)


def prove(kills: int, kind: str, folder: Path, seed: int) -> Tally:
    """Kill so many times while people work, then open everything."""
    template = house.make_template(kind, folder, str(os.getpid()), name="rotation")
    settings = template.settings
    workers = [
        _forked(lambda n=n: _people(settings, template.world, folder, n)) for n in range(PROCESSES)
    ]
    _wait_for(lambda: all((folder / f"ready{n}").exists() for n in range(PROCESSES)))
    tally = Tally()
    for number in range(kills):
        _kill(settings, random.Random(f"{seed}/{number}").uniform(0, 0.6))
        tally.done += 1
    (folder / "stop").touch()
    for worker in workers:
        os.waitpid(worker, 0)
    for n in range(PROCESSES):
        told = json.loads((folder / f"told{n}").read_text("utf-8"))
        tally.written += told["written"]
        tally.read += told["read"]
        tally.wrong += told["wrong"]
    _check(settings, tally)
    return tally


def _forked(do: Callable[[], None]) -> int:
    """Do something in a process of its own, and leave it without anything of the parent."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            do()
            code = 0
        except BaseException:  # noqa: BLE001 - it is told, and the process ends
            traceback.print_exc()
        finally:
            os._exit(code)
    return child


def _people(settings: Settings, world: World, folder: Path, number: int) -> None:
    """Let writers and readers work until the file of the end is there."""
    machine = house.open_for_good(settings)
    told = Tally()
    children: list[Any] = []
    stop = folder / "stop"
    threads = [
        threading.Thread(target=_until, args=(stop, told, job))
        for turn in range(EACH)
        for job in (
            _writer(machine, world, told, children, number * EACH + turn),
            _reader(machine, told, children, number * EACH + turn),
        )
    ]
    staged(machine, world, [number * 1_000_000])
    for thread in threads:
        thread.start()
    (folder / f"ready{number}").touch()
    for thread in threads:
        thread.join()
    found = {"written": told.written, "read": told.read, "wrong": told.wrong}
    (folder / f"told{number}").write_text(json.dumps(found), "utf-8")


def _until(stop: Path, told: Tally, job: Callable[[], None]) -> None:
    while not stop.exists():
        try:
            job()
        except Exception as error:  # noqa: BLE001 - whatever fails is what we look for
            told.wrong.append(f"{type(error).__name__}: {str(error)[:200]}")


def _writer(
    machine: Machine, world: World, told: Tally, children: list[Any], number: int
) -> Callable[[], None]:
    mine = iter(range(number * 100_000 + 1, (number + 1) * 100_000))

    def write() -> None:
        [(child_id, _move)] = staged(machine, world, [next(mine)])
        children.append(child_id)
        told.written += 1

    return write


def _reader(machine: Machine, told: Tally, children: list[Any], number: int) -> Callable[[], None]:
    drawn = random.Random(number)

    def read() -> None:
        work = machine.work(_actor(), writes=False)
        try:
            with work.beyond("a proof"):
                ids = [drawn.choice(children)] if children else _all(work.session)
                facts.dossiers(work, ids)
                told.read += 1
        finally:
            work.session.close()

    return read


def _all(session: Any) -> list[Any]:
    return list(session.scalars(select(Child.id)))


def _actor() -> Actor:
    return Actor(account_id=None, name="proof", everywhere=True)


def _kill(settings: Settings, moment: float) -> None:
    child = _forked(lambda: _rotate(settings))
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("Keys could not be rotated at all.")


def _rotate(settings: Settings, *, rounds: int = 10_000) -> None:
    """Do what is left of the present rotation, then rotate on, until killed."""
    rotation.BATCH = SMALL  # type: ignore[misc]
    machine = house.machine_of(settings)
    store, root = machine.keyring.keystore, root_key(settings)
    for _ in range(rounds):
        for batch in rotation.rewrap(machine.keyring, Domain.DOSSIER):
            if batch.broken:
                raise RuntimeError(f"data keys that do not open: {batch.broken}")
        used = {one.kek_version for one in store.count() if one.domain == Domain.DOSSIER}
        for row in store.keks():
            old = row.domain == Domain.DOSSIER and row.state is State.DECRYPT_ONLY
            if old and row.version not in used:
                rotation.destroy(store, row, only_unused=True)
        rotation.make_primary(store, rotation.begin(store, root, Domain.DOSSIER))


def _check(settings: Settings, tally: Tally) -> None:
    """Finish the rotation, and open all that the rules read of every child, in a keyring that comes fresh."""
    machine = house.machine_of(settings)
    for _batch in rotation.rewrap(machine.keyring, Domain.DOSSIER):
        pass
    machine.keyring.renew()
    counts = machine.keyring.keystore.count()
    tally.versions = max(row.version for row in machine.keyring.keystore.keks())
    under = {one.kek_version for one in counts if one.domain == Domain.DOSSIER}
    if len(under) != 1:
        tally.wrong.append(f"data keys under more than one key: {counts}")
    work = machine.work(_actor(), writes=False)
    with work.beyond("a proof"):
        facts.dossiers(work, _all(work.session))
    tally.wrong += [
        f"unreadable: {one.place.table}.{one.place.column} {one.code}"
        for one in work.vault.failures
    ]
    work.session.close()
    machine.engine.dispose()
    machine.keyring.keystore.close()


def _wait_for(there: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not there():
        if time.monotonic() > end:
            raise RuntimeError("The house did not open.")
        time.sleep(0.05)


def main(arguments: list[str]) -> int:
    """Kill, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--database", choices=house.ENGINES, default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--state", type=Path, help="taken and not needed: it takes minutes")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        tally = prove(asked.kills, asked.database, Path(folder), asked.seed)
    _say(
        f"{tally.done} kills, {tally.versions} versions of the key, {tally.written} files begun and"
        f" {tally.read} opened meanwhile: {len(tally.wrong)} failed or unreadable"
    )
    for line in tally.wrong:
        _say(line)
    return 1 if tally.wrong or not tally.written or not tally.read else 0


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
