"""Verify the trail, vouch for it, or let the records of closed years go."""

import argparse
import json
import sys
from dataclasses import asdict
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from caseapp.app import open_machine
from caseapp.audit import actions, queries
from caseapp.audit.jobs import look
from caseapp.audit.queries import Found
from caseapp.domain.trail import Outcome
from caseapp.kernel.db import open_engine
from caseapp.kernel.jobs import opened
from caseapp.kernel.keys import KeyRefusal
from caseapp.kernel.machine import Machine
from caseapp.settings import SettingsError, load

NAME: Final = "audit"
SHOWN: Final = 20
WHY_NOT: Final = {
    "young": "Those records have to be kept longer.",
    "broken": "The trail is broken: nothing goes before that is looked at.",
    "nothing": "There are no records that end in that year.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do with the trail."""
    commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    verify = commands.add_parser(
        "verify", help="look at all of it; ends with 0 ok, 1 broken, 2 unsure"
    )
    verify.add_argument(
        "--since", type=int, metavar="SEQ", help="from the checkpoint before a number"
    )
    verify.add_argument("--json", action="store_true", help="print one line of JSON")
    verify.add_argument(
        "--note", action="store_true", help="do what the worker does when it is broken"
    )
    commands.add_parser("checkpoint", help="append a signed checkpoint now")
    commands.add_parser("key", help="print the public key that checks our signatures")
    close = commands.add_parser("close", help="let the records go that are older than their years")
    close.add_argument("year", type=int, help="until the end of this year")


def run(args: argparse.Namespace) -> int:
    """Do it; return 2 when it cannot be told, with a sentence."""
    try:
        machine = open_machine(load())
    except (KeyRefusal, SettingsError) as refusal:
        print(f"Cannot tell: {refusal}", file=sys.stderr)
        return Outcome.UNSURE.exit_code
    try:
        return DO[args.action](machine, args)
    except SQLAlchemyError as error:
        print(f"Cannot tell: the database failed ({type(error).__name__}).", file=sys.stderr)
        return Outcome.UNSURE.exit_code
    finally:
        machine.engine.dispose()


def _verify(machine: Machine, args: argparse.Namespace) -> int:
    if args.note:
        found = look(lambda: opened(machine, NAME), machine, full=args.since is None)
    else:
        work = opened(machine, NAME)
        found = queries.verify(work, machine.settings.checkpoints_file, args.since)
        work.session.close()
    print(json.dumps(_told(found)) if args.json else "\n".join(_lines(found)))
    return found.outcome.exit_code


def _checkpoint(machine: Machine, _args: argparse.Namespace) -> int:
    work = opened(machine, NAME)
    made = actions.vouch(work, machine.settings.checkpoints_file, at_once=True)
    work.session.close()
    print(f"Checkpoint at {made.seq}." if made else "Nothing is new since the last checkpoint.")
    return 0


def _key(machine: Machine, _args: argparse.Namespace) -> int:
    work = opened(machine, NAME)
    print(work.vault.trail.public_key().hex())
    work.session.close()
    return 0


def _close(machine: Machine, args: argparse.Namespace) -> int:
    work = opened(machine, NAME)
    settings = machine.settings
    try:
        until = actions.close_year(work, settings.checkpoints_file, args.year, settings.audit_years)
    except actions.NotClosedError as refusal:
        print(WHY_NOT[str(refusal)], file=sys.stderr)
        return 1
    work.commit()
    work.session.close()
    owner = open_engine(settings.migrate_url)
    with owner.begin() as connection:
        gone = actions.take_away(connection, until)
    owner.dispose()
    print(f"Closed until {until}: {gone} records went.")
    return 0


DO: Final = {"verify": _verify, "checkpoint": _checkpoint, "key": _key, "close": _close}


def _told(found: Found) -> dict[str, object]:
    return asdict(found) | {"first_bad": found.first_bad}


def _lines(found: Found) -> list[str]:
    looked = f"{found.records} records after {found.since} until {found.upto}"
    vouched = f"{found.checkpoints} checkpoints; last good checkpoint {found.last_good or 'none'}"
    lines = [f"{found.outcome.value}: {looked}, {vouched}."]
    lines += [f"{one.wrong} at {one.seq} {one.where}".rstrip() for one in found.problems[:SHOWN]]
    if found.known:
        lines.append(f"{len(found.known)} more that an earlier break names.")
    return lines
