"""A backup is whole, private and apart from its keys; restored, it is what was, but who was erased."""

import json
import shutil
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text

from caseapp.app import open_machine
from caseapp.cli import drill
from caseapp.cli.backup import LAST
from caseapp.cli.restore import replay, restore
from caseapp.domain.intents.people import ChildDetails
from caseapp.domain.policy import Actor
from caseapp.kernel import copies, key_backup, manifest, table_sums
from caseapp.kernel.copies import CopyError
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.machine import Machine
from caseapp.kernel.providers import KeyRefusal
from caseapp.kernel.root_keys import root_key
from caseapp.kernel.tombstones import TombstoneError
from caseapp.people import actions as children
from caseapp.people import queries as people
from caseapp.people.models import Child
from caseapp.tables import METADATA
from tests.restored import Aside, beside
from tests.world import NOW

SYSTEM = Actor(account_id=None, name="test", everywhere=True)
on_sqlite = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
"""For what is the same on both: files, and what is refused before a database is asked."""


@pytest.fixture
def aside(house: Machine, tmp_path: Path, worker_id: str) -> Iterator[Aside]:
    """Give a house with an empty place beside it."""
    return beside(house, tmp_path / "copies", worker_id)


def journal_of(aside: Aside) -> Path:
    return aside.machine.settings.tombstone_file


def names_in(machine: Machine) -> dict:
    """Return the names of all children that open, by their keys."""
    work = machine.work(SYSTEM, writes=False)
    with work.beyond("test"):
        keys = list(work.session.scalars(select(Child.id)))
        found = {key: card.name for key, card in people.cards(work, keys).items()}
    work.session.close()
    return dict.fromkeys(keys) | found


def test_a_backup_restored_elsewhere_is_what_was_there(aside, world):
    made = aside.back_up()
    before = names_in(aside.machine)
    lines = restore(aside.settings, made.folder, made.keys, journal_of(aside))
    assert names_in(aside.open()) == before
    assert set(before) == set(world.children.values())
    assert "All tables have the checksums of the backup" in lines[1]
    assert "broken" not in lines[2]


@on_sqlite
def test_every_file_is_private_and_keys_stand_apart(aside):
    made = aside.back_up()
    files = [*made.folder.iterdir(), made.keys]
    assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o600}
    assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    for inside in (made.folder, made.folder.parent, made.folder / "deep"):
        with pytest.raises(CopyError):
            aside.back_up(1, folder=made.folder.parent, keys=inside)
    with pytest.raises(CopyError):
        aside.back_up()
    said = json.loads((aside.machine.settings.instance / LAST).read_text("utf-8"))
    assert said["children"] == 3


@on_sqlite
def test_old_backups_go_but_the_newest_never_and_keys_go_sooner(aside):
    first = aside.back_up()
    aside.back_up(7)
    assert first.keys.exists()
    third = aside.back_up(7.1)
    assert (first.folder.exists(), first.keys.exists()) == (True, False)
    fourth = aside.back_up(29.9)
    assert first.folder.exists()
    last = aside.back_up(30.1)
    assert not first.folder.exists()
    assert fourth.folder.exists()
    late = aside.back_up(400)
    assert [one for one in (third, fourth, last) if one.folder.exists()] == []
    assert late.folder.exists()
    assert [one.name for one in late.keys.parent.iterdir()] == [late.keys.name]


@on_sqlite
@pytest.mark.parametrize("part", ["database.copy", "children.txt", "manifest.json"])
def test_a_damaged_part_is_refused_and_nothing_is_written(aside, part):
    made = aside.back_up()
    file = made.folder / part
    whole = file.read_bytes()
    place = whole.index(b'"audit_seq": ') + 13 if part == "manifest.json" else len(whole) // 2
    damaged = bytearray(whole)
    damaged[place] ^= 1
    file.write_bytes(damaged)
    with pytest.raises(CopyError):
        restore(aside.settings, made.folder, made.keys, journal_of(aside))
    assert copies.is_empty(aside.settings)
    assert not (aside.settings.instance / "keystore.db").exists()
    file.write_bytes(whole)
    restore(aside.settings, made.folder, made.keys, journal_of(aside))


@on_sqlite
def test_a_keystore_that_is_wrong_missing_or_too_old_is_refused_and_the_right_one_works(
    aside, world, tmp_path
):
    early = tmp_path / "early.keys"

    work = aside.machine.work(SYSTEM)
    key_backup.back_up(aside.machine.keyring.keystore, root_key(aside.machine.settings), early, NOW)
    said = ChildDetails("9900000077", "Late", None, NOW.date(), "day", "declared", True)
    children.register(work, said)
    work.commit()
    work.session.close()
    made = aside.back_up()
    broken = tmp_path / "broken.keys"
    broken.write_bytes(made.keys.read_bytes()[:-40] + bytes(40))
    for wrong in (early, broken, tmp_path / "no.keys", None):
        with pytest.raises((CopyError, KeyRefusal)):
            restore(aside.settings, made.folder, wrong, journal_of(aside))
        assert copies.is_empty(aside.settings)
    restore(aside.settings, made.folder, made.keys, journal_of(aside))
    assert None not in names_in(aside.open()).values()


