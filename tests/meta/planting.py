"""A planted word in every sealed column, straight into the rows: also where no page fills one."""

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, Final, get_args, get_origin, get_type_hints
from uuid import UUID

from sqlalchemy import Column, Connection, Table, select, update

from caseapp.domain.policy import Actor
from caseapp.kernel.crypto import Domain
from caseapp.kernel.machine import Machine
from caseapp.kernel.seals import Place, Sealed, Unreadable
from caseapp.kernel.vault import Vault
from caseapp.tables import METADATA
from tests.meta.rows import add
from tests.world import MARK

MAY_BE_EMPTY: Final = "str | None"
WORDS: Final = "dict[str, str]"
NO_TEXT: Final = {
    "care_contact.facts",
    "plan.facts",
    "protection_alert.facts",
    "runway.facts",
    "support.facts",
}
"""Sealed columns that hold days and codes only: there is nothing to plant in them."""
KINDS: Final = {Domain.ACCOUNT: "account", Domain.IMPORT: "import"}


def sealed_columns() -> Iterator[tuple[Table, Column[Any], Sealed[Any]]]:
    """Yield every sealed column of every table."""
    for table in METADATA.sorted_tables:
        for column in table.columns:
            seal = column.info.get("seal")
            if isinstance(seal, Sealed):
                yield table, column, seal


def word_for(column: Column[Any]) -> str:
    """Return the word that is planted in a column."""
    return f"{MARK}col-{column.table.name}-{column.name}".replace("_", "-")


def plant(machine: Machine) -> dict[str, str]:
    """Plant a word in each sealed column, and return the words by table and column."""
    work = machine.work(Actor(account_id=None, name="test", everywhere=True))
    planted = {}
    with work.beyond("planting"):
        for table, column, seal in sealed_columns():
            word = word_for(column)
            subject, row, old = _row_of(work.session.connection(), table, column, seal)
            value = _value(work.vault, seal, seal.place(subject, row), old, word)
            if value is None:
                continue
            kind = KINDS.get(seal.domain, "child")
            domains = {seal.domain} if kind != "child" else {Domain.DOSSIER, seal.domain}
            work.vault.make_keys([subject], kind, sorted(domains))
            envelope = work.vault.seal(seal.place(subject, row), value, seal.kind)
            here = table.c[seal.row] == row
            work.session.execute(update(table).where(here).values({column.name: envelope}))
            planted[f"{table.name}.{column.name}"] = word
    work.session.commit()
    work.session.close()
    return planted


def _row_of(
    db: Connection, table: Table, column: Column[Any], seal: Sealed[Any]
) -> tuple[UUID, UUID, bytes | None]:
    """Return subject, key and value of a row, one with a value first; it is added when there is none."""
    wanted = select(table.c[seal.subject], table.c[seal.row], column)
    found = db.execute(wanted.where(column.is_not(None)).limit(1)).first()
    found = found or db.execute(wanted.limit(1)).first()
    if found is None:
        row = add(db, table)
        return row[seal.subject], row[seal.row], None
    return found[0], found[1], found[2]


def _value(vault: Vault, seal: Sealed[Any], place: Place, old: Any, word: str) -> Any:
    """Return a value of a column's kind with the word in every text of it."""
    if seal.kind is str:
        return word
    try:
        value = vault.open(place, old, seal.kind) if old is not None else None
    except Unreadable:
        value = None
    if value is None:
        value = _made(seal.kind)
    filled = _filled(value, word)
    return None if filled == value else filled


def _made(kind: Any) -> Any:
    """Return the barest value of a kind."""
    if is_dataclass(kind):
        wanted = get_type_hints(kind)
        needed = (one for one in fields(kind) if one.default is one.default_factory is MISSING)
        return kind(**{one.name: _made(wanted[one.name]) for one in needed})
    barest: dict[Any, Any] = {
        str: "text",
        int: 0,
        bool: False,
        bytes: b"bytes",
        date: date(2026, 1, 1),
    }
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    inner = get_args(kind)
    if type(None) in inner:
        return None
    return barest[kind] if kind in barest else (get_origin(kind) or kind)()


def _filled(value: Any, word: str) -> Any:
    """Return a value with the word in place of every text in it, however deep; codes stay."""
    if is_dataclass(value) and not isinstance(value, type):
        empty = {one.name: word for one in fields(value) if str(one.type) == MAY_BE_EMPTY}
        empty |= {one.name: {"planted": word} for one in fields(value) if str(one.type) == WORDS}
        inner = {one.name: _filled(getattr(value, one.name), word) for one in fields(value)}
        told = {name: one for name, one in inner.items() if one not in (None, {})}
        return replace(value, **(empty | told))
    if isinstance(value, bytes):
        return word.encode()
    if isinstance(value, str) and not isinstance(value, Enum):
        return word
    if isinstance(value, tuple | list):
        return type(value)(_filled(one, word) for one in value)
    if isinstance(value, dict):
        return {name: _filled(one, word) for name, one in value.items()}
    return value
