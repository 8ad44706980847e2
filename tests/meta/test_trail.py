"""The trail only grows: no row of it changes or goes, on both databases, whoever asks (D6)."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, delete, select, text, update
from sqlalchemy.exc import DBAPIError

from caseapp.domain.events import SignedIn
from caseapp.domain.policy import Actor
from caseapp.kernel.db import open_engine
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import TrailError
from caseapp.tables import METADATA
from tests.meta.rows import add
from tests.world import World

TRAIL = [METADATA.tables[name] for name in ("audit_event", "audit_event_child", "past")]


@pytest.fixture(params=["application", "owner"])
def door(house: Machine, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Give a door to the database: the application's, and that of the owner of the tables."""
    settings = house.settings
    owner = request.param == "owner"
    engine = open_engine(settings.migrate_url if owner else settings.database_url)
    yield engine
    engine.dispose()


def refused(db: Connection, statement: object) -> bool:
    """Say whether the database refuses a statement because the trail only grows."""
    point = db.begin_nested()
    try:
        db.execute(statement)  # type: ignore[call-overload]
    except DBAPIError as error:
        return "trail_only_grows" in str(error.orig) or "permission denied" in str(error.orig)
    finally:
        point.rollback()
    return False


def test_no_row_of_the_trail_changes_or_goes(door: Engine) -> None:
    with door.connect() as db:
        for table in TRAIL:
            add(db, table)
            first = next((c for c in table.columns if not c.primary_key), table.c.child_id)
            assert db.scalar(select(first)) is not None
            assert refused(db, update(table).values({first.name: first})), table.name
            assert refused(db, delete(table)), table.name
            if door.dialect.name == "postgresql":
                assert refused(db, text(f"TRUNCATE {table.name} CASCADE")), table.name
        db.rollback()


def test_a_table_that_is_no_trail_is_not_called_refused(door: Engine) -> None:
    with door.connect() as db:
        table = METADATA.tables["watermark"]
        add(db, table)
        assert not refused(db, update(table).values(reached=table.c.reached))
        assert not refused(db, delete(table))
        db.rollback()


def test_without_a_trail_nothing_happens(house: Machine, world: World) -> None:
    head = METADATA.tables["audit_head"]
    with house.engine.begin() as db:
        db.execute(update(head).where(head.c.id == 1).values(id=7))
    work = house.work(Actor(account_id=None, name="test", everywhere=True))
    work.record(SignedIn(object_id=world.accounts["cpk"]))
    with pytest.raises(TrailError):
        work.commit()
    work.session.close()
    work = house.work(Actor(account_id=None, name="test", everywhere=True), writes=False)
    work.saw("child-read", [world.mine])
    with pytest.raises(TrailError):
        house.finish(work)
