"""Take in a dossier document."""

import argparse
import sys
from pathlib import Path
from typing import Final

from caseapp.app import open_machine
from caseapp.domain.document import DocumentError, load
from caseapp.domain.policy import Actor
from caseapp.exchange.actions import Arriving, import_documents
from caseapp.kernel.providers import KeyRefusal
from caseapp.settings import SettingsError
from caseapp.settings import load as load_settings

WRONG: Final = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    taking = actions.add_parser("import", help="take in one document; all of it, or nothing")
    taking.add_argument("file", metavar="FILE", help="a dossier document; - for standard input")


def run(args: argparse.Namespace) -> int:
    """Take the document in and print the key of its child; return 2, and say where, when it is not valid."""
    try:
        given = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
        dossier = load(given)
        machine = open_machine(load_settings())
    except OSError as error:
        return _refused(f"{args.file}: {error.strerror}.")
    except DocumentError as error:
        return _refused(f"{error.path or '(document)'}: {error.sentence}")
    except (KeyRefusal, SettingsError) as refusal:
        return _refused(str(refusal), KeyRefusal.exit_code)
    work = machine.work(Actor(account_id=None, name="document-import", everywhere=True))
    try:
        (child_id,) = import_documents(work, [Arriving(dossier)])
        work.commit()
    except DocumentError as error:
        return _refused(f"{error.path or '(document)'}: {error.sentence}")
    finally:
        work.session.close()
    print(child_id)
    return 0


def _refused(sentence: str, code: int = WRONG) -> int:
    print(sentence, file=sys.stderr)
    return code
