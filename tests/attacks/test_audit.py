"""Attack 63: ten kinds of tampering with the trail, each found, and twins that show what finds them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from caseapp.audit.actions.chaining import EVENT
from caseapp.audit.queries import rows_now
from caseapp.domain.events import ChildCorrected
from caseapp.domain.trail import Outcome
from caseapp.kernel import crypto
from caseapp.kernel.chain import Tie
from caseapp.kernel.machine import Machine
from caseapp.kernel.trail_keys import TrailKeys
from caseapp.people.models import Child
from caseapp.tables import METADATA
from tests import house as houses
from tests import tampering
from tests.tampering import SEEN, cut, flipped, kinds, last, look, owner, vouch, write
from tests.world import World

CHILD = METADATA.tables["child"]
NOT_LOOKED_AT = {"audit_head": {"id", "at", "closed_until"}}
"""Columns that only the guards use: nothing is read from them that the trail does not say itself."""


@pytest.fixture(scope="module")
def built(template, tmp_path_factory, worker_id: str) -> Iterator[Machine]:
    """Give a house with a trail that goes on after a checkpoint, for all tests on one database."""
    folder = tmp_path_factory.mktemp("trail")
    machine = houses.machine_of(houses.copy_of(template, folder, f"trail_{worker_id}"))
    for _ in range(2):
        write(machine, template.world, 3)
        vouch(machine)
    yield machine
    machine.engine.dispose()
    machine.keyring.keystore.close()


@pytest.fixture
def trail(built: Machine) -> Iterator[Machine]:
    """Give that house, and put back whatever is done to it."""
    with tampering.put_back(built):
        yield built


@pytest.mark.attack(63)
@pytest.mark.asvs("16.4.2")
def test_a_trail_that_nobody_touched_is_whole(trail: Machine) -> None:
    found = look(trail)
    assert (found.outcome, found.problems) == (Outcome.OK, ())
    assert found.records == found.upto == found.last_good
    assert look(trail, since=found.upto).outcome is Outcome.OK


@pytest.mark.attack(63)
@pytest.mark.asvs("16.4.2")
def test_one_bit_in_any_column_of_any_record_is_found(trail: Machine) -> None:
    """Every column of the first record, of one with children and rows, and of the last; and of its head."""
    with owner(trail) as db:
        ends = last(db)
        with_rows = db.scalar(select(EVENT.c.seq).where(EVENT.c.row_digests.is_not(None)))
    places = [(EVENT, 1), (EVENT, with_rows), (EVENT, ends - 1), (EVENT, ends)]
    missed = [
        (table.name, seq, name)
        for table, seq in (*places, (SEEN, ends - 1), (tampering.HEAD, None))
        for name in set(tampering.columns(table)) - NOT_LOOKED_AT.get(str(table.name), set())
        if not _is_noticed(trail, table, seq, name)
    ]
    assert missed == []


def _is_noticed(trail: Machine, table: Table, seq: int | None, name: str) -> bool:
    """Turn a bit over, look, and turn it back; an empty number or key has no bit."""
    column = table.c[name]
    with owner(trail) as db:
        row = db.execute(select(table).where(table.c.seq == seq) if seq else select(table)).first()
        was = row._mapping[name]
        now = (
            flipped(was) if was is not None else ("x" if isinstance(column.type, String) else None)
        )
        if now is None:
            return True
        db.execute(update(table).where(*_at(table, row)).values({name: now}))
    found = look(trail, since=seq - 1 if seq else None).outcome
    with owner(trail) as db:
        db.execute(update(table).where(*_at(table, row, **{name: now})).values({name: was}))
    return found is Outcome.BROKEN


def _at(table: Table, row: Row, **now: object) -> list[ColumnElement[bool]]:
    return [key == now.get(key.name, row._mapping[key.name]) for key in table.primary_key]


def delete_a_row(db: Connection) -> None:
    seq = db.scalars(select(EVENT.c.seq).where(EVENT.c.code == "child-read")).first()
    db.execute(delete(EVENT).where(EVENT.c.seq == seq))


def delete_the_tail(db: Connection) -> None:
    cut(db, last(db) - 4)


def swap_two_rows(db: Connection) -> None:
    one, other = db.scalars(select(EVENT.c.seq).where(EVENT.c.code == "child-read")).all()[:2]
    for was, now in ((one, 10**9), (other, one), (10**9, other)):
        db.execute(update(EVENT).where(EVENT.c.seq == was).values(seq=now))


def insert_a_row(db: Connection) -> None:
    row = dict(db.execute(select(EVENT).order_by(EVENT.c.seq.desc())).first()._mapping)
    row |= {"seq": row["seq"] + 1, "id": uuid4(), "prev_hash": row["hash"]}
    db.execute(insert(EVENT).values(row))
    db.execute(update(tampering.HEAD).values(seq=row["seq"]))


def replace_the_chain(db: Connection) -> None:
    """A thief of the database does not have the key, and takes one of his own."""
    db.execute(update(EVENT).where(EVENT.c.seq == last(db)).values(outcome="denied"))
    tampering.tie_anew(db, lambda message: crypto.keyed_hash(b"mine", message))


def hide_a_child(db: Connection) -> None:
    db.execute(delete(SEEN).where(SEEN.c.seq == last(db) - 1, SEEN.c.child_id == _a_child(db)))


def edit_a_dossier(db: Connection) -> None:
    db.execute(update(CHILD).where(CHILD.c.id == _a_child(db)).values(no=CHILD.c.no + 1000))


def add_a_dossier_row(db: Connection) -> None:
    table = METADATA.tables["observation"]
    row = dict(db.execute(select(table)).first()._mapping)
    db.execute(insert(table).values(row | {"id": uuid4()}))


def _a_child(db: Connection) -> UUID | None:
    return db.scalars(select(SEEN.c.child_id).where(SEEN.c.seq == last(db) - 1)).first()


KINDS: list[tuple[Callable[[Connection], None], set[str]]] = [
    (delete_a_row, {"gap", "link"}),
    (delete_the_tail, {"checkpoint"}),
    (swap_two_rows, {"content", "hash", "link"}),
    (insert_a_row, {"hash"}),
    (replace_the_chain, {"hash", "checkpoint"}),
    (hide_a_child, {"children"}),
    (edit_a_dossier, {"row"}),
    (add_a_dossier_row, {"orphan"}),
]


@pytest.mark.attack(63)
@pytest.mark.asvs("16.4.2")
@pytest.mark.parametrize(("tamper", "shows"), KINDS)
def test_whatever_is_done_to_the_trail_is_found(trail: Machine, tamper, shows) -> None:
    with owner(trail) as db:
        tamper(db)
    assert kinds(look(trail)) & shows
    assert look(trail).outcome is Outcome.BROKEN


@pytest.mark.attack(63)
def test_a_database_of_yesterday_is_found_by_the_checkpoint_of_today(
    trail: Machine, world: World
) -> None:
    """And it stays found when people go on working, past the number of the checkpoint."""
    with owner(trail) as db:
        yesterday = last(db)
    write(trail, world, 2)
    vouch(trail)
    with owner(trail) as db:
        cut(db, yesterday)
    assert kinds(look(trail)) == {"checkpoint"}
    write(trail, world, 4)
    assert kinds(look(trail)) == {"checkpoint"}


@pytest.mark.attack(63)
def test_a_checkpoint_that_somebody_else_signed_or_moved_is_found(trail: Machine) -> None:
    file = trail.settings.checkpoints_file
    good = file.read_text()
    said = [json.loads(line) for line in good.splitlines()]
    forged = said[-1] | {"hash": "00" * 32}
    stranger = crypto.signed(crypto.random_key(), b"anything").hex()
    for lines in (
        [said[0], forged],
        [said[0], said[1] | {"signature": stranger}],
        [said[1]],
        [said[1], said[0]],
        [said[0], {"seq": 1}],
    ):
        file.write_text("".join(json.dumps(line) + "\n" for line in lines))
        assert "signature" in kinds(look(trail)), lines
    file.write_text(good)
    assert look(trail).outcome is Outcome.OK


@pytest.mark.attack(63)
def test_one_field_that_is_rolled_back_to_an_older_envelope_is_found(
    trail: Machine, world: World
) -> None:
    """The old envelope opens, for it stood there: only the trail knows that it stands there no more."""
    work = trail.work(tampering.SYSTEM)
    child = work.session.get(Child, world.mine)
    before = bytes(child.card_envelope)
    work.revise(child, card=replace(child.card, given_names="Nur"))
    work.record(ChildCorrected(child_id=world.mine, object_id=world.mine, fields=("card",)))
    work.commit()
    work.session.close()
    assert look(trail).outcome is Outcome.OK
    with owner(trail) as db:
        db.execute(
            update(CHILD).where(CHILD.c.id == world.mine).values(card=crypto.Envelope(before))
        )
    assert kinds(look(trail)) == {"row"}


@pytest.mark.attack(63, twin="the hash has no key")
def test_without_a_key_a_thief_of_the_database_ties_the_chain_anew(
    trail: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unkeyed(_self: TrailKeys, _version: int | None = None) -> tuple[int, Tie]:
        return 1, lambda message: sha256(message).digest()

    trail.settings.checkpoints_file.write_bytes(b"")
    with owner(trail) as db:
        db.execute(update(EVENT).where(EVENT.c.seq == last(db)).values(outcome="denied"))
        tampering.tie_anew(db, unkeyed(TrailKeys(trail.keyring))[1])
    assert kinds(look(trail)) == {"hash"}
    monkeypatch.setattr(TrailKeys, "tie", unkeyed)
    assert kinds(look(trail)) == set()


@pytest.mark.attack(63, twin="no checkpoint is kept outside the database")
def test_without_checkpoints_a_tail_that_is_cut_off_is_not_seen(trail: Machine) -> None:
    with owner(trail) as db:
        delete_the_tail(db)
    assert kinds(look(trail)) == {"checkpoint"}
    trail.settings.checkpoints_file.unlink()
    assert look(trail).outcome is Outcome.UNSURE


@pytest.mark.attack(63, twin="checkpoints are not signed")
def test_without_signatures_a_forged_checkpoint_covers_a_cut(trail: Machine, monkeypatch) -> None:
    with owner(trail) as db:
        delete_the_tail(db)
    lines = trail.settings.checkpoints_file.read_bytes().splitlines(keepends=True)
    forged = json.loads(lines[0])
    with owner(trail) as db:
        ends = db.execute(select(tampering.HEAD.c.seq, tampering.HEAD.c.hash)).one()
    forged |= {"seq": ends.seq, "hash": ends.hash.hex(), "records": ends.seq}
    trail.settings.checkpoints_file.write_text(json.dumps(forged) + "\n")
    assert kinds(look(trail)) == {"signature"}
    monkeypatch.setattr(TrailKeys, "is_signed", lambda *_anything: True)
    assert look(trail).outcome is Outcome.OK


@pytest.mark.attack(63, twin="no digests of rows hang on the records")
def test_without_digests_an_edit_behind_the_application_is_not_seen(
    trail: Machine, monkeypatch
) -> None:
    with owner(trail) as db:
        edit_a_dossier(db)
    assert kinds(look(trail)) == {"row"}
    monkeypatch.setattr(rows_now.digests, "told", lambda _table: ())
    assert look(trail).outcome is Outcome.OK
