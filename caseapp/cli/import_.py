"""Bring in a list: try it, or apply it."""

import argparse
import json
import sys
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy.exc import IntegrityError, OperationalError

from caseapp.accounts import queries as accounts
from caseapp.app import open_machine
from caseapp.cli.list_report import lines_of, words_of
from caseapp.domain.document import DocumentError
from caseapp.domain.lists.reader import MOST_BYTES
from caseapp.domain.lists.report import Report
from caseapp.domain.lists.words import ListKind
from caseapp.domain.policy import Actor
from caseapp.domain.readers import Day
from caseapp.exchange.actions import (
    Examined,
    MayNotBringError,
    Source,
    apply_list,
    examine,
    finish_new,
    note_trial,
)
from caseapp.kernel import clock
from caseapp.kernel.db import new_id
from caseapp.kernel.machine import Machine
from caseapp.kernel.providers import KeyRefusal
from caseapp.kernel.seals import Unreadable
from caseapp.kernel.work import LostRaceError
from caseapp.settings import SettingsError, load

UNREADABLE: Final = 2
NOT_SAVED: Final = 75
"""Something else came in between: nothing is written, and trying again may do."""
NOT_ALLOWED: Final = 77
MAY_NOT: Final = "This account may not bring in this list. Ask the national desk."
MEANWHILE: Final = "Somebody else wrote at the same time. Nothing is saved; try again."
DUTCH: Final = "nl"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks on the command line."""

    kind: ListKind
    file: Path
    apply: bool
    on: date | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it: the report, when this very file came in before, and the language to say it in."""

    report: Report
    before: datetime | None
    language: str


class NotAllowedError(RuntimeError):
    """Whoever asks may not bring in this list; the message says why and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the kind of list, the file, and whether to try or to apply it."""
    parser.add_argument("kind", choices=[kind.value for kind in ListKind], metavar="KIND",
                        help=", ".join(kind.value for kind in ListKind))  # fmt: skip
    parser.add_argument("file", type=Path, metavar="FILE", help="a CSV file or an XLSX workbook")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--dry-run", action="store_true", help="only say what would happen")
    how.add_argument("--apply", action="store_true", help="write the rows that are accepted")
    parser.add_argument("--on", type=_day, metavar="DATE", help="the day of the list (today)")
    parser.add_argument("--as", dest="account", metavar="EMAIL", help="who brings in the list")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(args: argparse.Namespace) -> int:
    """Print the report; return 2 when the file cannot be read as this list, and say why."""
    asked = Asked(ListKind(args.kind), args.file, args.apply, args.on, args.account)
    try:
        told = _in_this_house(asked, _read(args.file))
    except OSError as error:
        return _refused(f"{args.file}: {error.strerror}.", UNREADABLE)
    except (KeyRefusal, SettingsError) as refusal:
        return _refused(str(refusal), KeyRefusal.exit_code)
    except (NotAllowedError, MayNotBringError) as refusal:
        return _refused(str(refusal) or MAY_NOT, NOT_ALLOWED)
    except (LostRaceError, IntegrityError, OperationalError):
        return _refused(MEANWHILE, NOT_SAVED)
    except Unreadable as fault:
        return _refused(
            f"What we hold cannot be read (ref {fault.reference}). Nothing is saved.", 1
        )
    _print(told, applied=asked.apply, as_json=args.json)
    return 0 if told.report.error is None else UNREADABLE


def _in_this_house(asked: Asked, data: bytes) -> Told:
    """Open the house of this machine, try or apply the list, and close it again."""
    machine = open_machine(load())
    try:
        return import_list(machine, asked, data)
    finally:
        machine.engine.dispose()
        machine.keyring.keystore.close()


def import_list(machine: Machine, asked: Asked, data: bytes) -> Told:
    """Try or apply a list, in one transaction.

    Raises NotAllowedError, MayNotBringError, LostRaceError, Unreadable and errors of the database; then
    nothing is written.
    """
    actor, language = _who(machine, asked)
    source = Source.of_file(
        asked.kind,
        data,
        file=asked.file.name.encode("utf-8", "replace").decode(),
        on=asked.on or clock.local_day(machine.now()),
    )
    if asked.apply:
        finish = partial(finish_new, source)
        examined = apply_list(machine, actor, source, finish, occasion=new_id(), say=_say)
    else:
        examined = _try(machine, actor, source)
    return Told(examined.report, examined.before, language)


def _try(machine: Machine, actor: Actor, source: Source) -> Examined:
    """Examine a list, and write in the trail that somebody did."""
    work = machine.work(actor, writes=False, route="import")
    try:
        examined = examine(work, source)
    finally:
        work.session.close()
        work.vault.forget()
    trial = machine.work(actor, route="import", now=work.now)
    try:
        note_trial(trial, examined)
        trial.commit()
    finally:
        trial.session.close()
    return examined


def _who(machine: Machine, asked: Asked) -> tuple[Actor, str]:
    """Return who brings in the list: an account, or outside production a named system actor."""
    if asked.account is None:
        if machine.settings.stage == "production":
            raise NotAllowedError("Say who brings in the list: --as EMAIL.")
        return Actor(account_id=None, name="list-import", everywhere=True), DUTCH
    work = machine.work(Actor(account_id=None, name="list-import"), writes=False)
    try:
        account = accounts.by_email(work, asked.account)
        if account is None:
            raise NotAllowedError("No account has this mail address. Check the address.")
        return accounts.actor_of(work.session, account, work.now), account.language
    finally:
        work.session.close()


def _day(text: str) -> date:
    try:
        return Day().read(text)
    except DocumentError as error:
        raise argparse.ArgumentTypeError(error.sentence) from None


def _read(path: Path) -> bytes:
    """Return a file, and no more of it than a list can have."""
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _print(told: Told, *, applied: bool, as_json: bool) -> None:
    words = words_of(told.language)
    if as_json:
        print(json.dumps(told.report.as_json(words.gettext)))
        return
    lines = lines_of(told.report, words, told.language, applied=applied, before=told.before)
    print("\n".join(lines))


def _say(_stage: str, done: int, of: int) -> None:
    """Show the progress to a person who waits; nothing of it goes where the report goes."""
    if of and sys.stderr.isatty():
        print(f"\r{done} / {of}", end="" if done < of else "\n", file=sys.stderr, flush=True)


def _refused(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
