"""Every text column is sealed or says why not; every seal stands at its own place; events carry no words."""

import dataclasses
import types
import typing
from datetime import date
from enum import Enum
from uuid import UUID

import pytest
from sqlalchemy import JSON, Column, MetaData, String, Table, Text

from caseapp.domain import events
from caseapp.domain.events import Event
from caseapp.kernel.seals import sealed_columns
from caseapp.tables import METADATA

HARMLESS = (UUID, date, bool, int)
CODES = {"rule", "limit", "severity", "was", "reason", "list_kind"}
"""Fields of events that hold a code from a closed list."""


def unexplained(metadata: MetaData) -> list[str]:
    """Return the text columns that are neither sealed nor say why they may be clear."""
    return [
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, (String, Text, JSON)) and not column.info.get("clear")
    ]


@pytest.mark.asvs("14.1.1", "14.2.4")
def test_every_text_column_is_sealed_or_says_why_not() -> None:
    assert unexplained(METADATA) == []


def test_an_unexplained_text_column_is_noticed() -> None:
    metadata = MetaData()
    Table(
        "diary", metadata, Column("secret", Text), Column("code", String, info={"clear": "a code"})
    )
    assert unexplained(metadata) == ["diary.secret"]


def misplaced(metadata: MetaData) -> list[str]:
    """Return the seals whose label is not their own table and column."""
    wrong = []
    for table in metadata.sorted_tables:
        for column in table.columns:
            seal = column.info.get("seal")
            if seal is not None and (seal.table, seal.name) != (table.name, column.name):
                wrong.append(f"{table.name}.{column.name}")
    return wrong


def test_every_seal_is_labelled_with_its_own_table_and_column() -> None:
    assert len(sealed_columns(METADATA)) > 20
    assert misplaced(METADATA) == []


def test_a_seal_with_the_label_of_another_column_is_noticed() -> None:
    seal = METADATA.tables["child"].columns["card"].info["seal"]
    metadata = MetaData()
    Table("pupil", metadata, Column("card", Text, info={"seal": seal}))
    assert misplaced(metadata) == ["pupil.card"]


def wordy(kind: type[Event]) -> list[str]:
    """Return the fields of an event that could hold more than an id, a day, a number or a code."""
    hints = typing.get_type_hints(kind)
    return [
        field.name
        for field in dataclasses.fields(kind)
        if field.name not in CODES | {"fields"} and not _harmless(hints[field.name])
    ]


def _harmless(hint: object) -> bool:
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) in {tuple, typing.Union}:
        parts = [part for part in typing.get_args(hint) if part not in {type(None), Ellipsis}]
        return all(_harmless(part) for part in parts)
    return isinstance(hint, type) and issubclass(hint, (*HARMLESS, Enum))


@pytest.mark.parametrize("name", [n for n in events.__all__ if n not in {"Action", "Event"}])
def test_an_event_holds_only_ids_days_numbers_and_codes(name: str) -> None:
    assert wordy(getattr(events, name)) == []


def test_an_event_with_free_text_is_noticed() -> None:
    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Gossip(Event):
        """Somebody said something."""

        text: str = ""

    assert wordy(Gossip) == ["text"]
