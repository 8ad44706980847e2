"""A copy of the keystore in one file: the same for both databases, sealed under the root key, and checksummed.

A line that names the form, a line of JSON with what somebody may know without a key, the sealed rows, and the
SHA-256 of all that. The root key itself is in no copy: it is kept apart, or the copy opens for its thief.
"""

import base64
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, LargeBinary, Table, Uuid, insert, select, update

from caseapp.kernel import crypto
from caseapp.kernel.crypto import Domain, Kek, Unreadable
from caseapp.kernel.key_register import opened_all
from caseapp.kernel.keystore import KekRow, Keystore, State, applied, backup, dek, kek
from caseapp.kernel.providers import KeyRefusal, KeysAwayError, RootKey, write_new

FORM: Final = b"case-keystore-1\n"
CHECKSUM: Final = 32
TABLES: Final[Sequence[Table]] = (kek, dek, applied, backup)
CONTEXT: Final = b"keystore backup"


class Copy(NamedTuple):
    """What stands in a copy of a keystore: rows of each table, and how many data keys each key wraps."""

    sha256: bytes
    made: datetime
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    holds: Mapping[str, int]

    @property
    def data_keys(self) -> int:
        """Return how many data keys there are."""
        return len(self.rows["dek"])


def back_up(keystore: Keystore, root: RootKey, file: Path, now: datetime) -> Copy:
    """Write a copy of the keystore to a new file, for its owner only, and note that it was made.

    Raises FileExistsError when there is such a file, KeyRefusal when the root key cannot be used.
    """
    keystore.create()
    with keystore.snapshot() as connection:
        rows = {table.name: _read(connection, table) for table in TABLES}
    secret = crypto.random_key()
    head = {
        "made": now.isoformat(timespec="seconds"),
        "root_id": root.key_id,
        "key": base64.b64encode(root.wrap(secret, CONTEXT)).decode(),
    }
    line = json.dumps(head, sort_keys=True).encode() + b"\n"
    body = crypto.lock(secret, crypto.length_prefixed(FORM, line), json.dumps(rows).encode())
    content = FORM + line + body
    checksum = crypto.digest(content)
    write_new(file, content + checksum)
    copy = Copy(
        checksum, now, {name: list(map(_plain, part)) for name, part in rows.items()}, _holds(rows)
    )
    _note(keystore, copy)
    return copy


def read(file: Path, root: RootKey) -> Copy:
    """Return what stands in a copy; raises KeyRefusal for a damaged file or another root key."""
    content = file.read_bytes()
    if not content.startswith(FORM):
        raise KeyRefusal(f"{file} is no copy of a keystore")
    content, checksum = content[:-CHECKSUM], content[-CHECKSUM:]
    if crypto.digest(content) != checksum:
        raise KeyRefusal(f"{file} is damaged: its checksum differs")
    line, body = content[len(FORM) :].split(b"\n", 1)
    head = json.loads(line)
    try:
        secret = root.unwrap(base64.b64decode(head["key"]), CONTEXT)
        opened = crypto.unlock(secret, crypto.length_prefixed(FORM, line + b"\n"), body)
    except Unreadable:
        raise KeyRefusal(f"{file} is damaged: what is sealed in it does not open") from None
    except KeysAwayError:
        raise
    except KeyRefusal:
        raise KeyRefusal(
            f"{file} does not open with root key {root.key_id} ({root.name});"
            f" it was made with {head['root_id']}"
        ) from None
    rows = json.loads(opened)
    plain = {name: [_plain(row) for row in part] for name, part in rows.items()}
    return Copy(checksum, datetime.fromisoformat(head["made"]), plain, _holds(rows))


def verify(
    file: Path, root: RootKey, keystore: Keystore | None = None, now: datetime | None = None
) -> Copy:
    """Open every key in a copy, every data key too, and note in the keystore that this was done.

    Raises KeyRefusal with what is wrong. A copy that is verified here can be restored.
    """
    copy = read(file, root)
    keys = [_kek_row(row) for row in copy.rows["kek"]]
    keks = {
        row.name: Kek(secret, Domain(row.domain), row.version)
        for row, secret in opened_all(root, keys)
        if row.domain in set(Domain)
    }
    broken = [row["subject_id"] for row in copy.rows["dek"] if not _opens(keks, row)]
    if broken:
        raise KeyRefusal(f"{file}: {len(broken)} data keys do not open, the first of {broken[0]}")
    if keystore is not None and now is not None:
        _note(keystore, copy)
        with keystore.writing() as connection:
            same = update(backup).where(backup.c.sha256 == copy.sha256)
            connection.execute(same.values(verified=int(now.timestamp())))
    return copy


def restore(copy: Copy, keystore: Keystore) -> None:
    """Write a copy into a keystore that holds nothing yet; raises KeyRefusal when it holds keys."""
    keystore.create()
    with keystore.writing() as connection:
        if connection.execute(select(kek.c.domain).limit(1)).first() is not None:
            raise KeyRefusal(f"the keystore {keystore.place} holds keys: restore into a new one")
        for table in TABLES:
            if copy.rows[table.name]:
                connection.execute(insert(table), list(copy.rows[table.name]))


def _note(keystore: Keystore, copy: Copy) -> None:
    """Keep in the register of copies that there is this one, once."""
    with keystore.writing() as connection:
        if connection.execute(select(backup.c.made).where(backup.c.sha256 == copy.sha256)).first():
            return
        row = {
            "sha256": copy.sha256,
            "made": int(copy.made.timestamp()),
            "holds": json.dumps(copy.holds),
        }
        connection.execute(insert(backup), row)


def _holds(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, int]:
    """Return how many data keys each key wraps that is not destroyed."""
    counts = Counter(f"{row['domain']} {row['kek_version']}" for row in rows["dek"])
    there = [
        f"{row['domain']} {row['version']}" for row in rows["kek"] if row["wrapped"] is not None
    ]
    return {name: counts[name] for name in there}


def _opens(keks: Mapping[str, Kek], row: Mapping[str, Any]) -> bool:
    key = keks.get(f"{row['domain']} {row['kek_version']}")
    try:
        return key is not None and bool(
            key.unwrap(row["subject_id"], row["wrapped"], row["generation"])
        )
    except Unreadable:
        return False


def _kek_row(row: Mapping[str, Any]) -> KekRow:
    fields = {name: row[name] for name in KekRow._fields}
    return KekRow(**fields)._replace(state=State(row["state"]))


def _read(connection: Connection, table: Table) -> list[dict[str, Any]]:
    """Read the rows of a table as JSON keeps them; when they were made is not kept."""
    columns = [column for column in table.columns if column.name != "made_at"]
    return [
        {name: _text(value) for name, value in row.items()}
        for row in connection.execute(select(*columns)).mappings()
    ]


def _text(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.hex if isinstance(value, UUID) else value


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of JSON as the database takes it."""
    return {name: _typed(name, value) for name, value in row.items()}


def _typed(name: str, value: Any) -> Any:
    kinds = [type(table.c[name].type) for table in TABLES if name in table.c]
    if value is None:
        return None
    if kinds[0] is LargeBinary:
        return base64.b64decode(value)
    return UUID(value) if kinds[0] is Uuid else value
