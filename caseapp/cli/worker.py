"""Do what comes back by the clock: mails, deadlines, the nightly look; Ctrl-C ends it."""

import argparse
import os
import sys
from typing import Final

from huey.consumer import Consumer

from caseapp.app import open_machine
from caseapp.kernel.jobs import run as do
from caseapp.kernel.keys import KeyRefusal
from caseapp.kernel.log import set_up
from caseapp.kernel.machine import Machine
from caseapp.kernel.mail import post_of
from caseapp.kernel.queueing import open_queue, register
from caseapp.kernel.seals import Domain
from caseapp.settings import SettingsError, load
from caseapp.wiring import JOBS

OPENS: Final = frozenset({Domain.DOSSIER, Domain.ACCOUNT, Domain.IMPORT})
"""What a job reads. None reads the needs around health: this process cannot open them, nor what comes later."""


WORKERS: Final = 3
"""Jobs at a time: two lists that take long leave room for the mails."""

POLITE: Final = 10
"""How far this process lets others go before it (nice): people wait for a page, nobody for a list."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take whether to keep the clock, and whether to stop after one round."""
    parser.add_argument(
        "--no-clock", action="store_true", help="only help another worker, which keeps the clock"
    )
    parser.add_argument(
        "--once", action="store_true", help="do every job whose turn has come, and stop"
    )


def run(args: argparse.Namespace) -> int:
    """Work until the process is stopped; return 78 when keys or settings refuse."""
    try:
        settings = load()
        set_up(settings)
        post_of(settings)
        machine = open_machine(settings, domains=OPENS)
    except (KeyRefusal, SettingsError) as refusal:
        print(f"Refused: {refusal}", file=sys.stderr)
        return KeyRefusal.exit_code
    if args.once:
        for job in JOBS:
            do(job, machine)
    else:
        _consume(machine, clock=not args.no_clock)
    return 0


def _consume(machine: Machine, *, clock: bool) -> None:
    """Let huey keep the clock and hand out the jobs.

    At SIGINT jobs are finished first; at SIGTERM they stop, and another worker takes them over.
    """
    os.nice(POLITE)
    queue = open_queue(machine.settings)
    register(queue, JOBS, machine)
    Consumer(queue, workers=WORKERS, periodic=clock).run()
