"""Lay a backup into an empty place, replay who was erased since, and look whether all of it is there."""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import UUID

from caseapp.app import build_machine
from caseapp.audit import queries as audit
from caseapp.cli import drill
from caseapp.domain.policy import Actor
from caseapp.domain.trail import Outcome
from caseapp.kernel import copies, key_backup, manifest, table_sums, tombstones
from caseapp.kernel.copies import CopyError
from caseapp.kernel.crypto import Domain
from caseapp.kernel.keys import Keyring
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.machine import Machine
from caseapp.kernel.manifest import Signed
from caseapp.kernel.migrations import newest, upgrade
from caseapp.kernel.providers import KeyRefusal
from caseapp.kernel.root_keys import root_key
from caseapp.kernel.tombstones import Journal
from caseapp.kernel.trail_keys import TrailKeys
from caseapp.privacy import actions as privacy
from caseapp.privacy import queries as privacy_of
from caseapp.settings import Settings, SettingsError, load
from caseapp.tables import METADATA

SYSTEM: Final = Actor(account_id=None, name="restore", everywhere=True)
ROUTE: Final = "caseapp restore"
DRILL: Final = "drill"
AT_ONCE: Final = 500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the backup, the copy of the keystore and the journal of erasures."""
    parser.add_argument(
        "folder",
        nargs="?",
        help=f"the backup; '{DRILL}' makes one and restores it in a scratch place",
    )
    parser.add_argument(
        "--keystore", type=Path, help="a copy of the keystore; without it, the one in place stays"
    )
    parser.add_argument(
        "--tombstones", type=Path, help="the newest journal of erasures, when it is not in place"
    )
    parser.add_argument(
        "--replay", action="store_true", help="only tell the places of erasures that they lack"
    )
    parser.add_argument(
        "--into", metavar="ADDRESS", help="drill: an empty database of PostgreSQL, for its owner"
    )


def run(args: argparse.Namespace) -> int:
    """Restore, replay or drill; return 78 with a sentence, and nothing overwritten, when it cannot be."""
    began = time.monotonic()
    try:
        settings = load()
        if args.replay:
            lines = [f"Replayed: {replay(build_machine(settings))} erasures."]
        elif args.folder == DRILL:
            lines = drill.hold(settings, restore, args.into)
        elif args.folder:
            lines = restore(settings, Path(args.folder), args.keystore, args.tombstones)
        else:
            raise CopyError("say which backup, or --replay")
    except (KeyRefusal, SettingsError, OSError) as refusal:
        print(f"Refused: {refusal}", file=sys.stderr)
        return KeyRefusal.exit_code
    print("\n".join(lines))
    print(f"It took {(time.monotonic() - began) / 60:.1f} minutes.")
    return 0


def restore(
    settings: Settings, folder: Path, keys: Path | None = None, journal: Path | None = None
) -> list[str]:
    """Restore a backup into the place that the settings name, and say what was done.

    Everything is looked at before anything is written. Raises CopyError, KeyRefusal.
    """
    signed = manifest.read(folder)
    if not copies.is_empty(settings):
        raise CopyError("there is a database already: restore into an empty place")
    stones = _journal_for(settings, journal)
    with _keys_for(settings, keys) as keyring:
        manifest.refuse_unsigned(signed, TrailKeys(keyring))
        _refuse_old_journal(signed, Journal(stones, TrailKeys(keyring)))
        _refuse_without_keys(folder, keyring, Journal(stones, TrailKeys(keyring)))
    if keys is not None:
        copy = key_backup.read(keys, root_key(settings))
        key_backup.restore(copy, Keystore(settings.keystore_url))
    for origin, target in (
        (stones, settings.tombstone_file),
        (folder / manifest.CHECKPOINTS, settings.checkpoints_file),
    ):
        if origin.exists() and not target.exists():
            shutil.copyfile(origin, target)
            target.chmod(0o600)
    copies.lay(settings, folder / manifest.DATABASE)
    return _looked_after(settings, folder, signed)


def _looked_after(settings: Settings, folder: Path, signed: Signed) -> list[str]:
    """Compare what was restored, look at the trail, bring it up to date and replay erasures."""
    there = copies.state(settings, METADATA)
    wrong = list(table_sums.differing(signed.manifest.tables, there.tables))
    if wrong:
        raise CopyError(f"what was restored differs from the backup in {', '.join(wrong)}")
    if signed.manifest.revision != newest():
        upgrade(settings.migrate_url, settings.database_url)
    machine = build_machine(settings)
    try:
        found = verified(machine, folder / manifest.CHECKPOINTS)
        number = replay(machine)
    finally:
        machine.engine.dispose()
        machine.keyring.keystore.close()
    return [
        f"Restored: {len(there.tables)} tables as they were on {signed.manifest.made:%d-%m-%Y %H:%M} UTC.",
        f"Children: {signed.manifest.children}. All tables have the checksums of the backup.",
        f"Trail: {found}.",
        f"Replayed: {number} erasures.",
    ]


def replay(machine: Machine) -> int:
    """Tell database, keystore and journal of the erasures that they lack, and return how many there were."""
    lacks = privacy_of.lacking(machine)
    journal = Journal(machine.settings.tombstone_file, TrailKeys(machine.keyring))
    for seq, stone in sorted(lacks.everywhere.items()):
        if seq in lacks.in_database:
            work = machine.work(SYSTEM, route=ROUTE)
            privacy.replay(work, stone)
            work.commit()
            work.session.close()
        journal.add(stone)
        if seq in lacks.in_keystore:
            tombstones.shred(machine.keyring.keystore, stone)
    privacy.finish(machine)
    return len({*lacks.in_database, *lacks.in_keystore})


def verified(machine: Machine, checkpoints: Path) -> str:
    """Look at the whole trail and return what came of it; raises CopyError when it is broken."""
    work = machine.work(SYSTEM, writes=False, route=ROUTE)
    found = audit.verify(work, checkpoints)
    work.session.close()
    if found.outcome is Outcome.BROKEN:
        first = found.problems[0]
        raise CopyError(f"the trail is broken: record {first.seq}, {first.wrong} {first.where}")
    return f"{found.records} records, {found.checkpoints} signed checkpoints, {found.outcome.value}"


@contextmanager
def _keys_for(settings: Settings, copy: Path | None) -> Iterator[Keyring]:
    """Open the keys to be used: those in place, or a copy, in a scratch place, with every data key opened."""
    root = root_key(settings)
    store = Keystore(settings.keystore_url)
    if copy is None:
        yield Keyring.open(root, store)
        return
    if not copy.exists():
        raise CopyError(f"there is no copy of the keystore {copy}")
    if store.exists() and store.keks():
        raise CopyError("there is a keystore with keys already: restore into an empty place")
    found = key_backup.verify(copy, root)
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".keys-", dir=settings.instance) as scratch:
        looked = Keystore(f"sqlite:///{scratch}/keystore.db")
        key_backup.restore(found, looked)
        yield Keyring.open(root, looked)
        looked.close()


def _journal_for(settings: Settings, given: Path | None) -> Path:
    """Return the journal of erasures: without it a restore could bring somebody back."""
    if given is not None and not given.exists():
        raise CopyError(f"there is no journal {given}")
    file = given or settings.tombstone_file
    if not file.exists():
        raise CopyError(
            f"the journal of erasures {file} is not in place: give the newest one with --tombstones "
            f"(an older one stands in each backup)"
        )
    return file


def _refuse_old_journal(signed: Signed, journal: Journal) -> None:
    last = max((stone.seq for stone in journal.read()), default=0)
    if last < signed.manifest.last_tombstone:
        raise CopyError(
            f"the journal ends at erasure {last}, and the backup knows of "
            f"{signed.manifest.last_tombstone}: give a newer one"
        )


def _refuse_without_keys(folder: Path, keyring: Keyring, journal: Journal) -> None:
    """Raise CopyError when children of the backup have no key, and were not erased."""
    children = manifest.children_of(folder)
    with_keys = {
        row.subject_id
        for part in _parts(children)
        for row in keyring.keystore.data_keys(Domain.DOSSIER, part)
    }
    erased = {stone.child_id for stone in (*journal.read(), *tombstones.known(keyring.keystore))}
    without = set(children) - with_keys - erased
    if without:
        raise CopyError(
            f"{len(without)} of {len(children)} children have no key in this keystore: take a newer copy"
        )


def _parts(children: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(children), AT_ONCE):
        yield children[start : start + AT_ONCE]
