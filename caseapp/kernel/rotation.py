"""The life of a key: a new version, data keys wrapped anew in batches, the old one destroyed; a new root key.

Each step is one transaction of the keystore, and can be broken off and repeated. Nothing has to stop
meanwhile: whoever meets a version that it does not know looks it up.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, func, select, tuple_, update

from caseapp.kernel.crypto import Domain, Kek, Unreadable
from caseapp.kernel.key_register import context_of, new_key, opened_all
from caseapp.kernel.keys import Keyring
from caseapp.kernel.keystore import KekRow, Keystore, State, backup, dek, kek
from caseapp.kernel.providers import KeyRefusal, RootKey

BATCH: Final = 500
KNOWN_AFTER: Final = timedelta(minutes=6)
"""A process reads the register every five minutes: then it has a key that is pre-active."""
_PRIMARY: Final = "key {} is primary: make another one first"
BACKUP_AT_MOST: Final = timedelta(hours=24)


class Token(NamedTuple):
    """How far wrapping anew has come: the last data key that was looked at."""

    subject_id: UUID
    generation: int

    def __str__(self) -> str:
        """Return what a person hands over to go on from here."""
        return f"{self.subject_id.hex}.{self.generation}"

    @classmethod
    def read(cls, text: str) -> "Token":
        """Return the token that stands in a text; raises ValueError for another text."""
        subject, generation = text.split(".")
        return cls(UUID(subject), int(generation))


BEGINNING: Final = Token(UUID(int=0), 0)


class Batch(NamedTuple):
    """What one batch did: data keys wrapped anew, those that do not open, and where to go on."""

    wrapped: int
    broken: tuple[UUID, ...]
    token: Token


def refuse_without_backup(keystore: Keystore, now: datetime) -> None:
    """Raise KeyRefusal unless a backup of the keystore, with every key of today, was verified lately."""
    keystore.create()
    since = (now - BACKUP_AT_MOST).timestamp()
    with keystore.reading() as connection:
        query = select(backup.c.holds).where(backup.c.verified >= since)
        lately = [set(json.loads(holds)) for holds in connection.scalars(query)]
    here = {row.name for row in keystore.keks() if row.wrapped is not None}
    if not any(here <= names for names in lately):
        raise KeyRefusal(
            "no backup of the keystore with all its keys was verified in the last 24 hours:"
            " run 'caseapp keys backup FILE' and 'caseapp keys verify FILE' first"
        )


def begin(keystore: Keystore, root: RootKey, domain: Domain) -> KekRow:
    """Return the pre-active key of a domain; makes one when there is none."""
    mine = [row for row in keystore.keks() if row.domain == domain]
    waiting = [row for row in mine if row.state is State.PRE_ACTIVE]
    if waiting:
        return waiting[-1]
    version = max(row.version for row in mine) + 1
    made = new_key(root, domain, version, State.PRE_ACTIVE)
    opened_all(root, [made])
    keystore.add_keks([made])
    return made


def known_from(keystore: Keystore, row: KekRow) -> datetime:
    """Return the moment from which every running process knows a key."""
    with keystore.reading() as connection:
        query = select(kek.c.made_at).where(*_of(row.domain, row.version))
        made: datetime = connection.execute(query).scalar_one()
    return (made if made.tzinfo else made.replace(tzinfo=UTC)) + KNOWN_AFTER


def make_primary(keystore: Keystore, row: KekRow) -> None:
    """Let a pre-active key wrap all new data keys; the one before opens only, from now on."""
    mine = kek.c.domain == row.domain
    with keystore.writing() as connection:
        state = connection.scalar(
            select(kek.c.state).where(*_of(row.domain, row.version)).with_for_update()
        )
        if state != State.PRE_ACTIVE:
            raise KeyRefusal(f"key {row.name} is {state}, and can be made primary no more")
        old = update(kek).where(mine, kek.c.state == State.PRIMARY)
        connection.execute(old.values(state=State.DECRYPT_ONLY))
        new = update(kek).where(*_of(row.domain, row.version))
        connection.execute(new.values(state=State.PRIMARY))


def rewrap(ring: Keyring, domain: Domain, after: Token = BEGINNING) -> Iterator[Batch]:
    """Wrap every data key of a domain with its primary key, and yield each batch that is committed.

    Which version wraps a data key stands beside it: after a kill the next run does what is left.
    """
    ring.renew()
    primary = ring.primary(domain)
    if primary is None:
        raise KeyRefusal(f"this process has no key for {domain}")
    token = after
    while True:
        with ring.keystore.writing() as connection:
            rows = _behind(connection, primary, token)
            if not rows:
                return
            batch = _wrapped_anew(ring, primary, connection, rows)
        yield batch
        token = batch.token


def _behind(connection: Connection, primary: Kek, token: Token) -> list[Any]:
    place = (dek.c.subject_id, dek.c.generation)
    columns = (*place, dek.c.kek_version, dek.c.wrapped)
    theirs = (dek.c.domain == primary.domain, dek.c.kek_version != primary.version)
    beyond = tuple_(*place) > tuple_(*token, types=[one.type for one in place])
    query = select(*columns).where(*theirs, beyond).order_by(*place).limit(BATCH)
    return list(connection.execute(query))


def _wrapped_anew(ring: Keyring, primary: Kek, connection: Connection, rows: list[Any]) -> Batch:
    """Wrap data keys anew; one that was changed or erased meanwhile stays as it is."""
    wrapped, broken = 0, []
    for row in rows:
        new = _moved(ring.kek(primary.domain, row.kek_version), primary, row)
        if new is None:
            broken.append(row.subject_id)
            continue
        mine = (dek.c.domain == primary.domain, dek.c.subject_id == row.subject_id)
        same = (*mine, dek.c.generation == row.generation, dek.c.wrapped == row.wrapped)
        change = update(dek).where(*same).values(kek_version=primary.version, wrapped=new)
        wrapped += connection.execute(change).rowcount
    return Batch(wrapped, tuple(broken), Token(rows[-1].subject_id, rows[-1].generation))


def _moved(old: Kek | None, primary: Kek, row: Any) -> bytes | None:
    """Return a data key as the primary key wraps it; None when it does not open."""
    if old is None:
        return None
    try:
        return old.hand_over(row.subject_id, row.wrapped, primary)
    except Unreadable:
        return None


def keeps(keystore: Keystore, row: KekRow, now: datetime, horizon: timedelta) -> str | None:
    """Return why a key may not be destroyed yet, as a sentence; None when it may."""
    if row.state is State.PRIMARY:
        return _PRIMARY.format(row.name)
    if row.wrapped is None:
        return f"key {row.name} was destroyed already"
    number = _count(keystore, row)
    if number:
        return (
            f"key {row.name} still wraps {number} data keys: run 'caseapp keys rewrap {row.domain}'"
        )
    last = _last_needed(keystore, row)
    if last is not None and last + horizon > now:
        until = (last + horizon).date().isoformat()
        return f"a backup of {last.date().isoformat()} needs key {row.name}: wait until {until}"
    return None


def refuse_primary(row: KekRow) -> None:
    """Raise KeyRefusal when a key wraps what is new."""
    if row.state is State.PRIMARY:
        raise KeyRefusal(_PRIMARY.format(row.name))


def retire(keystore: Keystore, row: KekRow, now: datetime, horizon: timedelta) -> None:
    """Destroy a key that nothing needs any more, backups included; raises KeyRefusal with the reason."""
    why = keeps(keystore, row, now, horizon)
    if why is not None:
        raise KeyRefusal(why)
    destroy(keystore, row, only_unused=True)


def destroy(keystore: Keystore, row: KekRow, *, only_unused: bool) -> None:
    """Destroy a key; what only it opens is lost. Raises KeyRefusal when it must be unused, and is not."""
    mine = _of(row.domain, row.version)
    with keystore.writing() as connection:
        connection.scalar(select(kek.c.state).where(*mine).with_for_update())
        theirs = (dek.c.domain == row.domain, dek.c.kek_version == row.version)
        number = connection.scalar(select(func.count()).select_from(dek).where(*theirs))
        if only_unused and number:
            raise KeyRefusal(f"key {row.name} still wraps {number} data keys")
        gone = update(kek).where(*mine).values(state=State.DESTROYED, wrapped=None)
        connection.execute(gone)


def move_root(keystore: Keystore, old: RootKey, new: RootKey) -> int:
    """Wrap every key with a new root key, all or none, and return how many; a repeated run does nothing.

    Raises KeyRefusal, and changes nothing, when a key does not open with the root key it was made with.
    """
    new.health()
    rows = [row for row in keystore.keks() if row.wrapped is not None and row.root_id != new.key_id]
    moved = [
        (row, new.wrap(secret, context_of(row.domain, row.version)))
        for row, secret in opened_all(old, rows)
    ]
    with keystore.writing() as connection:
        for row, wrapped in moved:
            same = (*_of(row.domain, row.version), kek.c.wrapped == row.wrapped)
            change = update(kek).where(*same).values(wrapped=wrapped, root_id=new.key_id)
            if connection.execute(change).rowcount != 1:
                raise KeyRefusal(f"key {row.name} was changed meanwhile: run this again")
    opened_all(new, keystore.keks())
    return len(moved)


def _of(domain: str, version: int) -> tuple[Any, ...]:
    return kek.c.domain == domain, kek.c.version == version


def _count(keystore: Keystore, row: KekRow) -> int:
    counts = {(one.domain, one.kek_version): one.data_keys for one in keystore.count()}
    return counts.get((row.domain, row.version), 0)


def _last_needed(keystore: Keystore, row: KekRow) -> datetime | None:
    """Return the moment of the newest backup in which this key wraps data keys."""
    with keystore.reading() as connection:
        kept = connection.execute(select(backup.c.made, backup.c.holds)).all()
    needed = [made for made, holds in kept if json.loads(holds).get(row.name)]
    return datetime.fromtimestamp(max(needed), UTC) if needed else None
