"""Take in a dossier document, or give one out."""

import argparse
import json
import sys
from pathlib import Path
from typing import Final
from uuid import UUID

from caseapp.app import open_machine
from caseapp.domain.document import DocumentError, load, write
from caseapp.domain.json_text import MOST_BYTES
from caseapp.domain.policy import Actor
from caseapp.exchange.actions import Arriving, import_documents
from caseapp.exchange.facts import whole_dossier
from caseapp.kernel.machine import Machine
from caseapp.kernel.providers import KeyRefusal
from caseapp.kernel.seals import Unreadable
from caseapp.settings import SettingsError
from caseapp.settings import load as load_settings

WRONG: Final = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file, or the key of the child."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    taking = actions.add_parser("import", help="take in one document; all of it, or nothing")
    taking.add_argument("file", metavar="FILE", help="a dossier document; - for standard input")
    giving = actions.add_parser(
        "export", help="print the document of one child; it is on the trail"
    )
    giving.add_argument("child", metavar="CHILD", type=UUID, help="the key of the child")


def run(args: argparse.Namespace) -> int:
    """Take a document in or give one out; return 2, and say what is wrong, when that cannot be."""
    if args.action == "import":
        return _take(args)
    try:
        machine = open_machine(load_settings())
    except (KeyRefusal, SettingsError) as refusal:
        return _refused(str(refusal), KeyRefusal.exit_code)
    return give_out(machine, args.child)


def give_out(machine: Machine, child_id: UUID) -> int:
    """Print the document of a child: nothing is left out, and nothing is written but the trail."""
    work = machine.work(Actor(account_id=None, name="document-export", everywhere=True))
    try:
        dossier = whole_dossier(work, child_id)
        work.commit()
    except Unreadable as fault:
        return _refused(f"Not readable - ref {fault.reference}")
    finally:
        work.session.close()
    if dossier is None:
        return _refused("There is no child with this key.")
    json.dump(write(dossier), sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 0


def _take(args: argparse.Namespace) -> int:
    """Take the document in and print the key of its child."""
    try:
        dossier = load(_read(args.file))
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


def _read(name: str) -> bytes:
    """Return a document, and no more of it than one can have."""
    if name == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _refused(sentence: str, code: int = WRONG) -> int:
    print(sentence, file=sys.stderr)
    return code
