"""A drill: back up, restore into a scratch place, compare, and keep a record that it was done."""

import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy.engine import make_url

from caseapp.app import build_machine
from caseapp.cli.backup import back_up, note
from caseapp.domain.policy import Actor
from caseapp.kernel import manifest
from caseapp.kernel.copies import CopyError
from caseapp.kernel.machine import Machine
from caseapp.people import queries as people
from caseapp.settings import Settings

RECORD: Final = "drill.json"
"""In the instance folder: when the last drill was held and how it went, for the doctor."""

Restore = Callable[[Settings, Path, Path | None, Path | None], list[str]]


def hold(settings: Settings, restore: Restore, into: str | None = None) -> list[str]:
    """Hold a drill and return what came of it; raises CopyError, KeyRefusal.

    `into` is an empty database of PostgreSQL, for its owner; SQLite needs none.
    """
    if make_url(settings.migrate_url).get_backend_name() != "sqlite" and into is None:
        raise CopyError("give an empty database with --into: the drill restores into it")
    began = time.monotonic()
    machine = build_machine(settings)
    scratch = Path(tempfile.mkdtemp(prefix=".drill-", dir=settings.instance))
    try:
        journal = scratch / "journal.jsonl"
        if settings.tombstone_file.exists():
            shutil.copyfile(settings.tombstone_file, journal)
        journal.touch(0o600)
        made = back_up(machine, scratch / "backups", scratch / "keys", machine.now())
        aside = _aside(settings, scratch, into)
        lines = restore(aside, made.folder, made.keys, journal)
        opened = _opened(build_machine(aside), manifest.children_of(made.folder))
    finally:
        machine.engine.dispose()
        shutil.rmtree(scratch, ignore_errors=True)
    minutes = (time.monotonic() - began) / 60
    said = {"at": machine.now().isoformat(), "minutes": round(minutes, 2), "children": opened}
    note(settings.instance / RECORD, dict(said))
    return [
        *lines,
        f"Opened: the cards of all {opened} children.",
        f"Drill: {minutes:.1f} minutes.",
    ]


def _aside(settings: Settings, scratch: Path, into: str | None) -> Settings:
    """Return the settings of the scratch place."""
    file = f"sqlite:///{scratch / 'caseapp.db'}"
    run = file
    if into is not None:
        run = (
            make_url(settings.database_url)
            .set(database=make_url(into).database)
            .render_as_string(hide_password=False)
        )
    return replace(
        settings,
        instance=scratch,
        database_url=run,
        migrate_url=into or file,
        keystore_url=f"sqlite:///{scratch / 'keystore.db'}",
        tombstone_file=scratch / "tombstones.jsonl",
        audit_checkpoints="",
    )


def _opened(machine: Machine, children: Sequence[UUID]) -> int:
    """Open the card of every child that was restored, and return how many there are; raises CopyError."""
    work = machine.work(Actor(account_id=None, name="drill", everywhere=True), writes=False)
    with work.beyond("does every card open"):
        every = people.there_among(work, children)
        opened = people.cards(work, every)
    work.session.rollback()
    work.session.close()
    machine.engine.dispose()
    machine.keyring.keystore.close()
    if len(opened) != len(every):
        raise CopyError(f"{len(every) - len(opened)} of {len(every)} cards do not open")
    return len(opened)
