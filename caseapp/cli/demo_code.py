"""Print the code that the app of a demo account would show now; in a demo only."""

import argparse
import os
import sys
from typing import Final

from caseapp.accounts import queries
from caseapp.app import open_machine
from caseapp.domain.policy import Actor
from caseapp.domain.second_factor import STEP
from caseapp.kernel.machine import Machine
from caseapp.settings import SettingsError, load

NOT_A_DEMO: Final = 78
"""Exit code for a house that is no demo: nobody's code is ever printed there (EX_CONFIG)."""
ONLY_DEMO: Final = "Codes are printed in a demo only."
STAGE: Final = "CASEAPP_STAGE"
DOMAIN: Final = "@example.org"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the account: its mail address, or what stands before the @."""
    parser.add_argument("account", help="for example cpk-azc-lin")


def run(args: argparse.Namespace) -> int:
    """Print the code and how long it is good; return 1 for an unknown account, 78 outside a demo."""
    stage = os.environ.get(STAGE, "demo")  # noqa: TID251 (a house that says it is another stays shut)
    if stage != "demo":
        return _sorry(ONLY_DEMO, NOT_A_DEMO)
    try:
        settings = load(stage)
    except SettingsError as refusal:
        return _sorry(str(refusal), 1)
    machine = open_machine(settings)
    try:
        return print_code(machine, args.account)
    finally:
        machine.engine.dispose()
        machine.keyring.keystore.close()


def print_code(machine: Machine, account: str) -> int:
    """Print the present code of an account of a demo, and return the exit code."""
    if machine.settings.stage != "demo" or not queries.has_demo_accounts(machine.engine):
        return _sorry(ONLY_DEMO, NOT_A_DEMO)
    work = machine.work(Actor(account_id=None, name="demo code"), writes=False)
    try:
        who = queries.by_email(work, account if "@" in account else account + DOMAIN)
        app = queries.app_of(work, who.id) if who is not None else None
        if app is None:
            return _sorry(f"There is no account {account} with a code app here.", 1)
        left = int(STEP.total_seconds()) - int(work.now.timestamp()) % int(STEP.total_seconds())
        print(f"{queries.code_at(app, work.now)}  ({left} s)")
        return 0
    finally:
        work.session.close()


def _sorry(words: str, code: int) -> int:
    print(words, file=sys.stderr)
    return code
