"""Back up the main database into one folder, and the keystore apart from it, into another."""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy.engine import make_url

from caseapp.app import build_machine
from caseapp.kernel import copies, key_backup, manifest, tombstones
from caseapp.kernel.copies import CopyError
from caseapp.kernel.db import private_files
from caseapp.kernel.machine import Machine
from caseapp.kernel.manifest import Manifest
from caseapp.kernel.providers import KeyRefusal
from caseapp.kernel.root_keys import root_key
from caseapp.kernel.trail_keys import TrailKeys
from caseapp.settings import Settings, SettingsError, load
from caseapp.tables import METADATA

STAMP: Final = "%Y%m%dT%H%M%SZ"
PREFIX: Final = "backup-"
KEYS: Final = "keystore-"
KEYS_END: Final = ".keys"
LAST: Final = "backup.json"
"""In the instance folder: when the last backup was made, for the doctor."""


class Made(NamedTuple):
    """A backup that was made: its folder, the copy of the keystore, and what it holds."""

    folder: Path
    keys: Path
    manifest: Manifest
    gone: int
    """How many old ones were taken away."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the two folders."""
    parser.add_argument("folder", type=Path, help="where backups of the database stand")
    parser.add_argument(
        "--keys",
        type=Path,
        required=True,
        help="where copies of the keystore stand: never in the same place, and kept for days only",
    )


def run(args: argparse.Namespace) -> int:
    """Make a backup and take away the ones that are too old; return 78 when it cannot be made."""
    try:
        machine = build_machine(load())
        made = back_up(machine, args.folder, args.keys, machine.now())
    except (KeyRefusal, SettingsError, OSError) as refusal:
        print(f"Refused: {refusal}", file=sys.stderr)
        return KeyRefusal.exit_code
    print(
        f"Made: {made.folder}, {made.manifest.children} children in {len(made.manifest.tables)} tables."
    )
    print(
        f"Made: {made.keys}. Bring it elsewhere; it opens with the root key only, which is in neither."
    )
    print(f"Taken away: {made.gone} that were too old.")
    return 0


def back_up(machine: Machine, folder: Path, keys: Path, now: datetime) -> Made:
    """Copy the database, then the keystore: a key without a row does no harm, a row without its key does.

    Raises CopyError when something of that name is there, or when both would stand in one place.
    """
    _refuse_together(folder, keys)
    name = now.astimezone(UTC).strftime(STAMP)
    final, key_file = folder / f"{PREFIX}{name}", keys / f"{KEYS}{name}{KEYS_END}"
    for there in (final, key_file):
        if there.exists():
            raise CopyError(f"there is {there} already")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
    try:
        written = _fill(machine, draft, key_file, now)
        draft.rename(final)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    gone = prune(machine.settings, folder, keys, now)
    note(machine.settings.instance / LAST, {"at": now.isoformat(), "children": written.children})
    return Made(final, key_file, written, gone)


def _fill(machine: Machine, draft: Path, key_file: Path, now: datetime) -> Manifest:
    settings, keystore = machine.settings, machine.keyring.keystore
    _begin_journal(settings, machine)
    taken = copies.take(settings, METADATA, draft / manifest.DATABASE)
    copy = key_backup.back_up(keystore, root_key(settings), key_file, now)
    with private_files():
        children = "".join(f"{one.hex}\n" for one in taken.children)
        (draft / manifest.CHILDREN).write_text(children, "ascii")
        for name, origin in _files(settings):
            if origin.exists():
                shutil.copyfile(origin, draft / name)
    about = {
        "engine": make_url(settings.migrate_url).get_backend_name(),
        "key_copy": copy.sha256.hex(),
    }
    last = max((stone.seq for stone in tombstones.known(keystore)), default=0)
    described = manifest.described(draft, taken, about, last, now)
    manifest.write(draft, described, TrailKeys(machine.keyring))
    return described


def _begin_journal(settings: Settings, machine: Machine) -> None:
    """Make the journal of erasures while there are none: from now on, a missing one is a lost one."""
    if not settings.tombstone_file.exists() and not tombstones.known(machine.keyring.keystore):
        settings.tombstone_file.touch(0o600)


def _files(settings: Settings) -> Iterator[tuple[str, Path]]:
    """Yield what stands in files beside the database, and belongs to it."""
    yield manifest.JOURNAL, settings.tombstone_file
    yield manifest.CHECKPOINTS, settings.checkpoints_file


def prune(settings: Settings, folder: Path, keys: Path, now: datetime) -> int:
    """Take away backups and copies of the keystore that are too old, but never the newest of either."""
    old_backups = _older(folder.glob(f"{PREFIX}*"), now - timedelta(days=settings.backup_days))
    old_keys = _older(
        keys.glob(f"{KEYS}*{KEYS_END}"), now - timedelta(days=settings.key_backup_days)
    )
    for one in old_backups:
        shutil.rmtree(one)
    for one in old_keys:
        one.unlink()
    return len(old_backups) + len(old_keys)


def _older(there: Iterator[Path], than: datetime) -> list[Path]:
    """Return those that were made before a moment, as their names say; the newest is not among them."""
    made = {}
    for one in there:
        stamp = one.name.removeprefix(PREFIX).removeprefix(KEYS).removesuffix(KEYS_END)
        try:
            made[one] = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
    return [one for one in sorted(made, key=made.__getitem__)[:-1] if made[one] < than]


def _refuse_together(folder: Path, keys: Path) -> None:
    """Raise CopyError when the keys would stand in the folder of the backups, or the other way round."""
    one, other = folder.resolve(), keys.resolve()
    if one == other or one in other.parents or other in one.parents:
        raise CopyError(
            "keys and backups may not stand in one folder: who takes it would have both"
        )


def note(file: Path, said: dict[str, object]) -> None:
    """Keep a small record for the doctor."""
    with private_files():
        file.write_text(json.dumps(said), "utf-8")
