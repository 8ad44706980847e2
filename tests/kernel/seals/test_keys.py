"""The keyring and its register: opened whole, or refused without a write."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from caseapp.kernel import crypto
from caseapp.kernel.crypto import Domain, Fault, Unreadable
from caseapp.kernel.keys import OF_THE_TRAIL, Keyring, Slot, establish, opened_all
from caseapp.kernel.keystore import DekRow, KekRow, Keystore, State, SubjectKind
from caseapp.kernel.providers import FileRoot, KeyRefusal, make_root_file
from caseapp.kernel.vault import Place, Vault

ANNA = UUID(int=1)
BRAM = UUID(int=2)
CARD = Place(Domain.DOSSIER, "child", "card", ANNA, ANNA)
EVERY_KEY = [
    f"{name} 1"
    for name in (
        "account",
        "audit_mac",
        "audit_sign",
        "dossier",
        "health",
        "import",
        "index",
        "safety",
    )
]


def change(store: Keystore, statement: str, *values: object) -> None:
    """Do to the register what a database administrator could."""
    assert store.file is not None
    with sqlite3.connect(store.file) as connection:
        connection.execute(statement, values)
    connection.close()


def witness(folder: Path) -> Callable[[], dict[Path, tuple[int, bytes]]]:
    """Return a look at every file that lasts: its time of change and its bytes."""

    def look() -> dict[Path, tuple[int, bytes]]:
        files = (f for f in folder.rglob("*") if f.is_file())
        lasting = (f for f in files if not f.name.endswith(("-wal", "-shm")))
        return {f: (f.stat().st_mtime_ns, f.read_bytes()) for f in lasting}

    return look


def add_version(
    root: FileRoot, store: Keystore, domain: Domain | Slot, version: int, state: State
) -> None:
    """Add a version of a key, as rotation will."""
    secret = crypto.random_key()
    context = crypto.length_prefixed("case/kek", domain, version.to_bytes(4))
    check = crypto.check_value(secret)
    row = KekRow(domain, version, root.wrap(secret, context), check, state, root.key_id)
    store.add_keks([row])


def test_making_the_keys_makes_one_for_each_domain_and_the_index_once(root, keystore):
    assert establish(root, keystore, sealed_rows=False) == EVERY_KEY
    before = keystore.keks()
    assert establish(root, keystore, sealed_rows=True) == []
    assert keystore.keks() == before
    assert {row.state for row in before} == {State.PRIMARY}


def test_a_keystore_that_is_missing_is_not_made_by_asking_it_something(keystore):
    keystore.file.parent.mkdir()
    with pytest.raises(OperationalError):
        keystore.keks()
    assert not keystore.file.exists()


def test_the_keystore_file_is_for_its_owner_and_survives_a_power_cut(ring, keystore):
    assert keystore.file.stat().st_mode & 0o777 == 0o600
    with keystore._engine.connect() as connection:
        settings = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in settings]
    assert found == ["wal", 2, 1, 1]


@pytest.mark.asvs("13.3.1")
def test_no_key_stands_in_the_keystore_or_beside_it_in_clear(ring, keystore, vault):
    vault.make_keys([ANNA])
    [row] = [row for row in keystore.keks() if row.domain == Domain.DOSSIER]
    keystore.close()
    stored = b"".join(file.read_bytes() for file in keystore.file.parent.glob("keystore.db*"))
    assert row.domain.encode() in stored  # the scan finds what is there
    assert opened_all(ring._root, [row])[0][1] not in stored
    assert ring.primary(Domain.DOSSIER)._extract not in stored
    assert ring._opened.slots[Slot.INDEX][1] not in stored


def ruined_key_file(root: FileRoot, store: Keystore) -> None:
    root.path.unlink()
    make_root_file(root.path)


def changed_check_value(root: FileRoot, store: Keystore) -> None:
    change(store, "UPDATE kek SET kcv = ? WHERE domain = 'health'", b"\0" * 32)


def changed_wrapping(root: FileRoot, store: Keystore) -> None:
    change(store, "UPDATE kek SET wrapped = zeroblob(60) WHERE domain = 'account'")


def swapped_wrappings(root: FileRoot, store: Keystore) -> None:
    rows = {row.domain: row for row in store.keks()}
    for one, other in (("dossier", "health"), ("health", "dossier")):
        given = (rows[other].wrapped, rows[other].kcv, one)
        change(store, "UPDATE kek SET wrapped = ?, kcv = ? WHERE domain = ?", *given)


def no_primary(root: FileRoot, store: Keystore) -> None:
    change(store, "UPDATE kek SET state = 'decrypt-only' WHERE domain = 'dossier'")


def lost_index(root: FileRoot, store: Keystore) -> None:
    change(store, "DELETE FROM kek WHERE domain = 'index'")


def lost_everything(root: FileRoot, store: Keystore) -> None:
    change(store, "DELETE FROM kek")


def newer_layout(root: FileRoot, store: Keystore) -> None:
    change(store, "INSERT INTO layout VALUES (3)")


def no_database(root: FileRoot, store: Keystore) -> None:
    store.close()
    assert store.file is not None
    store.file.write_bytes(b"not a database at all, but long enough to look like one" * 40)


def gone(root: FileRoot, store: Keystore) -> None:
    store.close()
    assert store.file is not None
    store.file.unlink()


REFUSED = {
    ruined_key_file: "key account 1 does not open with root key",
    changed_check_value: r"key health 1, opened with root key \w{8} \(file .*is not the key",
    changed_wrapping: "key account 1 does not open with root key",
    swapped_wrappings: "key dossier 1 does not open with root key",
    no_primary: "has no primary key for dossier",
    lost_index: "has no primary key for index",
    lost_everything: "has no keys",
    newer_layout: "of a newer version",
    no_database: "cannot be read",
    gone: "does not exist",
}


@pytest.mark.asvs("11.2.5", "13.3.1")
@pytest.mark.parametrize("damage", REFUSED)
def test_a_missing_or_wrong_key_refuses_to_start_and_writes_nothing(
    damage, root, ring, keystore, tmp_path
):
    damage(root, keystore)
    keystore.close()
    look = witness(tmp_path)
    before = look()
    with pytest.raises(KeyRefusal, match=REFUSED[damage]) as caught:
        Keyring.open(FileRoot(root.path), Keystore(f"sqlite:///{keystore.file}"))
    assert caught.value.__cause__ is None
    assert look() == before


NOT_MADE_ANEW = {damage: words for damage, words in REFUSED.items() if damage is not no_primary}


@pytest.mark.parametrize("damage", NOT_MADE_ANEW)
def test_keys_that_were_in_use_are_never_made_anew(damage, root, ring, keystore, vault, tmp_path):
    vault.make_keys([ANNA])
    if damage is lost_everything:
        change(keystore, "DELETE FROM dek")
    damage(root, keystore)
    keystore.close()
    look = witness(tmp_path)
    before = look()
    with pytest.raises(KeyRefusal):
        establish(FileRoot(root.path), Keystore(f"sqlite:///{keystore.file}"), sealed_rows=True)
    assert look() == before


def test_a_domain_that_lost_its_key_while_data_keys_need_it_is_not_given_a_new_one(
    root, ring, keystore, vault
):
    vault.make_keys([ANNA], domains=[Domain.HEALTH])
    change(keystore, "DELETE FROM kek WHERE domain = 'health'")
    with pytest.raises(KeyRefusal, match="lost its keys for health"):
        establish(root, keystore, sealed_rows=True)


def test_a_new_domain_gets_its_key_beside_the_old_ones(root, ring, keystore):
    change(keystore, "DELETE FROM kek WHERE domain = 'import'")
    assert establish(root, keystore, sealed_rows=True) == ["import 1"]


def test_the_keys_of_the_trail_are_made_beside_those_of_an_older_installation(root, ring, keystore):
    change(keystore, "DELETE FROM kek WHERE domain LIKE 'audit%'")
    with pytest.raises(KeyRefusal, match="no primary key for audit_mac"):
        Keyring.open(root, keystore)
    assert establish(root, keystore, sealed_rows=True) == ["audit_mac 1", "audit_sign 1"]
    ring = Keyring.open(root, keystore)
    assert {ring.of_slot(slot)[0] for slot in OF_THE_TRAIL} == {1}
    assert ring.of_slot(Slot.AUDIT_MAC) != ring.of_slot(Slot.AUDIT_SIGN)


@pytest.mark.parametrize("slot", OF_THE_TRAIL)
def test_a_key_with_which_a_trail_was_chained_is_never_made_anew(slot, root, ring, keystore):
    change(keystore, "DELETE FROM kek WHERE domain = ?", slot)
    with pytest.raises(KeyRefusal, match="lost the keys of the trail"):
        establish(root, keystore, sealed_rows=True, chained=True)


def test_a_key_of_the_trail_has_versions_and_old_records_keep_theirs(root, ring, keystore):
    first = ring.of_slot(Slot.AUDIT_MAC)
    change(keystore, "UPDATE kek SET state = 'decrypt-only' WHERE domain = 'audit_mac'")
    add_version(root, keystore, Slot.AUDIT_MAC, 2, State.PRIMARY)
    assert ring.of_slot(Slot.AUDIT_MAC) == first
    assert ring.of_slot(Slot.AUDIT_MAC, 2)[1] != first[1]
    assert ring.of_slot(Slot.AUDIT_MAC)[0] == 2
    assert ring.of_slot(Slot.AUDIT_MAC, 1) == first
    with pytest.raises(KeyRefusal, match="no key audit_mac 3"):
        ring.of_slot(Slot.AUDIT_MAC, 3)


def test_what_is_signed_is_known_by_the_public_key_and_by_no_other():
    secret = crypto.random_key()
    public, signature = crypto.public_key(secret), crypto.signed(secret, b"until 12")
    assert crypto.is_signed(public, b"until 12", signature)
    assert not crypto.is_signed(public, b"until 13", signature)
    assert not crypto.is_signed(crypto.public_key(crypto.random_key()), b"until 12", signature)


def test_making_the_keys_can_be_broken_off_and_repeated(root, keystore):
    keystore.create()
    assert establish(root, keystore, sealed_rows=False) == EVERY_KEY


@pytest.mark.asvs("13.3.1")
def test_a_start_refuses_a_published_root_key(root, ring, keystore, tmp_path):
    (tmp_path / "README.md").write_bytes(root.path.read_bytes())
    with pytest.raises(KeyRefusal, match=r"published in .*README\.md"):
        Keyring.open(root, keystore, tree=tmp_path)
    assert Keyring.open(root, keystore).domains == frozenset(Domain)


@pytest.mark.asvs("13.3.2")
def test_a_process_without_the_health_key_opens_dossiers_and_nothing_of_health(
    root, ring, keystore, vault
):
    vault.make_keys([ANNA])
    need = CARD._replace(domain=Domain.HEALTH)
    dossier, health = vault.seal(CARD, "Anna"), vault.seal(need, "inhaler")
    worker = Keyring.open(root, keystore, domains={Domain.DOSSIER})
    less = Vault(worker)
    assert less.open(CARD, dossier, str) == "Anna"
    for attempt in (lambda: less.open(need, health, str), lambda: less.seal(need, "x")):
        with pytest.raises(Unreadable) as caught:
            attempt()
        assert caught.value.code is Fault.NO_KEY
    less.make_keys([BRAM])
    assert less.seal(CARD._replace(subject_id=BRAM), "Bram")
    with pytest.raises(Unreadable):
        less.seal(need._replace(subject_id=BRAM), "x")
    assert worker.domains == {Domain.DOSSIER}


def test_a_second_version_may_be_added_and_the_first_still_opens(root, ring, keystore, vault):
    vault.make_keys([ANNA])
    old = vault.seal(CARD, "Anna")
    add_version(root, keystore, Domain.DOSSIER, 2, State.PRE_ACTIVE)
    assert Keyring.open(root, keystore).primary(Domain.DOSSIER).version == 1
    change(
        keystore, "UPDATE kek SET state = 'decrypt-only' WHERE domain = 'dossier' AND version = 1"
    )
    change(keystore, "UPDATE kek SET state = 'primary' WHERE domain = 'dossier' AND version = 2")
    newer = Keyring.open(root, keystore)
    fresh = Vault(newer)
    fresh.make_keys([BRAM])
    assert newer.primary(Domain.DOSSIER).version == 2
    assert fresh.open(CARD, old, str) == "Anna"
    versions = [row.kek_version for row in keystore.data_keys(Domain.DOSSIER, [ANNA, BRAM])]
    assert sorted(versions) == [1, 2]


@pytest.mark.asvs("11.2.2")
def test_a_running_process_learns_a_version_that_another_added(root, ring, keystore, vault):
    change(keystore, "UPDATE kek SET state = 'decrypt-only' WHERE domain = 'dossier'")
    add_version(root, keystore, Domain.DOSSIER, 2, State.PRIMARY)
    other = Keyring.open(root, keystore)
    wrapped = other.kek(Domain.DOSSIER, 2).wrap(ANNA, crypto.random_key())
    keystore.add_data_keys(SubjectKind.CHILD, [DekRow(Domain.DOSSIER, ANNA, 1, 2, wrapped)])
    assert vault.open(CARD, vault.seal(CARD, "Anna"), str) == "Anna"
    assert ring.kek(Domain.DOSSIER, 3) is None


def test_there_is_one_primary_key_of_a_domain_at_most(root, ring, keystore):
    with pytest.raises(IntegrityError):
        add_version(root, keystore, Domain.DOSSIER, 2, State.PRIMARY)


def test_a_destroyed_key_has_no_bytes_left(root, ring, keystore):
    add_version(root, keystore, Domain.DOSSIER, 2, State.DECRYPT_ONLY)
    with pytest.raises(sqlite3.IntegrityError, match="ck_kek_destroyed"):
        change(keystore, "UPDATE kek SET state = 'destroyed' WHERE version = 2")
    change(keystore, "UPDATE kek SET state = 'destroyed', wrapped = NULL WHERE version = 2")
    assert Keyring.open(root, keystore).kek(Domain.DOSSIER, 2) is None


def test_a_key_that_wraps_data_keys_cannot_be_deleted(ring, keystore, vault):
    vault.make_keys([ANNA])
    with keystore._engine.begin() as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql("DELETE FROM kek WHERE domain = 'dossier'")


def test_indexes_have_keys_of_their_own_and_none_of_a_domain(ring):
    keys = {ring.index_key("v_number"), ring.index_key("surname_birth")}
    assert len(keys) == 2
    assert ring.index_key("v_number") in keys
    assert all(len(key) == 32 for key in keys)
