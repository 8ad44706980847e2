"""The keystore: a database of its own for wrapped keys, so that other backups hold no key.

Erasing a child is deleting its keys here. That reaches the backups only because this database is
never a schema of the main one, and is backed up apart and for days only. Two databases have no
common transaction: a data key is committed before the row that needs it; one without a row does no
harm.
"""

import json
import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Engine,
    Select,
    String,
    Uuid,
    any_,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    select,
    type_coerce,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.pool import QueuePool

from caseapp.kernel.crypto import Domain
from caseapp.kernel.key_tables import (
    TABLES,
    VERSION,
    DekRow,
    KekRow,
    KeyCount,
    State,
    SubjectKind,
    applied,
    backup,
    dek,
    kek,
    layout,
)

__all__ = [
    "VERSION",
    "DekRow",
    "KekRow",
    "KeyCount",
    "Keystore",
    "NotPrimaryError",
    "State",
    "SubjectKind",
    "applied",
    "backup",
    "dek",
    "kek",
]

PRAGMAS: Final = ("synchronous=FULL", "secure_delete=ON", "foreign_keys=ON", "trusted_schema=OFF")


class NotPrimaryError(RuntimeError):
    """A data key was wrapped with a key that is not the primary one any more: wrap it again."""


class Keystore:
    """The door to the keystore; it never makes a file unasked."""

    def __init__(self, address: str) -> None:
        url = make_url(address)
        self.file = (
            Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
        )
        self.place = str(self.file or url.render_as_string(hide_password=True))
        self._engine = _sqlite(self.file) if self.file else _server(address)

    def exists(self) -> bool:
        """Say whether there is a keystore, without making one."""
        if self.file is not None and not self.file.exists():
            return False
        return inspect(self._engine).has_table("layout")

    def layout_version(self) -> int:
        """Return the version of the tables; 0 when making them was broken off."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.max(layout.c.version))) or 0

    def create(self) -> None:
        """Make the tables, and for SQLite the file, for its owner only; safe to repeat."""
        if self.file is not None:
            _make_private(self.file)
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        TABLES.create_all(self._engine)
        with self.writing() as connection:
            if (connection.scalar(select(func.max(layout.c.version))) or 0) < VERSION:
                connection.execute(insert(layout).values(version=VERSION))

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that writes; on SQLite it is the only one from its first moment."""
        with self._engine.begin() as connection:
            if self.file is not None:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection that only reads."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Open a connection that sees one moment of all tables, while others go on writing."""
        level = "REPEATABLE READ" if self.file is None else None
        with self._engine.connect() as connection:
            if level is None:
                connection.exec_driver_sql("BEGIN")
            else:
                connection.execution_options(isolation_level=level)
            yield connection

    def keks(self) -> list[KekRow]:
        """Return the keys of all domains, in order."""
        columns = (
            kek.c.domain,
            kek.c.version,
            kek.c.wrapped,
            kek.c.kcv,
            kek.c.state,
            kek.c.root_id,
        )
        with self._engine.connect() as connection:
            rows = connection.execute(select(*columns).order_by(kek.c.domain, kek.c.version)).all()
        return [KekRow(*row)._replace(state=State(row.state)) for row in rows]

    def add_keks(self, rows: Collection[KekRow]) -> None:
        """Keep new keys, all or none."""
        with self._engine.begin() as connection:
            for row in rows:
                connection.execute(insert(kek).values(row._asdict()))

    def data_keys(self, domain: Domain, subject_ids: Collection[UUID]) -> list[DekRow]:
        """Return the data keys of these subjects in a domain, by one statement."""
        subject: ColumnElement[Any] = dek.c.subject_id
        ids: object = list(subject_ids)
        known: Mapping[Any, UUID] = {}
        if self.file is not None:  # text there: the ids that were given stand for it
            subject, known = type_coerce(subject, String()), {one.hex: one for one in subject_ids}
            ids = json.dumps(list(known))
        columns = (dek.c.generation, dek.c.kek_version, dek.c.wrapped)
        query = select(subject, *columns).where(dek.c.domain == domain, self._among())
        with self._engine.connect() as connection:
            rows = connection.execute(query, {"ids": ids}).all()
        return [DekRow(domain, known.get(row[0], row[0]), *row[1:]) for row in rows]

    def add_data_keys(self, kind: SubjectKind, rows: Sequence[DekRow]) -> None:
        """Keep and commit new data keys; a subject that has that generation keeps what it has.

        Raises NotPrimaryError when a key that wraps them is not primary now: it may be destroyed soon.
        """
        new = sqlite.insert(dek) if self.file is not None else postgresql.insert(dek)
        values = [row._asdict() | {"subject_kind": kind} for row in rows]
        if not values:
            return
        with self.writing() as connection:
            for domain, version in {(row.domain, row.kek_version) for row in rows}:
                state = connection.scalar(_state_of(domain, version))
                if state != State.PRIMARY:
                    raise NotPrimaryError(f"key {domain} {version} is not primary")
            connection.execute(new.on_conflict_do_nothing(), values)

    def kind_of(self, domain: Domain, subject_id: UUID) -> SubjectKind:
        """Return whose data key it is."""
        mine = (dek.c.domain == domain, dek.c.subject_id == subject_id, dek.c.generation == 1)
        with self.reading() as connection:
            return SubjectKind(
                connection.execute(select(dek.c.subject_kind).where(*mine)).scalar_one()
            )

    def remove_data_keys(self, subject_ids: Collection[UUID]) -> int:
        """Destroy all data keys of these subjects, in every domain, and return how many there were."""
        ids: object = list(subject_ids)
        if self.file is not None:
            ids = json.dumps([one.hex for one in subject_ids])
        with self._engine.begin() as connection:
            return connection.execute(delete(dek).where(self._among()), {"ids": ids}).rowcount

    def count(self) -> list[KeyCount]:
        """Count the data keys under each version of each domain."""
        groups = (dek.c.domain, dek.c.kek_version)
        query = select(*groups, func.count()).group_by(*groups).order_by(*groups)
        with self._engine.connect() as connection:
            return [KeyCount(*row) for row in connection.execute(query)]

    def close(self) -> None:
        """Close all connections, as before a fork."""
        self._engine.dispose()

    def _among(self) -> ColumnElement[bool]:
        """Compare with one parameter that carries all ids: no limit on their number."""
        if self.file is None:
            return dek.c.subject_id == any_(bindparam("ids", type_=ARRAY(Uuid)))
        given = func.json_each(bindparam("ids", type_=String)).table_valued("value")
        return dek.c.subject_id.in_(select(given.c.value))


def _state_of(domain: str, version: int) -> Select[str]:
    """Ask for the state of a key, which no other transaction may change until this one ends."""
    mine = (kek.c.domain == domain, kek.c.version == version)
    return select(kek.c.state).where(*mine).with_for_update(read=True)


def _sqlite(file: Path) -> Engine:
    """Open a file that exists: SQLite would otherwise make an empty one where a key is missing."""
    address = f"file:{quote(str(file.absolute()))}?mode=rw"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True, timeout=15, check_same_thread=False),
        poolclass=QueuePool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _tune(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()

    return engine


def _server(address: str) -> Engine:
    return create_engine(
        address,
        hide_parameters=True,
        pool_size=2,
        pool_pre_ping=True,
    )


def _make_private(file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
