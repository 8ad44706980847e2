"""What somebody could do to the trail with the database in hand, past every guard of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, delete, insert, select, text, update

from caseapp.audit import actions, queries
from caseapp.audit.actions.chaining import EVENT, PLAIN, Tail
from caseapp.audit.queries import Found
from caseapp.audit.queries.raw_trail import children, records
from caseapp.domain.policy import Actor
from caseapp.kernel import chain
from caseapp.kernel.chain import Tie
from caseapp.kernel.db import open_engine
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.tables import METADATA
from tests import pg
from tests.world import World

SYSTEM = Actor(account_id=None, name="test", everywhere=True)
HEAD = METADATA.tables["audit_head"]
SEEN = METADATA.tables["audit_event_child"]
TOUCHED = [
    METADATA.tables[name]
    for name in ("audit_event", "audit_event_child", "audit_head", "child", "observation", "past")
]
GUARDED = ("audit_event", "audit_event_child", "audit_head", "past")


@contextmanager
def owner(house: Machine) -> Iterator[Connection]:
    """Give a door past every trigger and foreign key: that of who runs the database, or has its file."""
    engine = open_engine(house.settings.migrate_url.replace(f"{pg.OWNER}@", "postgres@"))
    with engine.connect() as db:
        if db.dialect.name == "sqlite":
            driver: Any = db.connection.driver_connection
            driver.execute("ROLLBACK") if driver.in_transaction else None
            driver.execute("PRAGMA foreign_keys=OFF")
            _drop_triggers(db)
        else:
            db.execute(text("SET session_replication_role = replica"))
        yield db
        db.commit()
    engine.dispose()


def _drop_triggers(db: Connection) -> None:
    named = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
    for table in GUARDED:
        for name in db.scalars(text(named), {"table": table}).all():
            db.execute(text(f"DROP TRIGGER {name}"))


@contextmanager
def put_back(house: Machine) -> Iterator[None]:
    """Let everything be afterwards as it was: the tables that are tampered with, and the checkpoints."""
    file = house.settings.checkpoints_file
    lines = file.read_bytes()
    with owner(house) as db:
        was = {table: db.execute(select(table)).mappings().all() for table in TOUCHED}
    yield
    file.write_bytes(lines)
    with owner(house) as db:
        for table, rows in was.items():
            db.execute(delete(table))
            db.execute(insert(table), [dict(row) for row in rows])


def write(house: Machine, world: World, many: int = 1, *, actor: Actor = SYSTEM) -> None:
    """Write records: a list of two children each, and a look at one."""
    for _ in range(many):
        work = house.work(actor, route="GET /kinderen")
        work.saw("list-caseload", [world.mine, world.beside])
        work.saw("child-read", [world.mine], fields=("all",))
        work.commit()
        work.session.close()


def vouch(house: Machine, days: int = 0) -> None:
    """Append a checkpoint, so many days later."""
    work = house.work(SYSTEM, writes=False, now=house.now() + timedelta(days=days))
    actions.vouch(work, house.settings.checkpoints_file, at_once=True)
    work.session.close()


def look(house: Machine, since: int | None = None) -> Found:
    """Look at the trail."""
    work = house.work(SYSTEM, writes=False)
    found = queries.verify(work, house.settings.checkpoints_file, since)
    work.session.close()
    return found


def kinds(found: Found) -> set[str]:
    """Return what is wrong, by its codes."""
    return {one.wrong.value for one in found.problems}


def last(db: Connection) -> int:
    """Return the number of the last record."""
    return int(db.execute(select(HEAD.c.seq)).scalar_one())


def cut(db: Connection, after: int) -> None:
    """Let the trail end at a number, as if nothing had come after."""
    db.execute(delete(SEEN).where(SEEN.c.seq > after))
    db.execute(delete(EVENT).where(EVENT.c.seq > after))
    ends = db.execute(select(EVENT.c.hash).where(EVENT.c.seq == after)).scalar_one()
    db.execute(update(HEAD).values(seq=after, hash=ends))


def tie_anew(db: Connection, tie: Tie) -> None:
    """Tie the whole chain anew, with a keyed hash of one's own, and let the head agree."""
    seen = children(db, 0, last(db))
    rows = [row for some in records(db, 0, last(db)) for row in some]
    tail = Tail(0, None, None, 1, tie)
    for row in rows:
        tail.seq = row[0] - 1
        there = chain.children_digest(seen[row[0]]) if row[0] in seen else None
        tied = tail.tied(row, there, row[-1])
        values = {"canonical": tied[PLAIN], "prev_hash": tied[PLAIN + 1], "hash": tied[PLAIN + 2]}
        db.execute(update(EVENT).where(EVENT.c.seq == row[0]).values(values))
    db.execute(update(HEAD).values(hash=tail.hash))


def flipped(value: Any) -> Any:
    """Return a value with one bit of it turned over."""
    if isinstance(value, str):
        return chr(ord(value[0]) ^ 1) + value[1:]
    if isinstance(value, bytes):
        return bytes((value[0] ^ 1,)) + value[1:]
    if isinstance(value, UUID):
        return UUID(int=value.int ^ 1)
    if isinstance(value, datetime):
        return value.replace(microsecond=value.microsecond ^ 1)
    return value ^ (1 << 30)


def columns(table: Table) -> list[str]:
    """Return the names of the columns of a table."""
    return [str(column.name) for column in table.columns]


def open_work(house: Machine) -> Work:
    """Begin a unit of work of the system."""
    return house.work(SYSTEM)
