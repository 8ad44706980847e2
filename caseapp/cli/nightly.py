"""Look at every child again with today's rules; twice on a day changes nothing more."""

import argparse
import sys
from datetime import date

from caseapp.accounts import actions as accounts
from caseapp.app import open_machine
from caseapp.continuity.jobs import Tally, reassess_all
from caseapp.domain.policy import Actor
from caseapp.exchange.actions import forget_removed
from caseapp.kernel import clock
from caseapp.kernel.keys import KeyRefusal
from caseapp.kernel.machine import Machine
from caseapp.moves.jobs import deadlines, end_with_rights
from caseapp.settings import SettingsError, load


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the day, and whether to begin at the first child again."""
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="DATE", help="look as on this day (default: today)"
    )
    parser.add_argument(
        "--anew",
        action="store_true",
        help="begin at the first child, also after a run that stopped",
    )


def run(args: argparse.Namespace) -> int:
    """Look at every child; return 1 when some could not be looked at, 78 when keys refuse."""
    try:
        machine = open_machine(load())
    except (KeyRefusal, SettingsError) as refusal:
        print(f"Refused: {refusal}", file=sys.stderr)
        return KeyRefusal.exit_code
    tally = look(machine, args.on, anew=args.anew)
    print(
        f"\r{tally.seen} children looked at, {tally.changed} changed,"
        f" {tally.climbed} alerts climbed, {len(tally.failed)} failed."
    )
    for child_id in tally.failed:
        print(f"could not be looked at: {child_id}", file=sys.stderr)
    return 1 if tally.failed else 0


def look(machine: Machine, on: date | None = None, *, anew: bool = False) -> Tally:
    """Look at every child of a machine on a day, with a line of progress on a terminal."""
    now = clock.noon(on) if on else machine.now()
    nightly = Actor(account_id=None, name="nightly", everywhere=True)
    end_with_rights(lambda: machine.work(nightly, route="nightly", now=now))
    tally = reassess_all(lambda: machine.work(nightly, route="nightly", now=now), _say, anew=anew)
    deadlines(lambda: machine.work(nightly, route="nightly", now=now))
    _tidy(machine, nightly)
    return tally


def _tidy(machine: Machine, nightly: Actor) -> None:
    """Remove what the throttle counted too long ago to matter, and keys of children that are gone."""
    work = machine.work(nightly, route="nightly")
    accounts.sweep(work)
    work.commit()
    forget_removed(work)
    work.session.close()


def _say(seen: int) -> None:
    if sys.stdout.isatty():
        print(f"\r{seen} children looked at", end="", flush=True)
