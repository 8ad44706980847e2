"""Open the first accounts of a new installation; all others are opened in the browser."""

import argparse
import sys
from typing import Final

from caseapp.accounts import actions, queries
from caseapp.app import open_machine
from caseapp.domain.granting import RefusedError
from caseapp.domain.intents.accounts import AccountDetails, GrantWish
from caseapp.domain.policy import Actor, Role, ScopeKind
from caseapp.kernel.keys import KeyRefusal
from caseapp.kernel.machine import Machine
from caseapp.kernel.passwords import passwords
from caseapp.settings import SettingsError, load

FIRST: Final = {
    "first-administrator": (Role.ADMINISTRATOR, ScopeKind.NONE),
    "first-coordinator": (Role.COORDINATOR, ScopeKind.ALL),
}
REFUSED: Final = 1
CONSOLE: Final = Actor(account_id=None, name="command line", everywhere=True)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take who becomes what."""
    firsts = parser.add_subparsers(dest="first", required=True, metavar="WHO")
    texts = {
        "first-administrator": "somebody who opens all other accounts",
        "first-coordinator": "somebody of the national desk, who approves what opens files",
    }
    for name, text in texts.items():
        one = firsts.add_parser(name, help=text, description=text)
        one.add_argument("name", help="first and last name")
        one.add_argument("email", help="mail address of the work")


def run(args: argparse.Namespace) -> int:
    """Open the account and print its first password; return 1 when there is somebody already."""
    try:
        machine = open_machine(load())
    except (KeyRefusal, SettingsError) as refusal:
        print(f"Refused: {refusal}", file=sys.stderr)
        return KeyRefusal.exit_code
    role, scope = FIRST[args.first]
    try:
        secret = open_first(machine, role, scope, args.name, args.email)
    except RefusedError as refused:
        print(f"Refused: {refused.code.value}.", file=sys.stderr)
        return REFUSED
    if secret is None:
        print(f"Refused: there is an account of this kind already ({args.first}).", file=sys.stderr)
        return REFUSED
    print(f"The account of {args.name} is open.")
    print(f"First password: {secret}")
    print("It works for 7 days and only to choose an own password. It is not shown again.")
    return 0


def open_first(machine: Machine, role: Role, scope: ScopeKind, name: str, email: str) -> str | None:
    """Open the first account of a kind and return its first password; None when there is one.

    Raises RefusedError when the mail address has an account.
    """
    secret = actions.new_initial_password()
    hashed = passwords(machine.settings).hash(secret)
    work = machine.work(CONSOLE, route="caseapp account")
    try:
        if queries.was_held(work, role, scope):
            return None
        row = actions.open_account(work, AccountDetails(name, email, role))
        actions.set_password(work, row, hashed, initial=True)
        if scope is not ScopeKind.NONE:
            actions.approve_grant(work, actions.ask_grant(work, GrantWish(row.id, scope)))
        work.commit()
        return secret
    finally:
        work.session.close()
