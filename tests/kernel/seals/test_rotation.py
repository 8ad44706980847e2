"""The life of a key: made, primary, wrapped anew, destroyed; nothing is lost on the way."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from caseapp.kernel import key_backup, rotation
from caseapp.kernel.crypto import Domain, Fault, Unreadable
from caseapp.kernel.keys import Keyring, establish
from caseapp.kernel.keystore import Keystore, NotPrimaryError, State, SubjectKind
from caseapp.kernel.providers import KeyRefusal, make_root_file
from caseapp.kernel.rotation import BATCH, BEGINNING, Token
from caseapp.kernel.vault import Place, Vault
from tests.pg import fresh_database

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
MANY = [UUID(int=number) for number in range(1, BATCH + 102)]
ANNA = MANY[0]
CARD = Place(Domain.DOSSIER, "child", "card", ANNA, ANNA)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request, tmp_path, worker_id):
    """Give an empty keystore on each database."""
    address = f"sqlite:///{tmp_path / 'keys' / 'keystore.db'}"
    if request.param == "postgresql":
        address = fresh_database(f"rotation_{worker_id}").migrate
    store = Keystore(address)
    yield store
    store.close()


@pytest.fixture
def ring(root, store):
    """Give a keyring over a keystore with keys."""
    establish(root, store, sealed_rows=False)
    return Keyring.open(root, store)


def rotated(root, store, ring) -> Token:
    """Give the domain of dossiers a second version, and wrap everything with it."""
    rotation.make_primary(store, rotation.begin(store, root, Domain.DOSSIER))
    [*_, last] = rotation.rewrap(ring, Domain.DOSSIER)
    return last.token


def key(store, version):
    return next(row for row in store.keks() if (row.domain, row.version) == ("dossier", version))


@pytest.mark.asvs("11.1.1", "13.3.4")
def test_a_key_is_replaced_and_nothing_becomes_unreadable(root, store, ring):
    Vault(ring).make_keys(MANY)
    old = Vault(ring).seal(CARD, "Anna")
    assert rotation.begin(store, root, Domain.DOSSIER).version == 2
    assert rotation.begin(store, root, Domain.DOSSIER).version == 2
    assert Keyring.open(root, store).primary(Domain.DOSSIER).version == 1
    rotation.make_primary(store, key(store, 2))
    assert [key(store, version).state for version in (1, 2)] == [State.DECRYPT_ONLY, State.PRIMARY]
    batches = list(rotation.rewrap(ring, Domain.DOSSIER))
    assert [batch.wrapped for batch in batches] == [BATCH, 101]
    assert [batch.broken for batch in batches] == [(), ()]
    assert [(one.kek_version, one.data_keys) for one in store.count()] == [(2, len(MANY))]
    assert Vault(ring).open(CARD, old, str) == "Anna"
    assert Vault(Keyring.open(root, store)).open(CARD, old, str) == "Anna"


def test_wrapping_anew_goes_on_where_it_was_broken_off(root, store, ring):
    Vault(ring).make_keys(MANY)
    rotation.make_primary(store, rotation.begin(store, root, Domain.DOSSIER))
    first = next(rotation.rewrap(ring, Domain.DOSSIER))
    assert [one.data_keys for one in store.count()] == [101, BATCH]
    assert Token.read(str(first.token)) == first.token
    assert [batch.wrapped for batch in rotation.rewrap(ring, Domain.DOSSIER, first.token)] == [101]
    assert list(rotation.rewrap(ring, Domain.DOSSIER)) == []


def test_a_token_that_is_none_is_refused():
    for text in ("", "x.1", "00.00.00", "7"):
        with pytest.raises(ValueError, match=r"."):
            Token.read(text)
    assert Token.read(str(BEGINNING)) == BEGINNING


def test_a_process_that_runs_wraps_with_the_new_key_as_soon_as_the_old_one_is_not_primary(
    root, store, ring
):
    Vault(ring).make_keys([ANNA])
    rotation.make_primary(store, rotation.begin(store, root, Domain.DOSSIER))
    assert ring.primary(Domain.DOSSIER).version == 1  # it does not know yet
    Vault(ring).make_keys(MANY[1:3])
    counts = [(one.kek_version, one.data_keys) for one in store.count()]
    assert counts == [(1, 1), (2, 2)]
    assert ring.primary(Domain.DOSSIER).version == 2


def test_a_data_key_under_a_key_that_is_not_primary_is_not_kept(root, store, ring):
    Vault(ring).make_keys([ANNA])
    [row] = store.data_keys(Domain.DOSSIER, [ANNA])
    rotation.make_primary(store, rotation.begin(store, root, Domain.DOSSIER))
    with pytest.raises(NotPrimaryError):
        store.add_data_keys(SubjectKind.CHILD, [row._replace(subject_id=MANY[1])])
    assert store.data_keys(Domain.DOSSIER, [MANY[1]]) == []


def test_a_key_that_was_made_primary_is_not_made_so_again(root, store, ring):
    row = rotation.begin(store, root, Domain.DOSSIER)
    rotation.make_primary(store, row)
    with pytest.raises(KeyRefusal, match="dossier 2 is primary, and can be made primary no more"):
        rotation.make_primary(store, row)


def test_a_data_key_that_was_damaged_is_told_and_left_as_it_is(root, store, ring):
    Vault(ring).make_keys(MANY[:3])
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE dek SET wrapped = substr(wrapped, 2)")
    before = store.data_keys(Domain.DOSSIER, MANY[:3])
    rotation.make_primary(store, rotation.begin(store, root, Domain.DOSSIER))
    [batch] = rotation.rewrap(ring, Domain.DOSSIER)
    assert (batch.wrapped, batch.broken) == (0, tuple(MANY[:3]))
    assert store.data_keys(Domain.DOSSIER, MANY[:3]) == before


def test_a_key_is_destroyed_only_when_neither_data_keys_nor_backups_need_it(
    root, store, ring, tmp_path
):
    Vault(ring).make_keys(MANY)
    with pytest.raises(KeyRefusal, match="dossier 1 is primary: make another one first"):
        rotation.retire(store, key(store, 1), NOW, WEEK)
    key_backup.back_up(store, root, tmp_path / "copy", NOW)
    rotation.make_primary(store, rotation.begin(store, root, Domain.DOSSIER))
    with pytest.raises(KeyRefusal, match=f"dossier 1 still wraps {len(MANY)} data keys"):
        rotation.retire(store, key(store, 1), NOW, WEEK)
    with pytest.raises(KeyRefusal, match="still wraps"):
        rotation.destroy(store, key(store, 1), only_unused=True)
    list(rotation.rewrap(ring, Domain.DOSSIER))
    almost = NOW + WEEK - timedelta(seconds=1)
    with pytest.raises(KeyRefusal, match="a backup of 2026-11-24 needs key dossier 1: wait until"):
        rotation.retire(store, key(store, 1), almost, WEEK)
    key_backup.back_up(store, root, tmp_path / "later", almost)  # holds none under the old key
    rotation.retire(store, key(store, 1), NOW + WEEK, WEEK)
    assert (key(store, 1).state, key(store, 1).wrapped) == (State.DESTROYED, None)
    with pytest.raises(KeyRefusal, match="was destroyed already"):
        rotation.retire(store, key(store, 1), NOW + WEEK, WEEK)
    assert Vault(Keyring.open(root, store)).seal(CARD, "Anna")


def test_a_process_lets_go_of_a_destroyed_key_when_it_reads_the_register(root, store, ring):
    Vault(ring).make_keys([ANNA])
    rotated(root, store, ring)
    rotation.destroy(store, key(store, 1), only_unused=True)
    assert ring.kek(Domain.DOSSIER, 1) is not None
    ring.renew()
    assert ring.kek(Domain.DOSSIER, 1) is None


@pytest.mark.parametrize(
    ("age", "refused"), [(timedelta(hours=24), False), (timedelta(hours=24, seconds=1), True)]
)
def test_rotation_asks_for_a_backup_that_was_verified_in_the_last_24_hours(
    age, refused, root, store, ring, tmp_path
):
    with pytest.raises(KeyRefusal, match="no backup of the keystore"):
        rotation.refuse_without_backup(store, NOW)
    key_backup.back_up(store, root, tmp_path / "copy", NOW - age)
    with pytest.raises(KeyRefusal, match="no backup of the keystore"):
        rotation.refuse_without_backup(store, NOW)
    key_backup.verify(tmp_path / "copy", root, store, NOW - age)
    if refused:
        with pytest.raises(KeyRefusal, match="no backup of the keystore"):
            rotation.refuse_without_backup(store, NOW)
    else:
        rotation.refuse_without_backup(store, NOW)
        rotation.begin(store, root, Domain.DOSSIER)
        with pytest.raises(KeyRefusal, match="with all its keys"):
            rotation.refuse_without_backup(store, NOW)


def test_all_keys_move_under_a_new_root_key_and_the_old_one_opens_nothing_more(
    root, store, ring, tmp_path
):
    Vault(ring).make_keys([ANNA])
    envelope = Vault(ring).seal(CARD, "Anna")
    new = make_root_file(tmp_path / "new.key")
    assert rotation.move_root(store, root, new) == len(store.keks())
    assert {row.root_id for row in store.keks()} == {new.key_id}
    assert rotation.move_root(store, root, new) == 0
    with pytest.raises(KeyRefusal, match="does not open"):
        Keyring.open(root, store)
    assert Vault(Keyring.open(new, store)).open(CARD, envelope, str) == "Anna"
    assert Vault(ring).open(CARD, envelope, str) == "Anna"  # who runs goes on
    stranger = make_root_file(tmp_path / "stranger.key")
    with pytest.raises(KeyRefusal, match="does not open"):
        rotation.move_root(store, root, stranger)
    assert {row.root_id for row in store.keks()} == {new.key_id}


def test_a_copy_is_private_opens_whole_and_can_be_restored_into_an_empty_keystore_only(
    root, store, ring, tmp_path
):
    Vault(ring).make_keys(MANY[:5])
    envelope = Vault(ring).seal(CARD, "Anna")
    made = key_backup.back_up(store, root, tmp_path / "copy", NOW)
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        key_backup.back_up(store, root, tmp_path / "copy", NOW)
    copy = key_backup.verify(tmp_path / "copy", root)
    assert (copy.data_keys, copy.holds["dossier 1"], copy.made) == (5, 5, NOW)
    assert copy == made
    with pytest.raises(KeyRefusal, match="holds keys: restore into a new one"):
        key_backup.restore(copy, store)
    other = Keystore(f"sqlite:///{tmp_path / 'other' / 'keystore.db'}")
    key_backup.restore(copy, other)
    assert other.keks() == store.keks()
    assert Vault(Keyring.open(root, other)).open(CARD, envelope, str) == "Anna"
    other.close()
    content = (tmp_path / "copy").read_bytes()
    [row] = store.data_keys(Domain.DOSSIER, [ANNA])
    assert row.wrapped not in content


def test_a_copy_from_before_a_rotation_opens_what_was_sealed_then(root, store, ring, tmp_path):
    Vault(ring).make_keys([ANNA])
    envelope = Vault(ring).seal(CARD, "Anna")
    key_backup.back_up(store, root, tmp_path / "copy", NOW)
    rotated(root, store, ring)
    rotation.destroy(store, key(store, 1), only_unused=True)
    other = Keystore(f"sqlite:///{tmp_path / 'other' / 'keystore.db'}")
    key_backup.restore(key_backup.verify(tmp_path / "copy", root), other)
    assert Vault(Keyring.open(root, other)).open(CARD, envelope, str) == "Anna"
    other.close()


@pytest.mark.parametrize("place", [0, 20, -40, -1])
def test_a_damaged_copy_is_refused(place, root, store, ring, tmp_path):
    Vault(ring).make_keys(MANY[:5])
    file = tmp_path / "copy"
    key_backup.back_up(store, root, file, NOW)
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    with pytest.raises(KeyRefusal, match=r"is damaged|is no copy"):
        key_backup.verify(file, root)


def test_a_copy_does_not_open_with_another_root_key_and_says_which_it_needs(
    root, store, ring, tmp_path
):
    key_backup.back_up(store, root, tmp_path / "copy", NOW)
    other = make_root_file(tmp_path / "other.key")
    with pytest.raises(KeyRefusal, match=f"it was made with {root.key_id}"):
        key_backup.verify(tmp_path / "copy", other)


def test_a_copy_with_a_data_key_that_does_not_open_is_not_verified(root, store, ring, tmp_path):
    Vault(ring).make_keys(MANY[:2])
    with store.writing() as connection:
        sql = "UPDATE dek SET subject_id = '{}' WHERE subject_id = '{}'"
        stranger = UUID(int=10**6)
        texts = [(one.hex if store.file else str(one)) for one in (stranger, ANNA)]
        connection.exec_driver_sql(sql.format(*texts))
    key_backup.back_up(store, root, tmp_path / "copy", NOW)
    with pytest.raises(KeyRefusal, match="1 data keys do not open"):
        key_backup.verify(tmp_path / "copy", root, store, NOW)
    with pytest.raises(KeyRefusal, match="no backup of the keystore"):
        rotation.refuse_without_backup(store, NOW)


@pytest.mark.asvs("11.3.4")
def test_a_data_key_that_was_used_often_makes_room_for_the_next_and_still_opens(
    root, store, ring, monkeypatch
):
    monkeypatch.setattr("caseapp.kernel.crypto.SEALS_AT_MOST", 3)
    Vault(ring).make_keys([ANNA])
    sealed = [Vault(ring).seal(CARD, str(number)) for number in range(7)]
    assert [int.from_bytes(one[2:4]) for one in sealed] == [1, 1, 1, 2, 2, 2, 3]
    vault = Vault(Keyring.open(root, store))
    assert [vault.open(CARD, one, str) for one in sealed] == [str(number) for number in range(7)]
    rotated(root, store, ring)
    assert [vault.open(CARD, one, str) for one in sealed] == [str(number) for number in range(7)]


def test_two_processes_make_one_next_generation(root, store, ring, monkeypatch):
    monkeypatch.setattr("caseapp.kernel.crypto.SEALS_AT_MOST", 1)
    other = Keyring.open(root, store)
    Vault(ring).make_keys([ANNA])
    vaults = [Vault(ring), Vault(other)]
    for vault in vaults:
        vault.seal(CARD, "first")
    sealed = [vault.seal(CARD, "second") for vault in vaults]
    assert [int.from_bytes(one[2:4]) for one in sealed] == [2, 2]
    assert len(store.data_keys(Domain.DOSSIER, [ANNA])) == 2
    assert [Vault(ring).open(CARD, one, str) for one in sealed] == ["second"] * 2


def test_the_loss_of_one_data_key_makes_one_child_unreadable_and_no_other(root, store, ring):
    Vault(ring).make_keys(MANY[:2])
    places = [CARD._replace(subject_id=one, row_id=one) for one in MANY[:2]]
    sealed = [Vault(ring).seal(place, "name") for place in places]
    store.remove_data_keys([ANNA])
    vault = Vault(ring)
    with pytest.raises(Unreadable) as caught:
        vault.open(places[0], sealed[0], str)
    assert caught.value.code is Fault.NO_KEY
    assert vault.open(places[1], sealed[1], str) == "name"


def test_the_loss_of_one_key_of_a_domain_leaves_every_other_readable(root, store, ring):
    Vault(ring).make_keys([ANNA], domains=[Domain.DOSSIER, Domain.HEALTH])
    need = CARD._replace(domain=Domain.HEALTH)
    card, health = Vault(ring).seal(CARD, "Anna"), Vault(ring).seal(need, "inhaler")
    rotation.make_primary(store, rotation.begin(store, root, Domain.HEALTH))
    lost = next(row for row in store.keks() if (row.domain, row.version) == ("health", 1))
    rotation.destroy(store, lost, only_unused=False)
    vault = Vault(Keyring.open(root, store))
    assert vault.open(CARD, card, str) == "Anna"
    with pytest.raises(Unreadable) as caught:
        vault.open(need, health, str)
    assert caught.value.code is Fault.NO_KEY


@pytest.mark.asvs("11.2.2")
def test_a_data_key_that_was_fetched_before_its_key_was_replaced_and_destroyed_still_opens(
    root, store, ring
):
    Vault(ring).make_keys([ANNA])
    envelope = Vault(ring).seal(CARD, "Anna")
    rotated(root, store, ring)
    late = Keyring.open(root, store)  # knows versions 1 and 2
    rotation.destroy(store, key(store, 1), only_unused=True)
    ring.renew()
    reader = Vault(ring)
    reader.prefetch(Domain.DOSSIER, [ANNA])
    rotation.make_primary(store, rotation.begin(store, root, Domain.DOSSIER))
    [_batch] = rotation.rewrap(late, Domain.DOSSIER)
    rotation.destroy(store, key(store, 2), only_unused=True)
    ring.renew()
    assert ring.kek(Domain.DOSSIER, 2) is None
    assert reader.open(CARD, envelope, str) == "Anna"
    assert reader.failures == []
