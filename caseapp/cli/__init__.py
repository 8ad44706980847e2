"""The commands of the house: `python -m caseapp COMMAND`."""

import argparse
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Final

COMMANDS: Final[Mapping[str, str]] = {
    "account": "caseapp.cli.account",
    "audit": "caseapp.cli.audit",
    "backup": "caseapp.cli.backup",
    "check": "caseapp.cli.check",
    "docs": "caseapp.cli.docs",
    "doctor": "caseapp.cli.doctor",
    "dossier": "caseapp.cli.dossier",
    "demo": "caseapp.cli.demo",
    "demo-code": "caseapp.cli.demo_code",
    "import": "caseapp.cli.import_",
    "keys": "caseapp.cli.keys",
    "migrate": "caseapp.cli.migrate",
    "migration": "caseapp.cli.migration",
    "nightly": "caseapp.cli.nightly",
    "restore": "caseapp.cli.restore",
    "words": "caseapp.cli.words",
    "worker": "caseapp.cli.worker",
}
"""Each command and the module that carries it out, loaded only when it is asked for."""


def main(argv: Sequence[str]) -> int:
    """Run the command that argv names and return its exit code."""
    asked = argv[0] if argv else "--help"
    parser = argparse.ArgumentParser(prog="caseapp", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in [asked] if asked in COMMANDS else sorted(COMMANDS):
        module = import_module(COMMANDS[name])
        command = commands.add_parser(name, help=module.__doc__, description=module.__doc__)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    args = parser.parse_args(argv or ["--help"])
    return int(args.run(args))
