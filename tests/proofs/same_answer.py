"""Whether an account exists cannot be told by the clock: pairs of wrong tries, one known, one unknown.

`python -m tests.proofs.same_answer [--rounds N] [--database D] [--seed S] [--state FILE]`: a round is one
try at an account that exists and one at a mail address without one, in random order, with passwords as
dear to hash as in production. It is proved when the medians lie less than 5 ms apart.
"""

import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

from flask import Flask

from caseapp.accounts import actions, queries
from caseapp.app import create_app
from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.kernel.passwords import passwords
from caseapp.settings import load
from tests import house
from tests.attacks.door import token_of
from tests.proofs.telling import Told, asked, begun, ended, keeper
from tests.world import NOW, PASSWORD

KNOWN: Final = "cpk@example.org"
UNKNOWN: Final = "nobody@example.org"
APART: Final = timedelta(minutes=30)
"""Between two pairs, by the clock of the house: so none of them has to wait."""
MOST_MS: Final = 5.0
WARM: Final = 5


def milliseconds(app: Flask, email: str, address: str) -> float:
    """Send a wrong password and return how long the answer took."""
    client = app.test_client()
    where = {"REMOTE_ADDR": address}
    token = token_of(client, environ_base=where)
    form = {"email": email, "password": "not the password", "csrf_token": token}
    start = time.perf_counter()
    answer = client.post("/inloggen", data=form, environ_base=where)
    took = (time.perf_counter() - start) * 1000
    if answer.status_code != 200:
        raise AssertionError(answer.status_code)
    return took


def as_dear(machine: Machine) -> None:
    """Hash the password of the known account as dear as the settings say."""
    work = machine.work(Actor(None, "proof", everywhere=True))
    row = queries.by_email(work, KNOWN)
    if row is None:
        raise AssertionError(KNOWN)
    actions.set_password(work, row, passwords(machine.settings).hash(PASSWORD))
    work.commit()
    work.session.close()


def pairs(machine: Machine, rounds: int, random: Random) -> dict[str, list[float]]:
    """Return the times of so many pairs."""
    app = create_app(machine=machine)
    took: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    for number in range(rounds + WARM):
        now = NOW + number * APART
        app.extensions["caseapp"] = replace(machine, now=lambda at=now: at)
        for email in random.sample((KNOWN, UNKNOWN), 2):
            one = milliseconds(app, email, f"2001:db8:{number:x}::{len(email)}")
            if number >= WARM:
                took[email].append(one)
    return took


def greater(took: dict[str, list[float]]) -> float:
    """Return how often a known one took longer, of all pairs (Mann-Whitney); 0.5 is no difference."""
    known, unknown = took[KNOWN], took[UNKNOWN]
    longer = sum((one > other) + (one == other) / 2 for one in known for other in unknown)
    return longer / (len(known) * len(unknown))


def main(arguments: list[str]) -> int:
    """Measure, and say how far the medians lie apart."""
    said = asked(arguments, __doc__ or "", rounds=500)
    told: Told = begun(said.state)
    if told.done >= said.rounds:
        return ended(told, "pairs", said.database)
    with tempfile.TemporaryDirectory() as folder:
        template = house.make_template(said.database, Path(folder), "same_answer")
        dear = load(environment={"CASEAPP_SECRET_KEY": "x" * 40})
        settings = replace(
            template.settings,
            argon_memory_kib=dear.argon_memory_kib,
            argon_rounds=dear.argon_rounds,
        )
        machine = house.machine_of(settings)
        as_dear(machine)
        took = pairs(machine, said.rounds, Random(said.seed))
    known, unknown = (statistics.median(took[email]) for email in (KNOWN, UNKNOWN))
    told.came[f"ms known ({greater(took):.2f} longer)"] = round(known)
    told.came["ms unknown"] = round(unknown)
    told.came["microseconds between"] = round(abs(known - unknown) * 1000)
    if abs(known - unknown) >= MOST_MS:
        told.wrong.append(f"the medians lie {abs(known - unknown):.1f} ms apart")
    told.done = said.rounds
    keeper(said.state)(told)
    return ended(told, "pairs", said.database)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
