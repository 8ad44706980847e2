"""The keystore: a database of its own for wrapped keys, so that other backups hold no key.

Erasing a child is deleting its keys here. That reaches the backups only because this database is
never a schema of the main one, and is backed up apart and for days only. Two databases have no
common transaction: a data key is committed before the row that needs it; one without a row does no
harm.
"""

import json
import os
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    Engine,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
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

VERSION: Final = 1
"""Of the tables below; a keystore with a higher number is of a newer program and is left alone."""

PRAGMAS: Final = ("synchronous=FULL", "secure_delete=ON", "foreign_keys=ON", "trusted_schema=OFF")
TABLES: Final = MetaData()


class State(StrEnum):
    """The life of a key: exactly one version is primary; a destroyed one has no wrapped bytes."""

    PRE_ACTIVE = "pre-active"
    PRIMARY = "primary"
    DECRYPT_ONLY = "decrypt-only"
    DESTROYED = "destroyed"


class SubjectKind(StrEnum):
    """Whose data key it is."""

    CHILD = "child"
    ACCOUNT = "account"
    IMPORT = "import"


def _made_at() -> Column[Any]:
    """Let the database say when: sweeping keys without a row needs the day only."""
    return Column("made_at", DateTime(timezone=True), nullable=False, server_default=func.now())


layout = Table("layout", TABLES, Column("version", Integer, primary_key=True))

kek = Table(
    "kek",
    TABLES,
    Column("domain", String(20), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("wrapped", LargeBinary),
    Column("kcv", LargeBinary, nullable=False),
    Column("state", String(12), nullable=False),
    Column("root_id", String(8), nullable=False),
    _made_at(),
    CheckConstraint(f"state IN ({', '.join(repr(s.value) for s in State)})", name="ck_kek_state"),
    CheckConstraint("(wrapped IS NULL) = (state = 'destroyed')", name="ck_kek_destroyed"),
)
Index(
    "uq_kek_primary",
    kek.c.domain,
    unique=True,
    sqlite_where=kek.c.state == State.PRIMARY,
    postgresql_where=kek.c.state == State.PRIMARY,
)

dek = Table(
    "dek",
    TABLES,
    Column("domain", String(20), primary_key=True),
    Column("subject_id", Uuid, primary_key=True),
    Column("generation", SmallInteger, primary_key=True, autoincrement=False),
    Column("subject_kind", String(7), nullable=False),
    Column("kek_version", Integer, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    _made_at(),
    ForeignKeyConstraint(
        ["domain", "kek_version"], ["kek.domain", "kek.version"], name="fk_dek_kek"
    ),
    CheckConstraint(
        f"subject_kind IN ({', '.join(repr(k.value) for k in SubjectKind)})",
        name="ck_dek_subject_kind",
    ),
    CheckConstraint("generation BETWEEN 1 AND 32767", name="ck_dek_generation"),
    sqlite_with_rowid=False,
)
Index("ix_dek_kek_version", dek.c.domain, dek.c.kek_version)

applied = Table(
    "applied",
    TABLES,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("subject_id", Uuid, nullable=False),
    _made_at(),
)
"""Erasures that reached this keystore: a restored one lacks some, which run before it is used."""


class KekRow(NamedTuple):
    """A key of a domain as it is kept; `wrapped` is absent once destroyed."""

    domain: str
    version: int
    wrapped: bytes | None
    kcv: bytes
    state: State
    root_id: str


class DekRow(NamedTuple):
    """A data key as it is kept."""

    domain: Domain
    subject_id: UUID
    generation: int
    kek_version: int
    wrapped: bytes


class KeyCount(NamedTuple):
    """How many data keys of a domain are wrapped under a version."""

    domain: str
    kek_version: int
    data_keys: int


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
        with self._engine.begin() as connection:
            if connection.scalar(select(func.max(layout.c.version))) is None:
                connection.execute(insert(layout).values(version=VERSION))

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
        """Keep and commit new data keys; a subject that has that generation keeps what it has."""
        new = sqlite.insert(dek) if self.file is not None else postgresql.insert(dek)
        values = [row._asdict() | {"subject_kind": kind} for row in rows]
        if values:
            with self._engine.begin() as connection:
                connection.execute(new.on_conflict_do_nothing(), values)

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
