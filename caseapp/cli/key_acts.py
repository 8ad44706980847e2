"""What the command does to keys in use: each act stands on the trail when it begins and when it ends."""

import argparse
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from caseapp.app import open_machine
from caseapp.domain.events import Event, KeyActBegun, KeyActEnded
from caseapp.domain.policy import Actor
from caseapp.kernel import key_backup, rotation
from caseapp.kernel.crypto import Domain
from caseapp.kernel.keystore import KekRow, Keystore
from caseapp.kernel.machine import Machine
from caseapp.kernel.providers import FileRoot, KeyRefusal, make_root_file, put_on_disk
from caseapp.kernel.root_keys import root_key
from caseapp.kernel.rotation import BEGINNING, Token
from caseapp.settings import Settings, SettingsError

CONSOLE: Final = Actor(account_id=None, name="keys", everywhere=True)
DOMAINS: Final = tuple(domain.value for domain in Domain)
Say = Callable[[str], None]


def add_acts(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Take what is to be done to which key."""
    new = actions.add_parser("new", help="make a new version of the key of a domain")
    new.add_argument("domain", choices=DOMAINS)
    new.add_argument("--at-once", action="store_true", help="wait for no process: none runs now")
    rewrap = actions.add_parser("rewrap", help="wrap the data keys with the newest key, in batches")
    rewrap.add_argument("domain", nargs="?", choices=DOMAINS, help="one domain (default: all)")
    rewrap.add_argument("--after", type=Token.read, default=BEGINNING, metavar="TOKEN")
    retire = actions.add_parser("retire", help="destroy an old version that nothing needs any more")
    retire.add_argument("domain", choices=DOMAINS)
    retire.add_argument("version", type=int)
    retire.add_argument("--lost", action="store_true", help="give up what only this key opens")
    for name, text in {
        "backup": "write a copy of the keystore to a new file",
        "verify": "open every key in a copy of the keystore",
        "restore": "write a copy into a keystore that holds nothing",
    }.items():
        one = actions.add_parser(name, help=text)
        one.add_argument("file", type=Path)
    root = actions.add_parser("new-root", help="wrap all keys with another root key")
    root.add_argument("--from", dest="origin", metavar="PROVIDER", help="the provider until now")
    root.add_argument("--old-file", type=Path, help="the key file until now, with --from file")


@contextmanager
def told(machine: Machine, *about: str) -> Iterator[list[str]]:
    """Write on the trail that something begins, and then how it ended."""
    _tell(machine, KeyActBegun(fields=about))
    ended: list[str] = []
    try:
        yield ended
    except BaseException:
        ended.append("failed")
        raise
    finally:
        _tell(machine, KeyActEnded(fields=(*about, *ended)))


@contextmanager
def opened(settings: Settings) -> Iterator[Machine]:
    """Open the machine room for one act, and close it after."""
    machine = open_machine(settings)
    try:
        yield machine
    finally:
        machine.engine.dispose()
        machine.keyring.keystore.close()


def _tell(machine: Machine, event: Event) -> None:
    work = machine.work(CONSOLE, route="caseapp keys")
    try:
        work.record(event)
        work.commit()
    finally:
        work.session.close()


def new(settings: Settings, args: argparse.Namespace, say: Say) -> None:
    """Make a new version of a key; once every process knows it, let it wrap what is new."""
    with opened(settings) as machine:
        store = machine.keyring.keystore
        rotation.refuse_without_backup(store, machine.now())
        with told(machine, "new", args.domain) as ended:
            row = rotation.begin(store, root_key(settings), Domain(args.domain))
            known = rotation.known_from(store, row)
            if machine.now() < known and not args.at_once:
                ended.append(f"{row.version} pre-active")
                moment = known.isoformat(timespec="minutes")
                say(
                    f"Key {row.name} is pre-active. Run this again after {moment}: then every process knows it."
                )
                return
            rotation.make_primary(store, row)
            ended.append(f"{row.version} primary")
        say(
            f"Key {row.name} is primary. Run 'caseapp keys rewrap {row.domain}' for what is there already."
        )


def rewrap(settings: Settings, args: argparse.Namespace, say: Say) -> None:
    """Wrap the data keys of one domain, or of all, with its primary key."""
    with opened(settings) as machine:
        rotation.refuse_without_backup(machine.keyring.keystore, machine.now())
        for domain in [Domain(args.domain)] if args.domain else Domain:
            with told(machine, "rewrap", domain.value) as ended:
                wrapped, broken = _rewrapped(machine, domain, args.after, say)
                ended += [str(wrapped), *(["not-all"] if broken else [])]
            say(f"{domain}: {wrapped} data keys wrapped anew.")
            if broken:
                raise KeyRefusal(
                    f"{len(broken)} data keys of {domain} do not open and stay as they are:"
                    f" the first is of {broken[0]}"
                )


def _rewrapped(
    machine: Machine, domain: Domain, after: Token, say: Say
) -> tuple[int, list[object]]:
    wrapped, broken = 0, list[object]()
    for batch in rotation.rewrap(machine.keyring, domain, after):
        wrapped += batch.wrapped
        broken += batch.broken
        say(f"{domain}: {wrapped} so far; to go on from here: --after {batch.token}")
    return wrapped, broken


def retire(settings: Settings, args: argparse.Namespace, say: Say) -> None:
    """Destroy an old version of a key, when nothing needs it or what it opens is given up."""
    with opened(settings) as machine:
        store = machine.keyring.keystore
        row = _row(store, args.domain, args.version)
        if args.lost:
            rotation.refuse_primary(row)
        else:
            rotation.refuse_without_backup(store, machine.now())
        horizon = timedelta(days=settings.key_backup_days)
        with told(machine, "retire", args.domain, str(args.version)) as ended:
            if args.lost:
                rotation.destroy(store, row, only_unused=False)
                ended.append("lost")
            else:
                rotation.retire(store, row, machine.now(), horizon)
        say(f"Key {row.name} is destroyed.")


def _row(store: Keystore, domain: str, version: int) -> KekRow:
    for row in store.keks():
        if (row.domain, row.version) == (domain, version):
            return row
    raise KeyRefusal(f"there is no key {domain} {version}")


def backup(settings: Settings, args: argparse.Namespace, say: Say) -> None:
    """Write a copy of the keystore."""
    with opened(settings) as machine:
        with told(machine, "backup") as ended:
            copy = key_backup.back_up(
                machine.keyring.keystore, root_key(settings), args.file, machine.now()
            )
            ended.append(str(copy.data_keys))
        say(
            f"{args.file}: {len(copy.rows['kek'])} keys, {copy.data_keys} data keys, {copy.sha256.hex()}."
        )


def verify(settings: Settings, args: argparse.Namespace, say: Say) -> None:
    """Open every key in a copy of the keystore."""
    with opened(settings) as machine:
        with told(machine, "verify") as ended:
            copy = key_backup.verify(
                args.file, root_key(settings), machine.keyring.keystore, machine.now()
            )
            ended.append(str(copy.data_keys))
        say(f"{args.file} of {copy.made.isoformat()}: all {copy.data_keys} data keys open.")


def restore(settings: Settings, args: argparse.Namespace, say: Say) -> None:
    """Write a copy into a keystore that holds nothing."""
    root, store = root_key(settings), Keystore(settings.keystore_url)
    key_backup.restore(key_backup.verify(args.file, root), store)
    store.close()
    with opened(settings) as machine, told(machine, "restore"):
        say(f"The keystore {store.place} holds what stood in {args.file}.")


def new_root(settings: Settings, args: argparse.Namespace, say: Say) -> None:
    """Wrap all keys with a new root key: one in a new file, or that of the provider that is set now."""
    if args.origin is None:
        _new_file(settings, say)
        return
    place = {"key_file": args.old_file} if args.old_file else {}
    before = replace(settings, key_provider=args.origin, **place)
    old, now = root_key(before), root_key(settings)
    with opened(before) as machine:
        store = machine.keyring.keystore
        rotation.refuse_without_backup(store, machine.now())
        with told(machine, "new-root", old.key_id, now.key_id) as ended:
            ended.append(str(rotation.move_root(store, old, now)))
        say(
            f"All keys are wrapped with root key {now.key_id} ({now.name}). Make a backup of the keystore now."
        )


def _new_file(settings: Settings, say: Say) -> None:
    """Make a new root key beside the old one, wrap all keys with it, and give it the name of the old one.

    When an earlier run was broken off after the keys were wrapped, only the name is left to give.
    """
    if settings.key_provider != "file":
        raise SettingsError(
            "A new root key is made in a file only; from another provider, use --from."
        )
    file, draft = settings.key_file, settings.key_file.with_name(settings.key_file.name + ".new")
    new = FileRoot(draft) if draft.exists() else None
    store = Keystore(settings.keystore_url)
    if new is None or not _is_under(store, new):
        with opened(settings) as machine:
            rotation.refuse_without_backup(store, machine.now())
            old, new = root_key(settings), new or make_root_file(draft)
            with told(machine, "new-root", old.key_id, new.key_id) as ended:
                ended.append(str(rotation.move_root(store, old, new)))
    kept = file.with_name(f"{file.name}.old-{FileRoot(file).key_id}")
    if not kept.exists():
        os.link(file, kept)
    draft.replace(file)
    put_on_disk(file.parent)
    store.close()
    say(
        f"All keys are wrapped with root key {new.key_id} in {file}. The old one is kept as {kept.name}:"
    )
    say("older backups of the keystore open with it only. Make a backup now.")


def _is_under(store: Keystore, root: FileRoot) -> bool:
    rows: Iterable[KekRow] = [row for row in store.keks() if row.wrapped is not None]
    return all(row.root_id == root.key_id for row in rows)


ACTS: Final[Mapping[str, Callable[[Settings, argparse.Namespace, Say], None]]] = {
    "new": new,
    "rewrap": rewrap,
    "retire": retire,
    "backup": backup,
    "verify": verify,
    "restore": restore,
    "new-root": new_root,
}
