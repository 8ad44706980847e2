"""Erasing a child for good: first the tombstone with all rows, then the keys, then what is left in files.

The rows go in one transaction, so that no kill leaves a file half erased and readable. What comes after it
is safe to repeat, and is done by the next who comes by: who erases again, or the worker.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from caseapp.accounts import queries as accounts
from caseapp.accounts.actions import two_people
from caseapp.domain.events import ChildErased
from caseapp.domain.granting import Refusal, RefusedError
from caseapp.domain.policy import Actor
from caseapp.kernel import tombstones
from caseapp.kernel.access import Access
from caseapp.kernel.machine import Machine
from caseapp.kernel.rehearsal import CHILD
from caseapp.kernel.restoring import lock_rows, remove_children, rows_of
from caseapp.kernel.tombstones import Journal, Tombstone
from caseapp.kernel.trail_keys import TrailKeys
from caseapp.kernel.work import LostRaceError, Work
from caseapp.privacy import queries
from caseapp.privacy.models import Erasure

KEPT: Final = frozenset({
    "audit_event", "audit_event_child", "emergency", "erasure", "privacy_request", "retention_item",
    "two_people",
})  # fmt: skip
"""Tables that keep their rows of a child: who saw it, who agreed. Their words were sealed for the child."""

SYSTEM: Final = Actor(account_id=None, name="erasing", everywhere=True)
ROUTE: Final = "job erasing"
WHY: Final = "an erasure takes all that there is of a child"


class NoSuchChildError(LookupError):
    """There is no file of this child: it was erased before, or never was."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done: the number of the tombstone, and when it was."""

    seq: int
    child_id: UUID
    tombstone_id: UUID


def erasure_content(child_id: UUID) -> bytes:
    """Return the bytes that two people agree to: the whole file of this child, and nothing else."""
    return b"erase all of " + child_id.bytes


def erase_child(
    machine: Machine,
    actor: Actor,
    child_id: UUID,
    approval_id: UUID,
    *,
    route: str = ROUTE,
    access: Access | None = None,
) -> Erased:
    """Erase a child for good, on what two people agreed to (`erasure_content`), which is used up.

    Raises RefusedError when they did not, NoSuchChildError, LostRaceError when somebody was writing about
    the child; then nothing changed. Once the rows are gone it does not fail: what is left, the worker does.
    """
    work = machine.work(actor, route=route)
    work.access = access or work.access
    try:
        with work.beyond(WHY):
            _use(work, child_id, approval_id)
            row = _take_down(work, child_id, None)
            row.together_id = approval_id
        work.commit()
    except IntegrityError:
        raise LostRaceError from None
    finally:
        work.session.close()
    finish(machine)
    return Erased(row.seq, child_id, row.id)


def finish(machine: Machine) -> int:
    """Do what is left of every erasure, in order: journal, keys, files; returns how many there were."""
    work = machine.work(SYSTEM, route=ROUTE)
    try:
        rows = queries.unfinished(work)
        journal = Journal(machine.settings.tombstone_file, TrailKeys(machine.keyring))
        for row in rows:
            stone = queries.tombstone(row)
            journal.add(stone)
            tombstones.shred(machine.keyring.keystore, stone)
        work.session.rollback()
        if rows:
            _wipe(machine)
        for row in rows:
            work.session.merge(row).done_at = work.now
        work.commit()
    finally:
        work.session.close()
    return len(rows)


def replay(work: Work, stone: Tombstone) -> bool:
    """Tell a restored database of a child that was erased since; returns whether it held the file still."""
    row = _take_down(work, stone.child_id, stone)
    row.subjects = sorted({*row.subjects, *(one.hex for one in stone.subjects)})
    return bool(row.keys_digest)


def _use(work: Work, child_id: UUID, approval_id: UUID) -> None:
    """Use up what two people agreed to; raises RefusedError when it is about something else."""
    asked = accounts.two_people(work, approval_id)
    if asked is None or asked.child_id != child_id:
        raise RefusedError(Refusal.NOT_APPROVED)
    two_people.use(work, asked, erasure_content(child_id))


def _take_down(work: Work, child_id: UUID, known: Tombstone | None) -> Erasure:
    """Write the tombstone and take all rows, in this transaction; a known one keeps its number and moment.

    Raises NoSuchChildError for a child without a file, unless a tombstone is known.
    """
    lock_rows(work, CHILD, [child_id])
    is_there = bool(rows_of(work, CHILD, [child_id]))
    if known is None and not is_there:
        raise NoSuchChildError
    row = Erasure(
        seq=known.seq if known else _next_number(work),
        child_id=child_id,
        at=known.at if known else work.now,
        keys_digest=known.keys_digest if known else None,
        subjects=[],
    )
    work.session.add(row)
    work.flush()
    fields = ("replayed",) if known else ()
    work.record(ChildErased(object_id=row.id, child_id=child_id, fields=fields))
    work.react()
    going = {child_id, *tombstones.going_too(work)}
    row.subjects = sorted(one.hex for one in going - {child_id})
    row.keys_digest = row.keys_digest or tombstones.keys_digest(work.vault.keystore, going)
    remove_children(work, [child_id], KEPT)
    return row


def _next_number(work: Work) -> int:
    """Return one more than the last tombstone that the database or the keystore knows."""
    known = (stone.seq for stone in tombstones.known(work.vault.keystore))
    return max(queries.last_number(work), *known, 0) + 1


def _wipe(machine: Machine) -> None:
    """Let no page or log of our files hold what is gone; a server does that itself, when it vacuums."""
    tombstones.wipe(machine.keyring.keystore)
    if machine.engine.dialect.name == "sqlite":
        with suppress(SQLAlchemyError), machine.engine.connect() as connection:
            connection.rollback()
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
