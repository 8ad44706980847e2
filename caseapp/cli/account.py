"""Open the first accounts of a new installation; all others are opened in the browser."""

import argparse
import sys
from typing import Final

from caseapp.accounts import actions
from caseapp.app import open_machine
from caseapp.domain.granting import RefusedError
from caseapp.domain.policy import Actor, Role, ScopeKind
from caseapp.kernel.keys import KeyRefusal
from caseapp.kernel.machine import Machine
from caseapp.settings import SettingsError, load

FIRST: Final = {
    "first": (Role.ADMINISTRATOR, ScopeKind.NONE),
    "first-coordinator": (Role.COORDINATOR, ScopeKind.ALL),
}
REFUSED: Final = 1
CONSOLE: Final = Actor(account_id=None, name="command line", everywhere=True)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take who becomes what."""
    firsts = parser.add_subparsers(dest="first", required=True, metavar="WHO")
    texts = {
        "first": "the administrator, who opens all other accounts",
        "first-coordinator": "somebody of the national desk, who approves what opens files",
    }
    for name, text in texts.items():
        one = firsts.add_parser(name, help=text, description=text)
        one.add_argument("name", help="first and last name")
        one.add_argument("email", help="mail address of the work")


def run(args: argparse.Namespace) -> int:
    """Open the account and print its key, once; return 1 when there is somebody already."""
    try:
        machine = open_machine(load())
    except (KeyRefusal, SettingsError) as refusal:
        print(f"Refused: {refusal}", file=sys.stderr)
        return KeyRefusal.exit_code
    role, scope = FIRST[args.first]
    try:
        key = open_first(machine, role, scope, args.name, args.email)
    except RefusedError as refused:
        print(f"Refused: {refused.code.value}.", file=sys.stderr)
        return REFUSED
    if key is None:
        print(f"Refused: there is an account of this kind already ({args.first}).", file=sys.stderr)
        return REFUSED
    print(f"The account of {args.name} is open. Go to")
    print(f"  {machine.settings.base_url.rstrip('/')}/inloggen/eerste-keer")
    print("and choose a password with this key:")
    print(f"  {key}")
    print("It works once, within 24 hours, and is not shown again.")
    return 0


def open_first(machine: Machine, role: Role, scope: ScopeKind, name: str, email: str) -> str | None:
    """Open the first account of a kind and return its key; None when there is one.

    Raises RefusedError when the mail address has an account.
    """
    work = machine.work(CONSOLE, route="caseapp account")
    try:
        key = actions.open_first(work, role, scope, name, email)
        work.commit()
        return key
    finally:
        work.session.close()
