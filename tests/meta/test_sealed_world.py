"""Every seal in the database opens at its own place only, and nowhere once a bit of it changed (S5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import Connection, select

from caseapp.domain.policy import Actor
from caseapp.kernel.seals import Envelope, Place, Sealed, Unreadable, Vault
from caseapp.tables import METADATA
from tests.meta.hall import Hall
from tests.meta.planting import NO_TEXT, plant, sealed_columns

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


@dataclass(frozen=True, slots=True)
class Kept:
    """A sealed value as it stands in a row."""

    place: Place
    kind: type
    envelope: bytes


def kept(db: Connection) -> Iterator[Kept]:
    """Yield every sealed value of a database with the place where it stands."""
    for table in METADATA.sorted_tables:
        for column in table.columns:
            seal = column.info.get("seal")
            if isinstance(seal, Sealed):
                keys = table.c[seal.subject], table.c[seal.row]
                for subject, row, envelope in db.execute(select(*keys, column)):
                    if envelope is not None:
                        yield Kept(seal.place(subject, row), seal.kind, bytes(envelope))


def opens(vault: Vault, place: Place, one: Kept, envelope: bytes | None = None) -> bool:
    """Say whether an envelope opens at a place."""
    try:
        vault.open(place, Envelope(envelope or one.envelope), one.kind)
    except Unreadable:
        return False
    return True


def elsewhere(one: Kept, others: list[UUID]) -> Iterator[Place]:
    """Yield places that are nearly the right one: another row, column, table, child."""
    yield one.place._replace(row_id=next(key for key in others if key != one.place.row_id))
    yield one.place._replace(column="other")
    yield one.place._replace(table="other")
    yield one.place._replace(subject_id=next(key for key in others if key != one.place.subject_id))


def test_every_seal_opens_at_its_own_place_only(hall: Hall) -> None:
    work = hall.machine.work(Actor(account_id=None, name="test", everywhere=True))
    with hall.machine.engine.connect() as db:
        found = list(kept(db))
    children = list(hall.ground.world.children.values())
    assert len(found) > 60
    assert [one.place for one in found if not opens(work.vault, one.place, one)] == []
    astray = [
        (one.place, place)
        for one in found
        for place in elsewhere(one, children)
        if opens(work.vault, place, one)
    ]
    assert astray == []
    work.session.close()


def test_no_changed_seal_opens(hall: Hall) -> None:
    work = hall.machine.work(Actor(account_id=None, name="test", everywhere=True))
    with hall.machine.engine.connect() as db:
        found = list(kept(db))
    for one in found:
        for place in (0, 1, 2, 3, 16, len(one.envelope) - 1):
            changed = bytearray(one.envelope)
            changed[place] ^= 1
            assert not opens(work.vault, one.place, one, bytes(changed)), (one.place, place)
        assert not opens(work.vault, one.place, one, one.envelope[:-4])
    work.session.close()


def test_every_sealed_column_has_a_value_that_tests_look_for(hall: Hall) -> None:
    """What the story leaves empty is planted: no column is left out of the look for words outside a seal."""
    try:
        planted = plant(hall.machine)
    finally:
        hall.put_back()
    every = {f"{table.name}.{column.name}" for table, column, _seal in sealed_columns()}
    assert every - planted.keys() == NO_TEXT
