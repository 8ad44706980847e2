"""However many write at once, the trail has one end and no gap; a million records are verified in seconds.

`python -m tests.proofs.audit_chain [--records N] [--database D] [--state FILE]`: 32 threads, each with its
own connection, write a thousandth of N works each, some of which fail and are rolled back; then N records
are written as a list writes them. All of it is verified: no false alarm, within 10 seconds a million.
"""

import argparse
import random
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlalchemy.exc import OperationalError

from caseapp.kernel.db import open_engine
from caseapp.kernel.machine import Machine
from tests import house
from tests.bench.trail import Verified, fill, verified
from tests.proofs.telling import Told, begun, ended, keeper
from tests.tampering import SYSTEM, vouch
from tests.world import World

WRITERS: Final = 32
SECONDS_A_MILLION: Final = 10
FEW: Final = 20_000
"""With fewer records than this what a look costs by itself counts for more than the records."""


def race(machine: Machine, world: World, each: int, seed: int, writers: int = WRITERS) -> int:
    """Let so many writers write at once, and return how many works were saved."""
    wide = replace(machine, engine=open_engine(
        machine.settings.database_url, pool_size=writers, max_overflow=0
    ))  # fmt: skip
    saved = [0] * writers
    begin = threading.Barrier(writers)

    def write(number: int) -> None:
        dice = random.Random(f"{seed} {number}")
        begin.wait()
        for _ in range(each):
            work = wide.work(SYSTEM)
            work.saw("list-caseload", [world.mine, world.beside])
            work.saw("child-read", [world.mine])
            with suppress(
                OperationalError
            ):  # a file lets one write: who waits too long gets an error page
                if dice.random() < 0.1:
                    work.write_trail(work)
                    work.session.rollback()
                else:
                    work.commit()
                    saved[number] += 1
            work.session.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wide.engine.dispose()
    return sum(saved)


def faults(found: Verified, what: str, records: int) -> list[str]:
    """Return what is wrong with a look that has to find nothing, over so many records and no more."""
    wrong = [f"{what}: {one}" for one in found.found.problems[:5]]
    if found.records != records:
        wrong.append(f"{what}: {found.records} records instead of {records}")
    too_long = found.seconds > SECONDS_A_MILLION * found.records / 1_000_000
    if found.records > FEW and too_long:
        wrong.append(f"{what}: {found.said}")
    return wrong


def prove(said: argparse.Namespace, folder: Path, told: Told) -> None:
    """Race, fill and look."""
    template = house.make_template(said.database, folder, "proof", name="audit_chain")
    machine = house.machine_of(template.settings)
    vouch(machine)
    before = verified(machine).records
    saved = race(machine, template.world, max(1, said.records // 1000), said.seed)
    vouch(machine)
    raced = verified(machine)
    told.came[f"works of {WRITERS} writers"] = saved
    told.wrong += faults(raced, "race", before + 2 * saved)
    seconds = fill(machine, said.records)
    full = verified(machine)
    told.wrong += faults(full, "full", before + 2 * saved + said.records)
    told.came["records a second written"] = round(said.records / seconds)
    told.came["records a second verified"] = round(full.records / full.seconds)
    told.came["tenths of a second for all"] = round(10 * full.seconds)
    told.came["MB at most"] = full.megabytes
    told.done = said.records
    machine.engine.dispose()


def main(arguments: list[str]) -> int:
    """Prove it, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--database", choices=house.ENGINES, default="postgresql")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--state", type=Path)
    said = parser.parse_args(arguments)
    told = begun(said.state)
    if not told.done:
        with tempfile.TemporaryDirectory() as folder:
            prove(said, Path(folder), told)
        keeper(said.state)(told)
    return ended(told, "records", said.database)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
