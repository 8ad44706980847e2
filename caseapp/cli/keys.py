"""Make the keys of this installation, or say which there are."""

import argparse
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from caseapp.audit.queries.breaks import is_chained
from caseapp.cli.key_acts import ACTS, add_acts
from caseapp.kernel.db import open_engine
from caseapp.kernel.keys import KeyRefusal, Keyring, establish
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.providers import make_root_file
from caseapp.kernel.root_keys import root_key
from caseapp.kernel.seals import any_sealed
from caseapp.settings import SECRET_FILE, Settings, SettingsError, load
from caseapp.tables import METADATA

SECRET_BYTES: Final = 48
FAILED: Final = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do with the keys."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("init", help="make the keys that are missing; safe to repeat")
    actions.add_parser("status", help="show the keys, their state and how many data keys they wrap")
    add_acts(actions)


def run(args: argparse.Namespace) -> int:
    """Do what is asked; return 1 when a file cannot be used, 78 when a key is missing, wrong or unsafe."""
    try:
        settings = load(secret_needed=False)
        if args.action in ACTS:
            ACTS[args.action](settings, args, print)
        else:
            print("\n".join(make(settings) if args.action == "init" else status(settings)))
    except (KeyRefusal, SettingsError) as refusal:
        print(f"Refused: {refusal}", file=sys.stderr)
        return KeyRefusal.exit_code
    except OSError as error:
        print(f"Failed: {error.filename}: {error.strerror}", file=sys.stderr)
        return FAILED
    return 0


def make(settings: Settings) -> list[str]:
    """Make root key, keystore and secret where they are missing, and say what was made.

    Raises KeyRefusal, and writes nothing, when a missing key was in use.
    """
    store = Keystore(settings.keystore_url)
    sealed_rows = _holds_seals(settings)
    made = []
    if settings.key_provider == "file" and not settings.key_file.exists():
        _refuse_new_root(settings, store, sealed_rows=sealed_rows)
        make_root_file(settings.key_file)
        made.append(f"root key in {settings.key_file}")
    root = root_key(settings)
    made += [
        f"key {name}"
        for name in establish(
            root, store, sealed_rows=sealed_rows, chained=_asked(settings, is_chained)
        )
    ]
    store.close()
    if not settings.secret_key:
        _make_secret(settings.instance / SECRET_FILE)
        made.append(f"secret of the sign-in forms in {settings.instance / SECRET_FILE}")
    return [f"Made: {name}." for name in made] or ["All keys were there already."]


def status(settings: Settings) -> list[str]:
    """Open every key and describe it; raises KeyRefusal as a start would."""
    root, store = root_key(settings), Keystore(settings.keystore_url)
    Keyring.open(root, store)
    wrapped = {(count.domain, count.kek_version): count.data_keys for count in store.count()}
    lines = [f"Root key {root.key_id} from {root.name}; keystore {store.place}."]
    for row in store.keks():
        number = wrapped.get((row.domain, row.version), 0)
        lines.append(f"{row.domain:10} version {row.version}  {row.state:12} {number} data keys")
    store.close()
    return lines


def _refuse_new_root(settings: Settings, store: Keystore, *, sealed_rows: bool) -> None:
    """Raise KeyRefusal when a root key is missing that something needs."""
    try:
        in_use = sealed_rows or (store.exists() and bool(store.keks()))
    except SQLAlchemyError as error:
        kind = type(error).__name__
        raise KeyRefusal(f"the keystore {store.place} cannot be read ({kind})") from None
    if in_use:
        raise KeyRefusal(
            f"keys are in use, but their root key file {settings.key_file} is missing: restore it"
        )


def _holds_seals(settings: Settings) -> bool:
    """Say whether the main database holds sealed values."""
    return _asked(settings, lambda engine: any_sealed(engine, METADATA))


def _asked(settings: Settings, ask: Callable[[Engine], bool]) -> bool:
    """Ask the main database something, without making a file: one that is not there holds nothing."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return False
    engine: Engine = open_engine(settings.database_url)
    try:
        return ask(engine)
    except SQLAlchemyError as error:
        kind = type(error).__name__
        raise KeyRefusal(f"the main database cannot be read ({kind})") from None
    finally:
        engine.dispose()


def _make_secret(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(SECRET_BYTES) + "\n")
