"""Tables and engines: what every table shares, and how both databases are opened."""

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, Final
from uuid import UUID

from sqlalchemy import Date, DateTime, Dialect, Engine, MetaData, String, Uuid, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from caseapp.kernel import clock
from caseapp.kernel.seals import declare_seals

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class NaiveMomentError(ValueError):
    """A moment without a time zone was offered to the database."""


class Instant(TypeDecorator[datetime]):
    """A moment, aware and in UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise NaiveMomentError
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back that SQLite forgets."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """What every table shares; sealed attributes get their column before the mapping."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant(),
        date: Date(),
        UUID: Uuid(),
    }

    __subject__: ClassVar[str] = "child_id"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Give every sealed attribute its column, then map the class."""
        declare_seals(cls)
        super().__init_subclass__(**kwargs)

    def __repr__(self) -> str:
        """Show the class and the key only: a row may hold personal data."""
        return f"<{type(self).__name__} {getattr(self, 'id', '')}>"


class Versioned:
    """A row that people edit: who wrote it, when, and which version this is."""

    __keeps_past__: ClassVar[bool] = True

    version: Mapped[int] = mapped_column(default=1)
    recorded_at: Mapped[datetime] = mapped_column()
    recorded_by: Mapped[UUID | None] = mapped_column()

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 (SQLAlchemy hands over the class)
        """Let a lost update fail: the version is part of every UPDATE."""
        return {"version_id_col": cls.version}


ONE_AT_A_TIME: Final = "one_at_a_time"
"""In the info of a table: a column and the value of it that one row of a child has at a time."""


def plain(why: str, *args: Any, length: int = 200, **kwargs: Any) -> MappedColumn[Any]:
    """Make a clear text column; `why` says why it may be clear (data-model.md 1)."""
    return mapped_column(String(length), *args, info={"clear": why}, **kwargs)


def coded(
    codes: type[StrEnum] | tuple[str, ...],
    why: str,
    info: Mapping[str, Any] = MappingProxyType({}),
    **kwargs: Any,
) -> MappedColumn[Any]:
    """Make a clear column for a short code; `why` says why it may be clear."""
    told = {"clear": why, "codes": tuple(codes), **info}
    return mapped_column(String(40), info=told, **kwargs)


_LAST_62: Final = (1 << 62) - 1


def new_id() -> UUID:
    """Return a UUIDv7 (RFC 9562): in order of time, never a secret."""
    drawn = secrets.randbits(74)
    head, tail = drawn >> 62, drawn & _LAST_62
    return UUID(int=clock.milliseconds() << 80 | 0x7 << 76 | head << 64 | 0b10 << 62 | tail)


SQLITE_PRAGMAS = (
    "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON",
    "busy_timeout=15000", "trusted_schema=OFF", "temp_store=MEMORY", "cache_size=-16000",
)  # fmt: skip


def open_engine(url: str, **options: Any) -> Engine:
    """Open the database with the settings that reliability asks for (security.md 5)."""
    engine = create_engine(url, hide_parameters=True, echo=False, **options)
    if engine.dialect.name == "sqlite":
        _tune_sqlite(engine)
    else:
        _tune_postgresql(engine)
    return engine


def _tune_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        """Take the write lock at once, unless the engine is told that it only reads."""
        reads = connection.get_execution_options().get("reads_only", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


POSTGRESQL_LIMITS = (
    "SET lock_timeout = '10s'", "SET statement_timeout = '120s'",
    "SET idle_in_transaction_session_timeout = '300s'", "SET timezone = 'UTC'",
)  # fmt: skip


PREPARED_AT_MOST: Final = 500
"""Statements that a connection keeps planned: more than the pages have among them."""


def _tune_postgresql(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.prepared_max = PREPARED_AT_MOST
        with connection.cursor() as cursor:
            for statement in POSTGRESQL_LIMITS:
                cursor.execute(statement)
        connection.commit()


def reading(engine: Engine) -> Engine:
    """Return the same engine for work that only reads: it takes no write lock."""
    return engine.execution_options(reads_only=True)


@contextmanager
def private_files() -> Iterator[None]:
    """Make files that only this user can read, while this lasts."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