@on_sqlite
def test_nothing_is_restored_over_what_is_there(aside):
    made = aside.back_up()
    restore(aside.settings, made.folder, made.keys, journal_of(aside))
    before = copies.state(aside.settings, METADATA).tables
    with pytest.raises(CopyError):
        restore(aside.settings, made.folder, made.keys, journal_of(aside))
    assert dict(copies.state(aside.settings, METADATA).tables) == dict(before)


def test_an_old_backup_brings_no_erased_child_back(aside, world, erased):
    made = aside.back_up()
    erased(world.mine)
    with pytest.raises(CopyError, match="journal"):
        restore(aside.settings, made.folder, made.keys, made.folder / "manifest.json.none")
    lines = restore(aside.settings, made.folder, made.keys, journal_of(aside))
    assert lines[-1] == "Replayed: 1 erasures."
    names = names_in(aside.open())
    assert world.mine not in names
    assert names[world.beside] is not None
    opened = open_machine(aside.settings)
    opened.engine.dispose()


def test_an_old_database_beside_the_keys_of_now_keeps_an_erased_child_unreadable(
    aside, world, erased
):
    made = aside.back_up()
    erased(world.mine)
    copies.lay(aside.settings, made.folder / manifest.DATABASE)
    by_hand = replace(
        aside.settings,
        keystore_url=aside.machine.settings.keystore_url,
        tombstone_file=journal_of(aside),
    )
    machine = replace(aside, settings=by_hand).open()
    names = names_in(machine)
    assert names[world.mine] is None
    assert names[world.beside] is not None
    with pytest.raises(TombstoneError, match="database lacks 1"):
        open_machine(by_hand)
    assert replay(machine) == 1
    assert world.mine not in names_in(machine)
    open_machine(by_hand).engine.dispose()


def test_old_keys_beside_the_database_of_now_refuse_to_start_until_erasures_are_replayed(
    aside, world, erased
):

    made = aside.back_up()
    erased(world.mine)
    old = Keystore(aside.settings.keystore_url)
    key_backup.restore(key_backup.read(made.keys, root_key(aside.machine.settings)), old)
    assert old.data_keys("dossier", [world.mine])
    by_hand = replace(
        aside.machine.settings,
        keystore_url=aside.settings.keystore_url,
    )
    with pytest.raises(TombstoneError, match="keystore lacks 1"):
        open_machine(by_hand)
    machine = replace(aside, settings=by_hand).open()
    assert replay(machine) == 1
    assert not old.data_keys("dossier", [world.mine])
    open_machine(by_hand).engine.dispose()
    old.close()


def test_both_old_copies_refuse_to_start_beside_the_journal_of_now(aside, world, erased):

    made = aside.back_up()
    erased(world.mine)
    old = Keystore(aside.settings.keystore_url)
    key_backup.restore(key_backup.read(made.keys, root_key(aside.machine.settings)), old)
    copies.lay(aside.settings, made.folder / manifest.DATABASE)
    shutil.copyfile(journal_of(aside), aside.settings.tombstone_file)
    with pytest.raises(TombstoneError, match="keystore lacks 1, the database lacks 1"):
        open_machine(aside.settings)
    machine = aside.open()
    assert names_in(machine)[world.mine] is not None, "the danger is real: it would open"
    assert replay(machine) == 1
    assert world.mine not in names_in(machine)
    open_machine(aside.settings).engine.dispose()
    old.close()


def test_a_drill_restores_compares_and_leaves_a_record(aside):
    settings = aside.machine.settings
    into = aside.settings.migrate_url if settings.pg_programs else None
    lines = drill.hold(settings, restore, into)
    assert lines[-2] == "Opened: the cards of all 3 children."
    said = json.loads((settings.instance / drill.RECORD).read_text("utf-8"))
    assert said["children"] == 3
    assert [one.name for one in settings.instance.glob(".drill-*")] == []


def test_the_numbers_of_tables_see_one_changed_cell(house):
    with house.engine.connect() as db:
        one = table_sums.sums(db, METADATA)
        db.execute(text("UPDATE counter SET value = value + 1"))
        other = table_sums.sums(db, METADATA)
        db.rollback()
    assert list(table_sums.differing(one, other)) == ["counter"]
