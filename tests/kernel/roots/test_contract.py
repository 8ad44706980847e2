"""What every provider of the root key promises: the same tests for file, environment, Vault and AWS KMS."""

import pickle
from uuid import UUID

import pytest

from caseapp.kernel import rotation
from caseapp.kernel.crypto import Domain
from caseapp.kernel.keys import Keyring, establish
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.providers import KeyRefusal, Wrapped
from caseapp.kernel.vault import Place, Vault

KEY = b"k" * 16 + b"K" * 16
ANNA = UUID(int=1)
CARD = Place(Domain.DOSSIER, "child", "card", ANNA, ANNA)


@pytest.fixture
def keystore(tmp_path):
    store = Keystore(f"sqlite:///{tmp_path / 'keystore' / 'keystore.db'}")
    yield store
    store.close()


@pytest.mark.asvs("13.3.1", "11.2.2")
def test_what_was_wrapped_comes_back_in_the_same_context(ground):
    blob = ground.root.wrap(KEY, b"dossier 1")
    assert ground.root.unwrap(blob, b"dossier 1") == KEY
    assert KEY not in blob
    assert ground.root.wrap(KEY, b"dossier 1") != blob
    ground.root.health()


def test_another_context_a_cut_a_change_and_nothing_do_not_open(ground):
    blob = ground.root.wrap(KEY, b"dossier 1")
    changed = blob[:-9] + bytes([blob[-9] ^ 1]) + blob[-8:]
    for bad, context in (
        (blob, b"dossier 2"),
        (blob[:-4], b"dossier 1"),
        (changed, b"dossier 1"),
        (b"", b"dossier 1"),
    ):
        with pytest.raises(KeyRefusal, match=ground.root.key_id):
            ground.root.unwrap(bad, context)


def test_another_key_of_the_same_provider_does_not_open_it(ground):
    blob = ground.root.wrap(KEY, b"dossier 1")
    assert ground.root.key_id != ground.other.key_id
    with pytest.raises(KeyRefusal, match=ground.other.key_id):
        ground.other.unwrap(blob, b"dossier 1")


def test_many_keys_open_at_once_and_one_that_does_not_spoils_no_other(ground):
    root = ground.root
    wrapped = [Wrapped(root.wrap(bytes([n]) * 32, b"c%d" % n), b"c%d" % n) for n in range(3)]
    wrapped.insert(1, wrapped[0]._replace(context=b"c9"))
    assert root.unwrap_all(wrapped) == [b"\0" * 32, None, b"\1" * 32, b"\2" * 32]
    assert root.unwrap_all([]) == []


def test_a_root_key_has_a_name_and_versions_and_shows_nothing(ground):
    root = ground.root
    assert len(root.key_id) == 8
    assert root.versions()
    assert root.renewed().key_id == root.key_id
    assert repr(root) == f"<{type(root).__name__}>"
    with pytest.raises(TypeError, match="never written or copied"):
        pickle.dumps(root)


def test_a_house_is_opened_and_moved_to_another_root_key(ground, keystore):
    establish(ground.root, keystore, sealed_rows=False)
    ring = Keyring.open(ground.root, keystore)
    Vault(ring).make_keys([ANNA])
    envelope = Vault(ring).seal(CARD, "Anna")
    assert rotation.move_root(keystore, ground.root, ground.other) == len(keystore.keks())
    assert Vault(Keyring.open(ground.other, keystore)).open(CARD, envelope, str) == "Anna"
    with pytest.raises(KeyRefusal, match=r"does not open with root key|refuses"):
        Keyring.open(ground.root, keystore)
