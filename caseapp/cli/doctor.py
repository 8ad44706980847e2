"""Look at everything that must hold for this house to run safely, and say what does not."""

import argparse
import sys

from caseapp.kernel.providers import KeyRefusal
from caseapp.settings import SettingsError, load

_RED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing: the settings say what to look at."""


def run(_args: argparse.Namespace) -> int:
    """Print a line for each check; return 0, 1 when something is red, 78 when it may not start."""
    from caseapp.app import build_machine
    from caseapp.doctor import Level, examine

    try:
        machine = build_machine(load())
    except (SettingsError, KeyRefusal) as refusal:
        print(f"refuse  keys        {refusal}", file=sys.stderr)
        return KeyRefusal.exit_code
    worst = Level.OK
    for code, finding in examine(machine):
        print(f"{finding.level:7} {code:12} {finding.sentence}")
        worst = max(worst, finding.level, key=list(Level).index)
    machine.engine.dispose()
    machine.keyring.keystore.close()
    return {Level.OK: 0, Level.RED: _RED, Level.REFUSE: KeyRefusal.exit_code}[worst]
