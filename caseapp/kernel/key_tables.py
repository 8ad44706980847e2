"""The tables of the keystore, and their rows as the program sees them."""

from enum import StrEnum
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    Uuid,
    func,
)

from caseapp.kernel.crypto import Domain

VERSION: Final = 2
"""Of the tables below; a keystore with a higher number is of a newer program and is left alone.

2 adds `backup`; `keys init` brings an older keystore up to it.
"""

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


backup = Table(
    "backup",
    TABLES,
    Column("sha256", LargeBinary(32), primary_key=True),
    Column("made", BigInteger, nullable=False),
    Column("verified", BigInteger),
    Column("holds", Text, nullable=False),
)
"""Copies of this keystore: seconds since 1970, and as JSON how many data keys each key wraps in it."""


class KekRow(NamedTuple):
    """A key of a domain as it is kept; `wrapped` is absent once destroyed."""

    domain: str
    version: int
    wrapped: bytes | None
    kcv: bytes
    state: State
    root_id: str

    @property
    def name(self) -> str:
        """Return the name in messages and backups: the domain, and the version."""
        return f"{self.domain} {self.version}"


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
