"""Two real workers beside a mail server that is slow: pages answer as fast, and each mail arrives once."""

import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Final

from caseapp.app import create_app
from caseapp.kernel import clock
from caseapp.kernel.jobs import last_done
from caseapp.kernel.machine import Machine
from tests.house import SECRET
from tests.mail.outbox import ANY_HOUR, Outbox
from tests.mail.serving import Server
from tests.strict_client import StrictClient
from tests.world import World

PATIENCE_SECONDS: Final = 180
"""The clock of the workers ticks once a minute."""
ASKED: Final = 40
MOST_MS: Final = 50
"""How much slower a page may be while mails are sent (security.md 5, R13)."""


def environment(machine: Machine, server: Server) -> Mapping[str, str]:
    """Return the settings of a worker of this house, in words."""
    settings = machine.settings
    return os.environ | {
        "CASEAPP_STAGE": "test",
        "CASEAPP_INSTANCE": str(settings.instance),
        "CASEAPP_SECRET_KEY": SECRET,
        "CASEAPP_DATABASE_URL": settings.database_url,
        "CASEAPP_MIGRATE_URL": settings.migrate_url,
        "CASEAPP_MAIL_HOST": server.post.host,
        "CASEAPP_MAIL_PORT": str(server.post.port),
        "CASEAPP_MAIL_SECURITY": "none",
        "CASEAPP_MAIL_FROM": "caseapp@example.org",
    }


def faults(machine: Machine, world: World, server: Server) -> list[str]:
    """Let two workers send mails, and return what went wrong."""
    box = Outbox(machine).quiet()
    box.at = clock.now()
    told = [world.accounts[who] for who in ("cpk", "guardian", "coordinator")]
    for one in told:
        box.choose(one, ANY_HOUR)
    client = StrictClient.signed_in(create_app(machine=machine), machine, world.accounts["cpk"])
    server.be("slow")
    words = [sys.executable, "-m", "caseapp", "worker"]
    workers = [subprocess.Popen(words, env=environment(machine, server)) for _worker in range(2)]
    try:
        _wait(lambda: _night_is_done(box))  # they begin with what was missed: that is over now
        quick = _milliseconds(client)
        box.tell(*told, child=world.mine, severity="critical")
        slow = _milliseconds(client, until=lambda: len(server.copies) == len(told))
    finally:
        for worker in workers:
            worker.send_signal(signal.SIGINT)
        ended = [worker.wait(60) for worker in workers]
    wrong = [f"{n} copies of {key}" for key, n in server.copies.items() if n != 1]
    if len(server.copies) != len(told):
        wrong.append(f"{len(server.copies)} of {len(told)} mails came")
    if slow - quick > MOST_MS:
        wrong.append(f"a page took {quick:.0f} ms, and {slow:.0f} ms while mails were sent")
    if any(ended):
        wrong.append(f"the workers ended with {ended}")
    return [f"workers: {one}" for one in wrong]


def _milliseconds(client: StrictClient, until: object = None) -> float:
    """Ask for pages, as many as were agreed or until something holds, and return the median of their times."""
    took, began = [], time.monotonic()
    while len(took) < ASKED or (
        callable(until) and not until() and time.monotonic() - began < PATIENCE_SECONDS
    ):
        start = time.perf_counter()
        client.get("/berichten")
        took.append((time.perf_counter() - start) * 1000)
        if callable(until):
            time.sleep(0.05)
    return statistics.median(took)


def _night_is_done(box: Outbox) -> bool:
    work = box.work()
    done = last_done(work, "night")
    work.session.close()
    return done is not None


def _wait(holds: object) -> None:
    began = time.monotonic()
    while callable(holds) and not holds() and time.monotonic() - began < PATIENCE_SECONDS:
        time.sleep(0.1)
